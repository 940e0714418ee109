// Checkpoints: signed notes, their key ids, and what is refused.

import { addSignatures, formatVkey, noteVerifier, parseNote, signCheckpoint, signNote } from '@detente/tlog';
import { cn, fixedBytes, testKey } from './test-keys.ts';
import { text } from './trees.ts';
import type { Case, VectorFile } from './vector.ts';

const key = testKey(cn, 'log');
const next = testKey(cn, 'log', 'next');
const name = 'cn.example/log/v1';
const root = fixedBytes('a root');
const head = { origin: name, size: 4096, root };

export function checkpoints(): VectorFile {
  const note = signCheckpoint(head, key.privateKey);
  const { keyId } = noteVerifier(name, key.publicKey);
  const good = { origin: name, size: 4096, root: text(root) };
  const stranger = signNote(parseNote(note).text, { name: 'elsewhere.example', privateKey: next.privateKey });
  const twice = addSignatures(note, parseNote(stranger).signatures);
  const byNext = signCheckpoint(head, next.privateKey);
  const noted = (body: string) => signNote(body, { name, privateKey: key.privateKey });
  const rows: [string, string, string][] = [
    ['another size', note.replace('\n4096\n', '\n4097\n'), 'signature_invalid'],
    ['a key that is not the log’s', byNext, 'note_unsigned'],
    ['another name', signCheckpoint({ ...head, origin: 'us.example/log/v1' }, key.privateKey), 'note_unsigned'],
    [
      'another origin line under the right name',
      noted('us.example/log/v1\n4096\nAAAA\n').replace('AAAA', root.toString('base64')),
      'signature_invalid',
    ],
    [
      'an origin line of another log, signed',
      noted(`us.example/log/v1\n4096\n${root.toString('base64')}\n`),
      'checkpoint_origin',
    ],
    ['a size with a zero before it', noted(`${name}\n04096\n${root.toString('base64')}\n`), 'checkpoint_malformed'],
    ['a size of 2^53', noted(`${name}\n9007199254740992\n${root.toString('base64')}\n`), 'checkpoint_malformed'],
    ['a root of 31 bytes', noted(`${name}\n4096\n${root.subarray(1).toString('base64')}\n`), 'checkpoint_malformed'],
    ['a root in base64url', noted(`${name}\n4096\n${text(root)}\n`), 'checkpoint_malformed'],
    [
      'a text of 2,049 bytes',
      noted(`${`${name}\n4096\n${root.toString('base64')}\n`.padEnd(2048, 'x')}\n`),
      'checkpoint_too_long',
    ],
    ['no signature', `${parseNote(note).text}\n`, 'note_malformed'],
    ['no LF at the end', note.slice(0, -1), 'note_malformed'],
    ['a carriage return', note.replace('\n4096', '\r\n4096'), 'note_malformed'],
    ['a hyphen for the dash', note.replace('—', '-'), 'note_malformed'],
  ];
  const accepted: Case[] = [
    {
      name: 'of the log',
      note,
      expected: {
        ...good,
        key_id: keyId.toString(16).padStart(8, '0'),
        vkey: formatVkey(noteVerifier(name, key.publicKey)),
      },
    },
    { name: 'with a signature of somebody unknown', note: twice, expected: good },
    {
      name: 'with a line of extension',
      note: noted(`${name}\n4096\n${root.toString('base64')}\nextension\n`),
      expected: good,
    },
  ];
  return {
    description:
      'Checkpoints of the log cn.example/log/v1, held against its one key. `key_id` is in hex, `vkey` as in C2SP signed-note.',
    section: '6',
    given: { log: name, keys: [key.publicJwk] },
    cases: [...accepted, ...rows.map(([name, note, refused]) => ({ name, note, expected: { refused } }))],
  };
}
