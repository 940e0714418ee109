// What is given back or kept: receipts of peers and of labs, dossiers, warnings.

import { hash } from 'node:crypto';
import { disclosedDigest, intakeLeaf, intakeReceiptTyp, signReceipt } from '@detente/keys';
import { hashLeaf, hashNode, inclusionProof, rootOf, signCheckpoint } from '@detente/tlog';
import { signByHand } from '../hostile/by-hand.ts';
import { signedDescriptor } from './descriptors.ts';
import { respelled } from './names.ts';
import { full, fullFields, madeRecord, part, signer } from './records.ts';
import { cn, fixedBytes, fixedText, testKey, us } from './test-keys.ts';
import { frontierOf, nodesOf, text } from './trees.ts';
import type { Case, VectorFile } from './vector.ts';

const giverLog = 'cn.example/log/v1';
const receiptKey = testKey(us, 'receipt');

/** us.example signs for what cn.example gave it. */
export async function receipts(): Promise<VectorFile> {
  const presentation = full.token.slice(0, full.lengths[2]);
  const record = { digest: full.digest, level: 2, disclosed: disclosedDigest(presentation) };
  const page = { after: 11, next: 29 };
  const good: [string, { log: string; page: typeof page | null; records: object[] }][] = [
    ['of a page', { log: giverLog, page, records: [record] }],
    ['of a page, the record came late', { log: giverLog, page, records: [{ ...record, late: 5 }] }],
    ['of a warning', { log: giverLog, page: null, records: [record] }],
  ];
  const accepted = good.map(async ([name, body]): Promise<Case> => {
    const input = { iss: us, aud: cn, seq: 1, jti: fixedText('receipt'), body: body as never };
    return { name, presentation, jws: (await signReceipt(input, receiptKey)).jws, expected: { body } };
  });
  const base = { log: giverLog, page, records: [record] };
  const refused: [string, object][] = [
    ['another log', { ...base, log: 'us.example/log/v1' }],
    ['a page that runs backwards', { ...base, page: { after: 29, next: 11 } }],
    ['no page and no record', { ...base, page: null, records: [] }],
    ['no page and a late number', { ...base, page: null, records: [{ ...record, late: 5 }] }],
    ['a record twice', { ...base, records: [record, record] }],
    ['level 6', { ...base, records: [{ ...record, level: 6 }] }],
    ['a late number of 0', { ...base, records: [{ ...record, late: 0 }] }],
    ['a digest in another spelling', { ...base, records: [{ ...record, digest: respelled(record.digest) }] }],
    ['a member too many', { ...base, note: '' }],
  ];
  const header = { alg: 'Ed25519', typ: 'detente-receipt+jwt', kid: receiptKey.kid };
  return {
    description:
      'Receipts of us.example for cn.example. `presentation` is what was given; `disclosed` in the receipt is its digest.',
    section: '10',
    given: { iss: us, aud: cn, keys: [receiptKey.publicJwk] },
    cases: [
      ...(await Promise.all(accepted)),
      ...refused.map(([name, body]): Case => {
        const payload = { iss: us, aud: cn, seq: 1, jti: fixedText('receipt'), ...body };
        const jws = signByHand(header, payload, receiptKey.privateKey);
        return { name, jws, expected: { refused: 'body_malformed' } };
      }),
    ],
  };
}

/** One lab's receipt in a tree of 512 leaves, all others of them random. */
export function intakeReceipts(): VectorFile {
  const key = testKey(cn, 'lab-receipt');
  const body = '{"kind":"incident"}';
  const salt = fixedBytes('intake salt', 16);
  const leaf = intakeLeaf(salt, hash('sha256', body, 'buffer'));
  const index = 417;
  const path = Array.from({ length: 9 }, (_, level) => fixedBytes(`intake path ${level}`));
  const root = path.reduce(
    (node, sibling, level) => ((index >> level) & 1 ? hashNode(sibling, node) : hashNode(node, sibling)),
    hashLeaf(leaf),
  );
  const header = { alg: 'Ed25519', typ: intakeReceiptTyp, kid: key.kid };
  const promise = { iss: cn, day: '2026-11-24', root: text(root) };
  const signed = (payload: object) => signByHand(header, payload, key.privateKey);
  const receipt = { jws: signed(promise), salt: text(salt), leaf: text(leaf), index, path: path.map(text) };
  const rows: [string, object, string][] = [
    ['another body', { body: '{"kind":"hazard"}' }, 'leaf_mismatch'],
    ['another salt', { receipt: { ...receipt, salt: fixedText('another salt') } }, 'leaf_mismatch'],
    ['another place', { receipt: { ...receipt, index: 416 } }, 'path_mismatch'],
    ['another way up', { receipt: { ...receipt, path: [...receipt.path].reverse() } }, 'path_mismatch'],
    ['a hash too few', { receipt: { ...receipt, path: receipt.path.slice(1) } }, 'body_malformed'],
    ['a place that there is not', { receipt: { ...receipt, index: 512 } }, 'body_malformed'],
    [
      'a member too many in the promise',
      { receipt: { ...receipt, jws: signed({ ...promise, seq: 1 }) } },
      'body_malformed',
    ],
    ['another issuer', { receipt: { ...receipt, jws: signed({ ...promise, iss: us }) } }, 'issuer_unexpected'],
  ];
  return {
    description: 'What a lab holds for its report, and the exact text (UTF-8) that it sent.',
    section: '11',
    given: { iss: cn, keys: [key.publicJwk] },
    cases: [
      { name: 'a receipt', body, receipt, expected: { day: promise.day, leaf: text(leaf) } },
      ...rows.map(([name, change, refused]) => ({ name, body, receipt, ...change, expected: { refused } })),
    ],
  };
}

export async function dossiers(): Promise<VectorFile> {
  const entries = Array.from({ length: 11 }, (_, at) => fixedBytes(`dossier entry ${at}`));
  entries[5] = Buffer.from(full.digest, 'base64url');
  const root = rootOf(frontierOf(entries, 11));
  const parts = {
    dossier: 'detente/dossier/1',
    record: full.token.slice(0, full.lengths[1]),
    index: 5,
    proof: inclusionProof(5, 11, nodesOf(entries)).map(text),
    checkpoint: signCheckpoint({ origin: giverLog, size: 11, root }, testKey(cn, 'log').privateKey),
    descriptor: await signedDescriptor(cn),
    witnesses: [],
  };
  const file = JSON.stringify(parts);
  const fingerprint = testKey(cn, 'identity').kid;
  const fields = Object.keys(fullFields).slice(0, 7);
  const expected = {
    iss: cn,
    fingerprint,
    digest: full.digest,
    fields,
    log: giverLog,
    index: 5,
    size: 11,
    root: text(root),
  };
  const by = (change: object) => JSON.stringify({ ...parts, ...change });
  const rows: [string, string, string][] = [
    ['white space', file.replace(',', ', '), 'json_respelled'],
    [
      'members in another order',
      JSON.stringify(Object.fromEntries(Object.entries(parts).reverse())),
      'members_unexpected',
    ],
    ['a member too many', by({ note: '' }), 'members_unexpected'],
    ['another version', by({ dossier: 'detente/dossier/2' }), 'member_malformed'],
    ['another index', by({ index: 4 }), 'proof_refused'],
    ['another hash in the proof', by({ proof: [...parts.proof.slice(1), parts.proof[0]] }), 'proof_refused'],
    ['another size', by({ checkpoint: parts.checkpoint.replace('\n11\n', '\n12\n') }), 'checkpoint_refused'],
    ['a record that is cut', by({ record: parts.record.slice(0, -2) }), 'record_refused'],
    ['another node’s descriptor', by({ descriptor: await signedDescriptor(us) }), 'record_refused'],
  ];
  return {
    description:
      'Dossiers as the text of a file. Nothing but the file is needed; `fingerprint`, where it is given, must be the one shown.',
    section: '12',
    cases: [
      { name: 'a dossier', file, fingerprint, expected },
      { name: 'a dossier, LF at its end, no fingerprint given', file: `${file}\n`, expected },
      {
        name: 'another fingerprint',
        file,
        fingerprint: testKey(us, 'identity').kid,
        expected: { refused: 'fingerprint_unexpected' },
      },
      ...rows.map(([name, text, refused]) => ({ name, file: text, expected: { refused } })),
    ],
  };
}

export function warnings(): VectorFile {
  const grave = { ...fullFields, severity: { level: 6, axes: { people: 6, safeguards: 6, reach: 6 } } };
  const made = madeRecord('warning', { tlp: 'red' }, grave);
  const mild = madeRecord(
    'mild',
    {},
    { ...fullFields, severity: { level: 3, axes: { people: 3, safeguards: 3, reach: 3 } } },
  );
  const at = ({ token, lengths }: typeof made, level: number) => token.slice(0, lengths[level]);
  const good = (name: string, made: typeof full, level: number, severity: number, tlp: string): Case => {
    const expected = { id: part.id, tlp, digest: made.digest, level, severity };
    return { name, presentation: at(made, level), expected };
  };
  return {
    description: 'Warnings: records of severity 4 or above at level 1 or 2. Nothing of the log or the terms is asked.',
    section: '13',
    given: { iss: cn, keys: [signer.publicJwk] },
    cases: [
      good('severity 4, level 1', full, 1, 4, 'green'),
      good('severity 6, level 2, whatever its label', made, 2, 6, 'red'),
      { name: 'severity 3', presentation: at(mild, 2), expected: { refused: 'warning_severity' } },
      { name: 'the signed part alone', presentation: at(made, 0), expected: { refused: 'warning_severity' } },
      { name: 'more than green', presentation: at(made, 3), expected: { refused: 'warning_level' } },
      {
        name: 'a withdrawal',
        presentation: at(madeRecord('withdrawal', { tick: 40, retracted: true }, {}), 2),
        expected: { refused: 'warning_severity' },
      },
    ],
  };
}
