// What reads notes, checkpoints, proofs, bundles and paths of transparency logs.
import {
  formatAddCheckpoint,
  formatBundle,
  formatCheckpoint,
  formatFrontier,
  formatNote,
  formatSignatureLine,
  formatTlogProof,
  formatVkey,
  noteVerifier,
  parseAddCheckpoint,
  parseBundle,
  parseCheckpoint,
  parseFrontier,
  parseNote,
  parseSignatureLine,
  parseTilePath,
  parseTlogProof,
  parseVkey,
  TlogError,
  tilePath,
  verifyCheckpoint,
} from '@detente/tlog';
import { type Parser, sameText } from './fuzz.ts';
import { checkpoint, descriptor, frontier, root, signer } from './samples.ts';

const line = checkpoint.slice(checkpoint.indexOf('—'));
const checkpointText = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
const cosigned = `${checkpoint}${line.replace('/log/', '/witness/')}`;
const withExtra = { index: 7, proof: frontier.hashes, checkpoint, extra: Buffer.from('extra') };
const log = { name: descriptor.log, publicKey: signer.publicKey };
const bundleWidth = 3;

type Format<Value> = (value: Value) => string | Uint8Array;

/** A parser of text that has one spelling. */
function ofText<Value>(name: string, seeds: string[], parse: (text: string) => Value, format: Format<Value>): Parser {
  const run = (text: string) => sameText(String(format(parse(text))), text);
  return { name: `tlog/${name}`, as: 'text', seeds, run, refusals: [TlogError] };
}

/** A parser of bytes that have one spelling. */
function ofBytes<Value>(name: string, seeds: Buffer[], parse: (bytes: Buffer) => Value, format: Format<Value>): Parser {
  const run = (text: string) => {
    const bytes = Buffer.from(text, 'latin1');
    sameText(Buffer.from(format(parse(bytes))).toString('latin1'), bytes.toString('latin1'));
  };
  const texts = seeds.map((seed) => seed.toString('latin1'));
  return { name: `tlog/${name}`, as: 'text', seeds: texts, run, refusals: [TlogError] };
}

export const tlogParsers: readonly Parser[] = [
  ofText('note', [checkpoint, cosigned], parseNote, formatNote),
  ofText('signature-line', [line.slice(0, -1)], parseSignatureLine, (parsed) =>
    formatSignatureLine(parsed).slice(0, -1),
  ),
  ofText('checkpoint', [checkpointText, `${checkpointText}extension\n`], parseCheckpoint, formatCheckpoint),
  {
    name: 'tlog/signed-checkpoint',
    as: 'text',
    seeds: [checkpoint, cosigned],
    run: (text) => verifyCheckpoint(text, log),
    refusals: [TlogError],
  },
  ofText(
    'proof',
    [formatTlogProof(withExtra), formatTlogProof({ index: 0, proof: [], checkpoint })],
    parseTlogProof,
    formatTlogProof,
  ),
  ofText(
    'add-checkpoint',
    [formatAddCheckpoint({ oldSize: 9, proof: [root, root], checkpoint }), `old 0\n\n${checkpoint}`],
    parseAddCheckpoint,
    formatAddCheckpoint,
  ),
  ofText('vkey', [formatVkey(noteVerifier(descriptor.log, signer.publicKey))], parseVkey, formatVkey),
  ofText(
    'tile-path',
    ['tile/0/x001/x234/067', 'tile/entries/000.p/255', 'tile/5/999'],
    parseTilePath,
    ({ level, index, width }) => tilePath(level, index, width),
  ),
  ofBytes(
    'bundle',
    [formatBundle([Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(300)])],
    (bytes) => parseBundle(bytes, bundleWidth),
    formatBundle,
  ),
  ofBytes('frontier', [formatFrontier(frontier)], parseFrontier, formatFrontier),
];
