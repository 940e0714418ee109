// Recalls between two workers: who is asked, what is cut away, and what the asking node knows of it.

import { join } from 'node:path';
import { loadKeys, publicKeyOf, publicKeysBeside, readRevocations, rotateKeys } from '@detente/keys';
import { verifyRecord } from '@detente/record';
import { type Test, test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { takeIn } from '../src/jobs/landing.ts';
import { keepDescriptor } from '../src/jobs/own-descriptor.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { restate } from '../src/jobs/revocations.ts';
import type { WorkerNode } from './worker-node.ts';
import { CN, decide, fields, log, offer, pair, releaseCase, talk, US } from './worker-pair.ts';

/** What the exchanges do with notices: brought, and marked. */
async function notify(from: WorkerNode, to: WorkerNode): Promise<void> {
  const { rows } = await from.border.query(
    'SELECT number, kind, digest, body FROM notices_out WHERE delivered_at IS NULL',
  );
  for (const { kind, digest, body } of rows)
    await to.border.query('INSERT INTO landing (peer, kind, digest, body) VALUES ($1, $2, $3, $4)', [
      from.worker.origin,
      kind,
      digest,
      body,
    ]);
  await from.border.query('UPDATE notices_out SET delivered_at = now()');
  await takeIn(to.worker);
  await carryOut(to.worker);
}

/** A record that us was given at amber; its case. */
async function given(t: Test): Promise<{ cn: WorkerNode; us: WorkerNode; id: string }> {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  const id = await cn.report({ fields });
  await releaseCase(cn, id);
  await log(cn);
  const { rows } = await cn.home.query('SELECT digest, token, lengths, place FROM records');
  const [{ digest, token, lengths, place }] = rows;
  await us.border.query(`INSERT INTO landing (peer, kind, digest, place, body) VALUES ($1, 'record', $2, $3, $4)`, [
    CN,
    digest,
    place,
    token.slice(0, lengths[3]),
  ]);
  await takeIn(us.worker);
  await cn.border.query(
    'INSERT INTO served (peer, mark) VALUES ($1, 100000) ON CONFLICT (peer) DO UPDATE SET mark = 100000',
    [US],
  );
  return { cn, us, id };
}

const recallsOf = async ({ home }: WorkerNode) =>
  (await home.query('SELECT r.digest, own, body, answer FROM recalls r JOIN statements s USING (digest)')).rows;
const heldBy = async ({ home }: WorkerNode) =>
  (await home.query('SELECT level, presentation, fields, domain, band FROM received')).rows[0];

test('a withdrawal asks who was given the record to give it up; the purge is cut to the signed part and stays so', async (t) => {
  const { cn, us, id } = await given(t);
  const before = await heldBy(us);
  t.match(before, { level: 3, fields: { title: fields.title, root_cause: fields.root_cause } });
  await decide(cn, id, 'retraction', null);
  t.match(await recallsOf(cn), [{ own: true, body: { cause: 'retracted', level: 0 }, answer: null }]);
  await notify(cn, us);
  const [recall] = await recallsOf(us);
  t.match(recall, { own: false, answer: null });
  const answer = { recall: recall.digest, answer: 'purged' as const, legal_basis: null, passed_to: [] };
  await handlePeerRequest(us.worker, { op: 'answer', answer });
  const after = await heldBy(us);
  t.match(after, { level: 0, fields: {}, domain: 'other', band: 'unrated' });
  t.ok(before.presentation.startsWith(after.presentation), 'what is left is a prefix of what was held');
  const key = publicKeyOf(cn.worker.publicKeys.record.jwk);
  t.equal(verifyRecord(after.presentation, { iss: CN, keyFor: () => key }).level, 0, 'and still verifies');

  await handlePeerRequest(us.worker, { op: 'answer', answer: { ...answer, answer: 'kept', legal_basis: 'law' } });
  await carryOut(us.worker);
  t.equal((await us.border.query(`SELECT FROM notices_out WHERE kind = 'answer'`)).rowCount, 1, 'it is answered once');
  await notify(us, cn);
  t.notSame((await recallsOf(cn))[0].answer, null, 'the asking node has the signed answer');

  const { rows } = await cn.home.query('SELECT digest, token, lengths FROM records ORDER BY tick LIMIT 1');
  const land = `INSERT INTO landing (peer, kind, digest, place, body) VALUES ($1, 'record', $2, 1, $3)`;
  await us.border.query(land, [CN, rows[0].digest, rows[0].token.slice(0, rows[0].lengths[3])]);
  await takeIn(us.worker);
  t.match((await us.home.query('SELECT level, fields FROM received ORDER BY tick')).rows[0], { level: 0, fields: {} });
});

test('narrower terms ask for what was given beyond them, and nothing that was not', async (t) => {
  const { cn, us } = await given(t);
  const later = await cn.report({ fields });
  await releaseCase(cn, later);
  await log(cn);
  await cn.border.query('UPDATE served SET mark = (SELECT min(place) + 1 FROM presentations)');
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('green') });
  await carryOut(cn.worker);
  const { rows } = await cn.home.query('SELECT digest FROM records ORDER BY place LIMIT 1');
  const [recall] = await recallsOf(cn);
  t.match(recall.body, { cause: 'narrowed', level: 2 });
  t.same(
    recall.body.records.map(({ digest }: { digest: string }) => digest),
    [rows[0].digest],
  );
  await notify(cn, us);
  const answer = { recall: recall.digest, answer: 'purged' as const, legal_basis: null, passed_to: [] };
  await handlePeerRequest(us.worker, { op: 'answer', answer });
  const held = await heldBy(us);
  t.match(held, { level: 2, fields: { title: fields.title } });
  t.notOk('root_cause' in held.fields);
  const key = publicKeyOf(cn.worker.publicKeys.record.jwk);
  t.equal(verifyRecord(held.presentation, { iss: CN, keyFor: () => key }).level, 2);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  t.equal((await recallsOf(cn)).length, 1, 'wider terms ask for nothing');
});

test('an answer to no recall of ours goes to quarantine', async (t) => {
  const { cn, us, id } = await given(t);
  await decide(cn, id, 'retraction', null);
  await notify(cn, us);
  const [recall] = await recallsOf(us);
  const answer = { recall: recall.digest, answer: 'passed-on' as const, legal_basis: null, passed_to: ['sg'] };
  await handlePeerRequest(us.worker, { op: 'answer', answer });
  await carryOut(us.worker);
  await cn.home.query('UPDATE recalls SET own = false');
  await notify(us, cn);
  t.match((await cn.border.query('SELECT kind, code FROM quarantine')).rows, [
    { kind: 'answer', code: 'claims_malformed' },
  ]);
  t.same((await recallsOf(cn))[0].answer, null);
});

test('an agency key is stolen while a recall waits: it is asked anew, answered, and the answer closes it', async (t) => {
  const { cn, us, id } = await given(t);
  await decide(cn, id, 'retraction', null);
  await notify(cn, us);
  const [asked] = await recallsOf(us);
  for (const letter of ['a', 'b']) {
    const contest = { about: letter.repeat(43), shows: ['c'.repeat(43)], told: null };
    await handlePeerRequest(cn.worker, { op: 'contest', peer: US, contest });
  }
  await talk(cn, us);
  const folder = cn.worker.settings.DETENTE_KEYS;
  rotateKeys(join(folder, '..'), ['agency'], { revoke: { before: 0 } });
  const keys = loadKeys(folder, 'worker');
  const again = { ...cn.worker, keys, publicKeys: publicKeysBeside(keys, folder), revoked: readRevocations(folder) };
  const after = { ...cn, worker: again };
  await keepDescriptor(again);
  for (let i = 0; i < 2; i++) await restate(again);
  await talk(after, us);
  t.same(await recallsOf(us), [], 'what the stolen key asked for does not wait any more');
  await notify(after, us);
  const [anew, ...more] = await recallsOf(us);
  t.same(more, []);
  t.not(anew.digest, asked.digest);
  const { rows: contests } = await us.home.query(
    `SELECT body ->> 'about' AS about, kid FROM statements WHERE typ = 'detente-contest+jwt' AND void_at IS NULL ORDER BY 1`,
  );
  const { kid } = keys.signer('agency');
  const both = ['a', 'b'].map((letter) => ({ about: letter.repeat(43), kid }));
  t.same(contests, both, 'what was contested is said anew, each of them');
  t.match(anew, { own: false, body: asked.body, answer: null });
  const answer = { recall: anew.digest, answer: 'purged' as const, legal_basis: null, passed_to: [] };
  await handlePeerRequest(us.worker, { op: 'answer', answer });
  await carryOut(us.worker);
  await notify(us, after);
  t.match(await recallsOf(cn), [{ own: true, digest: anew.digest, answer: /./ }]);
});
