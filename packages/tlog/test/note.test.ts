// Notes, checkpoints, cosignatures, proofs as text and add-checkpoint, with the examples of the C2SP texts.
import { deepEqual, equal, throws } from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import {
  addSignatures,
  COSIGNATURE,
  consistencyProof,
  cosign,
  decideAddCheckpoint,
  emptyRoot,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  formatSignatureLine,
  formatTlogProof,
  formatVkey,
  inclusionProof,
  noteVerifier,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  parseTlogProof,
  parseVkey,
  signCheckpoint,
  signNote,
  TlogError,
  verifyCheckpoint,
  verifyCosignature,
  verifyInclusion,
  verifyNote,
  verifySigned,
} from '../src/index.ts';
import { mth, randomLeaves } from './naive-tree.ts';

const log = { name: 'cn.example/log/v1', ...generateKeyPairSync('ed25519') };
const witness = { name: 'us.example/witness/v1', ...generateKeyPairSync('ed25519') };
const stranger = generateKeyPairSync('ed25519');
const LEAVES = randomLeaves(40);
const rootAt = (size: number) => mth(LEAVES.slice(0, size));
const read = (level: number, index: number) => mth(LEAVES.slice(index * 2 ** level, (index + 1) * 2 ** level));
const signed = (size: number) => signCheckpoint({ origin: log.name, size, root: rootAt(size) }, log.privateKey);

/** A note with one character changed. */
function flip(text: string, at: number, by: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ by) + text.slice(at + 1);
}

test('the example note of C2SP signed-note verifies under its vkey', (t) => {
  // C2SP signed-note "Example" (CC BY 4.0)
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const note =
    'This is an example message.\n\n— example.com/foo ' +
    'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  const verifier = parseVkey(vkey);
  t.equal(verifyNote(note, [verifier]).text, 'This is an example message.\n');
  t.equal(formatVkey(verifier), vkey);
  t.throws(() => verifyNote(note.replace('example m', 'Example m'), [verifier]), { code: 'signature_invalid' });
  for (const wrong of [vkey.replace('530d903a', '530d903b'), vkey.slice(0, -1), `${vkey}+`, vkey.replace('+A', '+B')]) {
    t.throws(() => parseVkey(wrong), { code: 'vkey_malformed' }, wrong);
  }
  t.end();
});

test('the example checkpoint of C2SP tlog-cosignature parses and is ignored without a key', (t) => {
  // C2SP tlog-cosignature (CC BY 4.0)
  const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  const note =
    `${text}\n— example.com/behind-the-sofa ` +
    'Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
    '— witness.example.com/w1 ' +
    'jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n';
  const parsed = parseNote(note);
  t.equal(parsed.text, text);
  t.same(
    parsed.signatures.map(({ name, signature }) => [name, signature.length]),
    [
      ['example.com/behind-the-sofa', 64],
      ['witness.example.com/w1', 72],
    ],
  );
  t.equal(Number(parsed.signatures[1]!.signature.readBigUInt64BE()), 1679315147);
  const checkpoint = parseCheckpoint(text);
  t.equal(checkpoint.size, 20852163);
  t.equal(formatCheckpoint(checkpoint), text);
  t.throws(() => verifyNote(note, [noteVerifier('example.com/behind-the-sofa', stranger.publicKey)]), {
    code: 'note_unsigned',
  });
  t.end();
});

test('a note is refused unless it is exactly text, empty line and signature lines', (t) => {
  const note = signNote('a\n\nb\n', log);
  t.equal(parseNote(note).text, 'a\n\nb\n', 'a text may have empty lines');
  const line = note.slice(note.indexOf('—'));
  const [dash, name, base64] = line.trimEnd().split(' ') as [string, string, string];
  for (const wrong of [
    '',
    'a\n',
    'a\n\n',
    `a\n${line}`,
    note.slice(0, -1),
    `${note}\n`,
    `${note}x\n`,
    `${note}${line.slice(0, -1)}`,
    note.replace('a\n', 'a\r\n'),
    note.replace('a', '\ud800'),
    note.replace(dash, '-'),
    `a\n\n${dash}  ${name} ${base64}\n`,
    `a\n\n${dash} ${name} ${base64} \n`,
    `a\n\n${dash} ${name} ${base64.replace(/=*$/, '')}!\n`,
    `a\n\n${dash} ${name} AAAA\n`,
    `a\n\n${line.repeat(65)}`,
    `${'a'.repeat(1 << 18)}\n\n${line}`,
  ]) {
    t.throws(() => parseNote(wrong), { code: 'note_malformed' }, JSON.stringify(wrong.slice(0, 80)));
  }
  t.throws(() => parseNote(note.replace(name, 'a+b')), { code: 'key_name_malformed' });
  t.throws(() => parseNote(note.replace(name, 'a\u2003b')), { code: 'key_name_malformed' });
  t.throws(() => signNote('no newline', log), { code: 'note_malformed' });
  t.throws(() => signNote('a\u0001\n', log), { code: 'note_malformed' });
  t.throws(() => formatNote({ text: 'a\n', signatures: [] }), { code: 'note_malformed' });
  const nameless = { name: '', keyId: 1, signature: Buffer.alloc(64) };
  t.throws(() => formatSignatureLine(nameless), { code: 'key_name_malformed' });
  t.throws(() => noteVerifier('', log.publicKey), { code: 'key_name_malformed' });
  t.throws(() => signNote('a\n', { name: '', privateKey: log.privateKey }), { code: 'key_name_malformed' });
  const { publicKey } = generateKeyPairSync('x25519');
  t.throws(() => noteVerifier('x', publicKey), { code: 'key_unsupported' });
  t.equal(parseNote(`a\n\n${line.repeat(16)}`).signatures.length, 16, 'sixteen signatures must be read');
  t.end();
});

test('a checkpoint verifies under its log’s name and key alone, before and during a rotation', (t) => {
  const note = signed(5);
  t.same(verifyCheckpoint(note, log), { origin: log.name, size: 5, root: rootAt(5), extensions: [] });
  t.equal(verifyCheckpoint(note, { name: log.name, publicKey: [stranger.publicKey, log.publicKey] }).size, 5);
  t.throws(() => verifyCheckpoint(note, { ...log, publicKey: stranger.publicKey }), { code: 'note_unsigned' });
  t.throws(() => verifyCheckpoint(note, { ...log, name: 'us.example/log/v1' }), { code: 'note_unsigned' });
  const foreign = signNote(formatCheckpoint({ origin: 'other', size: 5, root: rootAt(5) }), log);
  t.throws(() => verifyCheckpoint(foreign, log), { code: 'checkpoint_origin' });
  const twice = addSignatures(note, parseNote(signNote('x\n', { ...log, ...stranger })).signatures);
  t.equal(verifyCheckpoint(twice, log).size, 5, 'a signature by an unknown key of the same name is ignored');
  const both = { ...log, publicKey: [log.publicKey, stranger.publicKey] };
  const rotated = addSignatures(note, parseNote(signNote(parseNote(note).text, { ...log, ...stranger })).signatures);
  t.equal(verifySigned(rotated, both).note, rotated, 'one of each key is kept');
  t.equal(verifySigned(rotated, log).note, note, 'and none of a key that is not the log’s');
  const spoilt = addSignatures(note, parseNote(signNote('x\n', log)).signatures);
  t.throws(() => verifyCheckpoint(spoilt, log), { code: 'signature_invalid' }, 'one by the known key is not');
  t.end();
});

test('no change of one character in a checkpoint is accepted', (t) => {
  const note = signed(13);
  fc.assert(
    fc.property(fc.nat({ max: note.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, by) => {
      throws(() => verifyCheckpoint(flip(note, at, by), log), TlogError);
    }),
    { numRuns: 500 },
  );
  t.pass('500 runs');
  t.end();
});

test('checkpoints have one spelling', (t) => {
  const root = rootAt(1).toString('base64');
  const lines = (...parts: string[]) => parts.map((part) => `${part}\n`).join('');
  t.same(parseCheckpoint(lines('o', '0', root, 'more', 'still')).extensions, ['more', 'still']);
  for (const wrong of [
    lines('', '1', root),
    lines('o', '01', root),
    lines('o', '-1', root),
    lines('o', '1e3', root),
    lines('o', '9007199254740992', root),
    lines('o', '1', root.slice(0, -1)),
    lines('o', '1', 'AAAA'),
    lines('o', '1', root.replace(/.=$/, 'B=')),
    lines('o', '1', root, ''),
    lines('o', '1', root).slice(0, -1),
    lines('o', '1'),
  ]) {
    t.throws(() => parseCheckpoint(wrong), { code: 'checkpoint_malformed' }, JSON.stringify(wrong));
  }
  const longest = `${lines('o', '1', root).padEnd(2047, 'é')}\n`;
  const longer = (text: string) => text.replaceAll('é', 'x').slice(0, 2047);
  t.throws(() => parseCheckpoint(longest), { code: 'checkpoint_too_long' }, 'bytes are counted');
  t.equal(parseCheckpoint(`${longer(longest)}\n`).size, 1);
  t.throws(() => parseCheckpoint(`${longer(longest)}x\n`), { code: 'checkpoint_too_long' });
  t.throws(() => formatCheckpoint({ origin: 'o'.repeat(2001), size: 0, root: emptyRoot() }), {
    code: 'checkpoint_too_long',
  });
  t.throws(() => formatCheckpoint({ origin: 'a\nb', size: 0, root: emptyRoot() }), { code: 'checkpoint_malformed' });
  for (const empty of [{ origin: '' }, { origin: 'a', extensions: [''] }])
    t.throws(() => formatCheckpoint({ ...empty, size: 0, root: emptyRoot() }), { code: 'checkpoint_malformed' });
  t.throws(() => formatCheckpoint({ origin: 'a', size: -1, root: emptyRoot() }), { code: 'size_invalid' });
  t.throws(() => formatCheckpoint({ origin: 'a', size: 1, root: Buffer.alloc(31) }), { code: 'hash_length' });
  t.end();
});

test('a cosignature says when, and covers the checkpoint and the time', (t) => {
  const note = signed(9);
  const line = cosign(note, { ...witness, timestamp: 1_790_000_000 });
  const cosigned = addSignatures(note, [line]);
  t.equal(verifyCosignature(cosigned, witness).timestamp, 1_790_000_000);
  t.equal(verifyCheckpoint(cosigned, log).size, 9, 'the log’s own signature still stands');
  t.equal(addSignatures(cosigned, [line]), cosigned, 'a line is not added twice');
  t.throws(() => verifyCosignature(note, witness), { code: 'note_unsigned' });
  t.throws(() => verifyCosignature(addSignatures(signed(8), [line]), witness), { code: 'signature_invalid' });
  const later = Buffer.from(line.signature);
  later.writeUInt8(later.readUInt8(7) ^ 1, 7);
  t.throws(() => verifyCosignature(addSignatures(note, [{ ...line, signature: later }]), witness), {
    code: 'signature_invalid',
  });
  const far = Buffer.from(line.signature);
  far.writeUInt8(0xff, 0);
  t.throws(() => verifyCosignature(addSignatures(note, [{ ...line, signature: far }]), witness), {
    code: 'signature_invalid',
  });
  for (const length of [1, 7, 8, 71]) {
    const cut = { ...line, signature: line.signature.subarray(0, length) };
    t.throws(() => verifyCosignature(addSignatures(note, [cut]), witness), { code: 'signature_invalid' }, `${length}`);
  }
  const long = { ...line, signature: Buffer.concat([line.signature, Buffer.alloc(1)]) };
  t.throws(() => verifyCosignature(addSignatures(note, [long]), witness), { code: 'signature_invalid' });
  t.throws(() => cosign(note, { ...witness, timestamp: 0 }), { code: 'timestamp_invalid' });
  const letter = signNote('a letter\n', log);
  t.throws(() => cosign(letter, { ...witness, timestamp: 1 }), { code: 'checkpoint_malformed' });
  const under = sign(null, Buffer.from('cosignature/v1\ntime 1\na letter\n'), witness.privateKey);
  const signature = Buffer.concat([Buffer.of(0, 0, 0, 0, 0, 0, 0, 1), under]);
  t.throws(() => verifyCosignature(addSignatures(letter, [{ ...line, signature }]), witness), {
    code: 'checkpoint_malformed',
  });
  const timeless = sign(null, Buffer.from(`cosignature/v1\ntime 0\n${parseNote(note).text}`), witness.privateKey);
  const never = { ...line, signature: Buffer.concat([Buffer.alloc(8), timeless]) };
  t.throws(() => verifyCosignature(addSignatures(note, [never]), witness), { code: 'timestamp_invalid' });
  const vkey = formatVkey(noteVerifier(witness.name, witness.publicKey, COSIGNATURE));
  t.equal(verifyNote(cosigned, [parseVkey(vkey)]).signatures[0]!.timestamp, 1_790_000_000);
  t.throws(() => verifyNote(cosigned, [noteVerifier(witness.name, witness.publicKey)]), { code: 'note_unsigned' });
  t.match(formatSignatureLine(line), /^— us\.example\/witness\/v1 [A-Za-z0-9+/]+=*\n$/);
  t.end();
});

test('a proof as text goes there and back, and one changed byte is refused or proves nothing', (t) => {
  const index = 11;
  const text = formatTlogProof({
    index,
    proof: inclusionProof(index, 30, read),
    checkpoint: signed(30),
    extra: Buffer.from('salt'),
  });
  const verify = (from: string) => {
    const { proof, checkpoint, ...parsed } = parseTlogProof(from);
    const { size, root } = verifyCheckpoint(checkpoint, log);
    verifyInclusion({ index: parsed.index, size, leafHash: LEAVES[index]!, root, proof });
    return parsed;
  };
  t.same(verify(text), { index, extra: Buffer.from('salt') });
  const extraEnds = text.indexOf('index');
  fc.assert(
    fc.property(fc.nat({ max: text.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, by) => {
      const changed = flip(text, at, by);
      // `extra` is authenticated by nothing, as the specification says.
      if (at >= 'c2sp.org/tlog-proof@v1\n'.length && at < extraEnds) return;
      throws(() => verify(changed), TlogError);
    }),
    { numRuns: 500 },
  );
  const plain = formatTlogProof({ index: 0, proof: [], checkpoint: signed(1) });
  const good = { index: 0, proof: [], checkpoint: signed(1) };
  t.throws(() => formatTlogProof({ ...good, index: -1 }), { code: 'size_invalid' });
  t.throws(() => formatTlogProof({ ...good, proof: [Buffer.alloc(31)] }), { code: 'hash_length' });
  t.throws(() => formatTlogProof({ ...good, checkpoint: 'none' }), { code: 'note_malformed' });
  t.throws(() => formatAddCheckpoint({ ...good, oldSize: -1 }), { code: 'size_invalid' });
  t.equal(parseTlogProof(plain).extra, undefined);
  for (const wrong of [
    '',
    plain.slice(1),
    plain.replace('index 0', 'index 00'),
    plain.replace('index', 'extra A\nindex'),
  ]) {
    t.throws(() => parseTlogProof(wrong), { code: 'tlog_proof_malformed' });
  }
  t.end();
});

test('a witness cosigns what continues what it knows, and answers the rest as the specification says', (t) => {
  const ask = (oldSize: number, size: number) => ({
    oldSize,
    proof: consistencyProof(oldSize, size, read),
    checkpoint: signed(size),
  });
  const held = (size: number) => ({ size, root: rootAt(size) });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const request = ask(from, to);
      deepEqual(parseAddCheckpoint(formatAddCheckpoint(request)), { ...request, origin: log.name });
      const decision = decideAddCheckpoint(request, log, from === 0 ? undefined : held(from));
      equal(decision.ok && decision.checkpoint.size, to);
    }),
    { numRuns: 100 },
  );
  const code = (...args: Parameters<typeof decideAddCheckpoint>) => {
    const decision = decideAddCheckpoint(...args);
    return decision.ok ? 'ok' : decision.code;
  };
  t.equal(code({ ...ask(5, 9), oldSize: 10 }, log, held(10)), 'old_size_too_large');
  t.equal(code(ask(5, 9), log, held(6)), 'old_size_stale');
  t.equal(code(ask(5, 9), log, undefined), 'old_size_stale');
  t.equal(code(ask(5, 9), { ...log, publicKey: stranger.publicKey }, held(5)), 'signature_refused');
  t.equal(code({ ...ask(5, 9), proof: [] }, log, held(5)), 'proof_invalid');
  t.equal(code(ask(5, 9), log, { size: 5, root: rootAt(4) }), 'proof_invalid');
  t.equal(code(ask(9, 9), log, { size: 9, root: rootAt(8) }), 'root_invalid');
  t.equal(code({ ...ask(9, 9), proof: [rootAt(1)] }, log, held(9)), 'proof_invalid', 'nothing is to be proven');
  t.equal(code({ ...ask(0, 9), proof: [rootAt(1)] }, log, undefined), 'proof_invalid');
  const empty = signCheckpoint({ origin: log.name, size: 0, root: emptyRoot() }, log.privateKey);
  t.equal(code({ oldSize: 0, proof: [], checkpoint: empty }, log, undefined), 'ok');
  t.equal(code({ oldSize: 0, proof: [rootAt(1)], checkpoint: empty }, log, undefined), 'proof_invalid');
  const nothing = signCheckpoint({ origin: log.name, size: 0, root: rootAt(1) }, log.privateKey);
  t.equal(code({ oldSize: 0, proof: [], checkpoint: nothing }, log, undefined), 'root_invalid');
  const hash = `${rootAt(1).toString('base64')}\n`;
  const whole = signed(9);
  t.equal(parseAddCheckpoint(`old 1\n${hash.repeat(63)}\n${whole}`).proof.length, 63, 'as many lines as there may be');
  for (const wrong of [
    '',
    'old 1\n',
    `old 01\n\n${whole}`,
    `old -1\n\n${whole}`,
    `old  1\n\n${whole}`,
    `new 1\n\n${whole}`,
    `old 1\nAAAA\n\n${whole}`,
    `old 1\n${hash.repeat(64)}\n${whole}`,
    `old 1\r\n\n${whole}`,
    `old 1\n${whole}`,
    'old 1\n\nx',
    `old 1\n\n${whole.slice(0, -1)}`,
    `old 1\n\n${whole.slice(0, whole.indexOf('—'))}`,
    `old 1\n\n${whole.replace('\n9\n', '\n09\n')}`,
  ]) {
    t.throws(() => parseAddCheckpoint(wrong), { code: 'add_checkpoint_malformed' }, JSON.stringify(wrong));
  }
  t.end();
});

test('what a witness keeps of a checkpoint is what its log signed, and two roots of one size prove a fork', (t) => {
  const forged = { name: log.name, keyId: 7, signature: Buffer.alloc(64, 1) };
  const line = cosign(signed(9), { ...witness, timestamp: 1_790_000_000 });
  const ask = (checkpoint: string, oldSize = 9) => ({ oldSize, proof: [], checkpoint });
  const held = { size: 9, root: rootAt(9) };
  const decision = decideAddCheckpoint(ask(addSignatures(signed(9), [forged, line])), log, held);
  t.equal(decision.ok && decision.note, signed(9), 'lines of others are not kept');
  const { text, signatures } = parseNote(signed(9));
  const again = formatNote({ text, signatures: Array.from({ length: 64 }, () => signatures[0]!) });
  t.equal(verifySigned(again, log).note, signed(9), 'nor the same line again and again');

  const keys = Array.from({ length: 6 }, () => generateKeyPairSync('ed25519'));
  const name = `${'a'.repeat(253)}:65535/log/v1`;
  const long = `${formatCheckpoint({ origin: name, size: 9, root: rootAt(9) }).padEnd(2047, 'x')}\n`;
  const byAll = keys.map(({ privateKey }) => signNote(long, { name, privateKey }));
  const all = addSignatures(
    byAll[0]!,
    byAll.flatMap((one) => parseNote(one).signatures),
  );
  const kept = verifySigned(all, { name, publicKey: keys.map(({ publicKey }) => publicKey) }).note;
  t.equal(parseNote(kept).signatures.length, 4);
  t.ok(Buffer.byteLength(kept) < 4096, 'short enough for gossip, whatever a log signs');
  const tooLong = signNote(`${long}x\n`, { name: log.name, privateKey: log.privateKey });
  t.throws(() => parseAddCheckpoint(`old 0\n\n${tooLong}`), { code: 'add_checkpoint_malformed' });

  const other = signCheckpoint({ origin: log.name, size: 9, root: rootAt(8) }, log.privateKey);
  const refused = { ok: false, note: other };
  t.match(decideAddCheckpoint(ask(other), log, held), { ...refused, code: 'root_invalid', forked: true });
  t.match(decideAddCheckpoint(ask(other, 3), log, held), { ...refused, code: 'old_size_stale', forked: true });
  t.match(decideAddCheckpoint(ask(signed(9), 3), log, held), { code: 'old_size_stale', forked: false });
  t.match(decideAddCheckpoint(ask(signed(12)), log, held), { code: 'proof_invalid', forked: false });
  const bad = { ...parseNote(signed(9)).signatures[0]!, signature: Buffer.alloc(64) };
  const poisoned = decideAddCheckpoint(ask(addSignatures(signed(9), [bad])), log, held);
  t.same(
    poisoned,
    { ok: false, code: 'signature_refused' },
    'a line under the log’s own key that fails spoils the note',
  );
  t.end();
});
