// A case's way through the worker: draft, policy or decision, signature, border, log.

import { createPublicKey } from 'node:crypto';
import { verifyRecord } from '@detente/record';
import { openDecisions } from '@detente/store/worker';
import { countQueries } from '@detente/testkit';
import { hashLeaf, inclusionProof, tileReader, verifyCheckpoint, verifyInclusion } from '@detente/tlog';
import { test } from 'tap';
import { carryOut, carryPlaces } from '../src/jobs/carry.ts';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { sequence } from '../src/jobs/sequence.ts';
import { startWorkerNode } from './worker-node.ts';

const policy = {
  release: [
    {
      sources: ['lab'],
      domains: ['*' as const],
      bands: ['unrated' as const],
      take_proposals: false,
      public_edition: true,
    },
  ],
};
const fields = {
  kind: 'incident',
  title: 'Assistant of Quillmark Systems revealed a key',
  summary: 'An assistant built by Quillmark Systems printed a signing key when asked twice.',
  language: 'en',
};
const parties = { developer: ['Quillmark Systems'] };

test('a clean case is drafted, released by policy, signed once, carried and logged', async (t) => {
  const { worker, home, border, report } = await startWorkerNode(t, { origin: 'https://cn.example', policy });
  const id = await report({ fields, parties });
  await makeDrafts(worker);
  await home.query('SELECT ask_drafts(ARRAY[$1::uuid])', [id]);
  await makeDrafts(worker);
  const drafts = (await home.query('SELECT * FROM drafts')).rows;
  t.equal(drafts.length, 1, 'the same draft is made once');
  const { fields: said, public_fields: toAll, changes } = drafts[0];
  t.notMatch(JSON.stringify({ said, toAll }), /quillmark/i, 'no name is left in the draft');
  t.match(changes[0], { place: '/title', was: 'Quillmark Systems', written: said.title.slice(13, 27), by: 'term' });
  const { rows: decisions } = await home.query('SELECT actor FROM decisions');
  t.same(
    decisions.map(({ actor }) => actor),
    ['policy'],
  );
  await carryOutDecisions(worker);
  await carryOutDecisions(worker);
  const { rows: records } = await home.query('SELECT * FROM records ORDER BY edition');
  t.equal(records.length, 2, 'one record and its public edition, however often the job runs');
  t.not(records[0].id, records[1].id, 'the public edition is a record of its own');
  t.equal((await home.query('SELECT status FROM cases')).rows[0].status, 'released');

  await carryOut(worker);
  t.equal(
    (await border.query('SELECT FROM presentations')).rowCount,
    0,
    'nobody is granted it, so border has no byte of it',
  );
  t.equal((await border.query('SELECT FROM editions')).rowCount, 1);
  const { rows: pending } = await border.query('SELECT leaf, tick FROM pending_leaves');
  t.equal(pending.length, 3, 'record, edition and descriptor wait for their batches');
  for (let tick = 0; tick < 6; tick++) await sequence(worker);
  const { rows: tree } = await border.query('SELECT size, tick FROM tree');
  t.same(tree[0], { size: '96', tick: '6' }, 'six batches of 16, whatever there was to log');
  await carryPlaces(worker);
  const { rows: placed } = await home.query('SELECT digest, place, tick, token FROM records WHERE NOT edition');
  t.ok(Number(placed[0].place) >= Number(placed[0].tick) * 16, 'not before the batch that its tick names');

  const { rows: tiles } = await border.query('SELECT level, index, hashes AS bytes FROM tiles');
  const read = tileReader(tiles.map((tile) => ({ ...tile, index: Number(tile.index) })));
  const { rows: notes } = await border.query('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1');
  const logKey = createPublicKey({ key: worker.publicKeys.log.jwk, format: 'jwk' });
  const checkpoint = verifyCheckpoint(notes[0].note, { name: 'cn.example/log/v1', publicKey: logKey });
  const index = Number(placed[0].place);
  verifyInclusion({
    ...{ index, size: checkpoint.size, root: checkpoint.root },
    leafHash: hashLeaf(Buffer.from(placed[0].digest, 'base64url')),
    proof: inclusionProof(index, checkpoint.size, read),
  });
  const recordKey = createPublicKey({ key: worker.publicKeys.record.jwk, format: 'jwk' });
  const verified = verifyRecord(placed[0].token, { iss: 'https://cn.example', keyFor: () => recordKey });
  t.match(verified.fields.title, /Developer [0-9A-F]{6}/);
});

test('many cases are drafted and released in groups', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example', policy, batchSize: 256 });
  const { home, border } = node;
  for (let n = 0; n < 60; n++) await node.report({ fields: { ...fields, title: `Report ${n}` }, parties });
  const counted = { home: countQueries(node.worker.home), border: countQueries(node.worker.border) };
  const worker = { ...node.worker, home: counted.home.database, border: counted.border.database };
  await makeDrafts(worker);
  await carryOutDecisions(worker);
  await carryOut(worker);
  const asked = counted.home.asked.count + counted.border.asked.count;
  t.ok(asked < 60, `${asked} statements for sixty cases, their records and public editions`);
  const { rows } = await home.query(`SELECT count(*)::int AS n, count(DISTINCT case_id)::int AS cases,
    count(DISTINCT digest)::int AS digests, count(DISTINCT id)::int AS ids FROM records`);
  t.same(rows[0], { n: 120, cases: 60, digests: 120, ids: 120 });
  t.equal((await border.query('SELECT FROM pending_leaves')).rowCount, 121, 'with the descriptor');
  const acts = (await home.query('SELECT number::int, previous, hash FROM acts ORDER BY number')).rows;
  t.equal(acts.length, 120);
  for (const [at, act] of acts.entries()) t.match(act, { number: at + 1, previous: acts[at - 1]?.hash ?? '-' });
});

test('a case that cannot be drafted or released holds up no other', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: 'https://cn.example', policy });
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(await report({ fields, parties }));
  const statuses = async () => (await home.query('SELECT id, status FROM cases ORDER BY received_at, id')).rows;
  const expected = (bad: string, others: string) => ids.map((id, n) => ({ id, status: n === 2 ? bad : others }));
  await home.query(`ALTER TABLE drafts ADD CONSTRAINT broken CHECK (case_id <> '${ids[2]}')`);
  await t.rejects(makeDrafts(worker), { errors: [{ constraint: 'broken' }] }, 'so that the job runs again');
  t.same(await statuses(), expected('received', 'releasing'));
  await home.query('ALTER TABLE drafts DROP CONSTRAINT broken');
  await makeDrafts(worker);
  await home.query(`ALTER TABLE records ADD CONSTRAINT broken CHECK (case_id <> '${ids[2]}')`);
  await t.rejects(carryOutDecisions(worker), { errors: [{ constraint: 'broken' }] });
  t.same(await statuses(), expected('releasing', 'released'));
  await home.query('ALTER TABLE records DROP CONSTRAINT broken');
  await carryOutDecisions(worker);
  t.same(await statuses(), expected('released', 'released'));
});

test('a draft is never of what a case said before', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: 'https://cn.example', policy });
  const id = await report({ fields, parties });
  let once = async () => {
    await home.query(`UPDATE cases SET fields = fields || '{"title": "Said later"}' WHERE id = $1`, [id]);
    await home.query('SELECT ask_drafts(ARRAY[$1::uuid])', [id]);
  };
  // Between the look at the case and the lock on it.
  const terms = {
    ...worker.terms,
    known: async () => {
      await once();
      once = async () => undefined;
      return worker.terms.known();
    },
  };
  await makeDrafts({ ...worker, terms });
  t.match((await home.query('SELECT version, fields FROM drafts')).rows, [
    { version: 1, fields: { title: 'Said later' } },
  ]);
});

test('what comes in while a case is being released is drafted when it is', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: 'https://cn.example', policy });
  const id = await report({ fields, parties });
  await makeDrafts(worker);
  await home.query('DELETE FROM queue_worker._private_jobs');
  await home.query(`UPDATE cases SET fields = fields || '{"title": "Said later"}' WHERE id = $1`, [id]);
  await home.query('SELECT ask_drafts(ARRAY[$1::uuid])', [id]);
  await makeDrafts(worker);
  t.equal((await home.query('SELECT FROM drafts')).rowCount, 1, 'the one that is decided on stays the newest');
  await home.query('DELETE FROM queue_worker._private_jobs');
  await carryOutDecisions(worker);
  t.match((await home.query('SELECT task_identifier FROM queue_worker.jobs')).rows, [{ task_identifier: 'draft' }]);
  await makeDrafts(worker);
  t.match((await home.query('SELECT fields FROM drafts WHERE version = 2')).rows, [
    { fields: { title: 'Said later' } },
  ]);
  t.match((await home.query('SELECT status, draft_due FROM cases')).rows, [{ status: 'drafted', draft_due: false }]);
});

test('severity 4 and above is decided on before what was decided earlier', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: 'https://cn.example', policy });
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push(await report({ fields, parties }));
  await makeDrafts(worker);
  const grave = { level: 6, axes: { people: 6, safeguards: 4, reach: 4 } };
  await home.query('UPDATE cases SET severity = $2 WHERE id = $1', [ids[2], JSON.stringify(grave)]);
  const open = await openDecisions(worker.home.now, 64, []);
  t.equal(open[0]?.case_id, ids[2]);
  t.equal(open.length, 3);
});

test('a domain that an officer takes away does not come back from the report', async (t) => {
  const { worker, home, report } = await startWorkerNode(t, { origin: 'https://cn.example' });
  const id = await report({ fields: { ...fields, hazard_domain: 'cyber' }, parties });
  await makeDrafts(worker);
  const domains = async () => {
    const text = `SELECT hazard_domain, (SELECT d.fields->>'hazard_domain' FROM drafts d WHERE d.case_id = c.id
      ORDER BY version DESC LIMIT 1) AS drafted FROM cases c`;
    return (await home.query(text)).rows;
  };
  t.same(await domains(), [{ hazard_domain: 'cyber', drafted: 'cyber' }], 'what the lab says stands until triage');
  await home.query('UPDATE cases SET hazard_domain = NULL WHERE id = $1', [id]);
  await home.query('SELECT ask_drafts(ARRAY[$1::uuid])', [id]);
  await makeDrafts(worker);
  t.same(await domains(), [{ hazard_domain: null, drafted: null }]);
});
