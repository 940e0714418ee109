import { readFileSync } from 'node:fs';
import { logNameOf } from '@detente/keys';
import { issueRecord } from '@detente/record';
import { emptyRoot, signCheckpoint } from '@detente/tlog';
import { test } from 'tap';
import { explainDossier, formatDossier, verifyDossier } from '../src/proofs/dossier.ts';
import { ProofError } from '../src/proofs/proof-file.ts';
import { makeNode, proveInLog } from './proof-parts.ts';

const cn = makeNode('https://cn.example');
const us = makeNode('https://us.example');
const { origin, fingerprint, worker: ring } = cn;

const fields = {
  kind: 'incident',
  title: 'An assistant gave wrong doses',
  summary: 'Doses were ten times too high; a nurse noticed. 剂量错误。',
  language: 'en',
  severity: 'unrated',
  occurred: '2026-03-05',
  narrative: 'The full account.',
};

/** A dossier of one record, as entry 5 of a log of 11. */
async function makeDossier(level = 5, witnesses: (typeof us)[] = []) {
  const part = { iss: origin, id: '8e03978e-40d5-43dd-bc93-6894a57f9324', type: 'incident/1', tlp: 'clear' } as const;
  const record = issueRecord({ ...part, tick: 3, exercise: false, retracted: false, fields }, ring.signer('record'));
  return {
    dossier: 'detente/dossier/1' as const,
    record: record.token.slice(0, record.lengths[level]),
    ...(await proveInLog(cn, Buffer.from(record.digest, 'base64url'), witnesses)),
  };
}

async function faultOf(bytes: Uint8Array, pinned?: string): Promise<ProofError> {
  const outcome = await verifyDossier(bytes, pinned).then(
    () => new Error('it was accepted'),
    (error: unknown) => error,
  );
  if (!(outcome instanceof ProofError)) throw outcome;
  return outcome;
}

test('a dossier proves itself offline, says by whom, and what it does not prove', async (t) => {
  const text = formatDossier(await makeDossier());
  const verified = await verifyDossier(Buffer.from(text), fingerprint);
  t.equal(verified.descriptor.iss, origin);
  t.equal(verified.record.fields.narrative, 'The full account.');
  t.match(verified.log, { name: 'cn.example/log/v1', index: 5, size: 11 });
  const { proven, notProven } = explainDossier(verified);
  t.match(proven[0], `The identity key ${fingerprint}, as you named it, speaks for ${origin}`);
  t.notMatch(notProven.join('\n'), 'Whose key it is');
  const unpinned = explainDossier(await verifyDossier(Buffer.from(`${text}\n`)));
  t.match(unpinned.notProven[0], 'Whose key it is');
});

test('a dossier says which witnesses saw the log, when by their clocks, and that theirs is a word', async (t) => {
  const verified = await verifyDossier(Buffer.from(formatDossier(await makeDossier(5, [us]))), fingerprint);
  t.match(verified.log.witnesses, [{ origin: us.origin, fingerprint: us.fingerprint, at: 1_795_564_800 }]);
  const { proven, notProven } = explainDossier(verified);
  t.match(proven.at(-1), `The witness of ${us.origin} (fingerprint ${us.fingerprint}) signed at 2026-11-25T`);
  t.match(notProven.join('\n'), /but for the word of that witness[\s\S]*compare their fingerprints/);
});

test('a dossier with less disclosed verifies too', async (t) => {
  const verified = await verifyDossier(Buffer.from(formatDossier(await makeDossier(1))));
  t.equal(verified.record.level, 1);
  t.notOk('narrative' in verified.record.fields);
});

test('a dossier under another fingerprint than the one that was compared is refused', async (t) => {
  const text = formatDossier(await makeDossier());
  const fault = await faultOf(Buffer.from(text), 'B'.repeat(43));
  t.match(fault, { code: 'fingerprint_unexpected', place: '/descriptor' });
});

test('every single-byte flip is refused, and its place is named', async (t) => {
  const bytes = Buffer.from(formatDossier(await makeDossier()));
  const accepted: string[] = [];
  const places = new Set<string>();
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at] = flipped[at]! ^ (1 << (at % 8));
    const fault = await faultOf(flipped).catch((error: Error) => error);
    if (fault instanceof ProofError && fault.place !== '') places.add(fault.place.replace(/\d+/g, 'N'));
    else accepted.push(`byte ${at}: ${fault.message}`);
  }
  t.same(accepted, []);
  for (const place of [
    'byte N',
    '/descriptor',
    '/checkpoint',
    '/index or /proof',
    '/record, signed part and signature',
  ])
    t.ok(places.has(place), place);
  t.ok([...places].some((place) => place.startsWith('/record, disclosure N (narrative)')));
});

test('a dossier that was spelled again, or has more in it, is refused', async (t) => {
  const dossier = await makeDossier();
  const text = formatDossier(dossier);
  const again = (changed: string) => faultOf(Buffer.from(changed));
  t.match(await again(JSON.stringify(dossier, null, 1)), { code: 'json_respelled' });
  t.match(await again(text.replace('"index":5', '"index":5.0')), { code: 'json_respelled' });
  t.match(await again(text.replace('"index":5', '"index":4,"index":5')), { code: 'json_respelled' });
  t.match(await again(text.replace('detente/dossier', 'd\\u0065tente/dossier')), { code: 'json_respelled' });
  t.match(await again(text.replace('{', '{"more":1,')), { code: 'members_unexpected', place: '/more' });
  t.match(await again(text.replace(/}$/, ',"more":1}')), { code: 'members_unexpected', place: '/more' });
  t.match(await again(`${text}\n\n`), { code: 'json_respelled' });
  t.match(await again('null'), { code: 'members_unexpected' });
  t.match(await again('{"fields":{}}'), { place: '/fields', message: 'this is no dossier, no receipt and no fork' });
  t.match(await again(''), { code: 'json_malformed' });
});

test('a signature line that nobody here can check is refused', async (t) => {
  const dossier = await makeDossier();
  const line = `— witness.example ${Buffer.alloc(76, 7).toString('base64')}\n`;
  const fault = await faultOf(Buffer.from(formatDossier({ ...dossier, checkpoint: dossier.checkpoint + line })));
  t.match(fault, { code: 'signature_unknown', place: '/checkpoint' });
});

test('a proof from an empty tree or of another entry is refused', async (t) => {
  const dossier = await makeDossier();
  const other = signCheckpoint(
    { origin: logNameOf(origin), size: 0, root: emptyRoot() },
    ring.signer('log').privateKey,
  );
  t.match(await faultOf(Buffer.from(formatDossier({ ...dossier, checkpoint: other }))), { code: 'proof_refused' });
  t.match(await faultOf(Buffer.from(formatDossier({ ...dossier, index: 6 }))), { code: 'proof_refused' });
  t.match(await faultOf(Buffer.from(formatDossier({ ...dossier, proof: [...dossier.proof, dossier.proof[0]!] }))), {
    code: 'proof_refused',
  });
});

test('the dossiers of the test vectors are what they say', async (t) => {
  const file = new URL('../../../packages/testkit/vectors/dossiers.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { name: string; file: string; fingerprint?: string; expected: Record<string, unknown> }[];
  };
  for (const { name, file, fingerprint, expected } of cases) {
    if (typeof expected.refused === 'string') {
      await t.rejects(verifyDossier(Buffer.from(file), fingerprint), { code: expected.refused }, name);
      continue;
    }
    const { record, log, ...found } = await verifyDossier(Buffer.from(file), fingerprint);
    const { name: logName, witnesses: _, ...place } = log;
    const facts = {
      iss: record.iss,
      digest: record.digest,
      fields: Object.keys(record.fields),
      log: logName,
      ...place,
    };
    t.strictSame({ fingerprint: found.fingerprint, ...facts }, expected, name);
  }
});
