import type { Asker } from '@detente/store/database';
import { offerOfDay } from '@detente/store/evidence';
import { digestsOfKeys, firstOfKey, voidStatements } from '@detente/store/worker';
import { countQueries } from '@detente/testkit';
import { test } from 'tap';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { recomputeAllTerms } from '../../src/jobs/terms.ts';
import type { WorkerNode } from '../worker-node.ts';
import { offer } from '../worker-pair.ts';
import { type Acquaintance, acquaint, land, offersOf, quarantined, revoking, rotating, US } from './acquaintance.ts';

const MANY = 3000;
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The same node, with a worker whose rows are counted: how many home has told it since the last call. */
function counted(node: WorkerNode): { us: WorkerNode; rows: () => number } {
  const { database, asked } = countQueries(node.worker.home);
  const rows = () => {
    const { rows } = asked;
    asked.rows = 0;
    return rows;
  };
  return { us: { ...node, worker: { ...node.worker, home: database } }, rows };
}

/** Keeps as many statements as the peer may have put in a few days, with numbers from 1,001 on and no more than a header of it. */
async function flood({ us, mallory }: Acquaintance, typ: string, body: object): Promise<void> {
  const { kid } = mallory.signer('agency');
  const header = Buffer.from(JSON.stringify({ alg: 'Ed25519', typ, kid }));
  await us.home.query(
    `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body, kid)
     SELECT $1, $2, $3, 1000 + n, 'j', $2 || n, $4 || '.' || n || '.', $5, $7 FROM generate_series(1, $6) n`,
    [mallory.origin, typ, US, header.toString('base64url'), JSON.stringify(body), MANY, kid],
  );
}

test('the worker reads the offers that count, however many a peer has put', async (t) => {
  const both = await acquaint(t);
  const { mallory } = both;
  const { us, rows } = counted(both.us);
  const say = (seq: number, by = mallory.signer('agency')) =>
    mallory.state('detente-offer+jwt', offer('amber'), { aud: US, seq, by });
  await flood(both, 'detente-offer+jwt', offer('green'));
  await recomputeAllTerms(us.worker);
  rows();
  await land(us, mallory, 'statement', await say(9000), await say(1001));
  t.match(await quarantined(us), [{ code: 'claims_malformed' }], 'one of them has a number that is taken');
  await recomputeAllTerms(us.worker);
  t.ok(rows() < 300, 'of an offer, one that contradicts another, and a day that begins');

  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'agency'), { seq: 2 }));
  await land(us, mallory, 'statement', await say(9001));
  t.ok(rows() < 300, 'of a former key');
  t.equal((await offersOf(both)).at(-1), 9001);
});

test('the worker reads the recall that is answered, however many a peer has made', async (t) => {
  const both = await acquaint(t);
  const { mallory } = both;
  const { us, rows } = counted(both.us);
  const record = { id: '11111111-1111-4111-8111-111111111111', digest: 'A'.repeat(43) };
  await flood(both, 'detente-recall+jwt', { cause: 'retracted', level: 0, records: [record] });
  const body = { cause: 'retracted', level: 0, records: [{ ...record, digest: 'B'.repeat(43) }] };
  await land(us, mallory, 'recall', await mallory.state('detente-recall+jwt', body, { aud: US }));
  const { rows: waiting } = await us.home.query('SELECT digest FROM recalls');
  const answer = { recall: waiting[0].digest, answer: 'purged' as const, legal_basis: null, passed_to: [] };
  rows();
  await handlePeerRequest(us.worker, { op: 'answer', answer });
  t.ok(rows() < 100);
  t.not((await us.home.query('SELECT answer FROM recalls')).rows[0].answer, null);
  await land(us, mallory, 'descriptor', mallory.descriptor(revoking(both, 'agency', 0), { seq: 2 }));
  const held = await us.home.query(
    `SELECT FROM statements WHERE typ LIKE '%recall+jwt' AND iss = $1 AND void_at IS NULL`,
    [mallory.origin],
  );
  t.equal(held.rowCount, 0, 'and a revocation ends them all');
});

test('the notice that a peer promised holds however many offers it signs in a row', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const way = { iss: mallory.origin, aud: US };
  const put = async (seq: number, body: object) =>
    land(us, mallory, 'statement', await mallory.state('detente-offer+jwt', body, { aud: US, seq }));
  const inForce = async (day: string) => (await offerOfDay(us.worker.home.now, { ...way, day }))?.seq;
  await put(500, { ...offer('amber'), notice_days: 30 });
  await flood(both, 'detente-offer+jwt', { ...offer(null), valid_from: dayIn(-26) });
  await recomputeAllTerms(us.worker);
  t.equal(await inForce(dayIn(3)), 500, 'of 3,000 narrower ones none counts before its time');
  t.equal(await inForce(dayIn(4)), 1000 + MANY);

  await put(600, { ...offer('amber'), notice_days: 60 });
  t.match(await quarantined(us), [{ code: 'sequence_not_higher' }], 'nor is the past of thousands written anew');
  await us.home.query(`UPDATE statements SET void_at = now() WHERE iss = $1 AND seq BETWEEN 1003 AND 3990`, [way.iss]);
  await put(502, { ...offer('amber'), notice_days: 60, valid_from: dayIn(0) });
  t.equal(await inForce(dayIn(-1)), 500);
  t.equal(await inForce(dayIn(33)), 502, 'what comes a little late takes its place');
  const { rows } = await us.home.query('SELECT digest FROM statements WHERE iss = $1 AND seq = 502', [way.iss]);
  await us.worker.home.write((tx) => voidStatements(tx, [rows[0].digest]));
  await recomputeAllTerms(us.worker);
  t.equal(await inForce(dayIn(3)), 500, 'and one that loses its force leaves it');
  t.equal(await inForce(dayIn(4)), 1000 + MANY);
});

type Plan = { 'Actual Rows': number; 'Rows Removed by Filter'?: number; Plans?: Plan[] };

/** Rows that a database looks at for what a question asks of it. */
async function rowsSeen(us: WorkerNode, ask: (home: Asker) => Promise<unknown>): Promise<number> {
  let seen = 0;
  const count = (plan: Plan) => {
    seen += plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
    plan.Plans?.forEach(count);
  };
  await ask({
    query: async (text, values) => {
      const { rows } = await us.home.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, [...(values ?? [])]);
      count(rows[0]['QUERY PLAN'][0].Plan);
      return [];
    },
  });
  return seen;
}

test('what a key has said is found by the key, however much another has said', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const between = { typ: 'detente-offer+jwt', iss: mallory.origin, aud: US };
  await flood(both, between.typ, offer('green'));
  await us.home.query('ANALYZE statements');
  const { kid } = mallory.successor('agency');
  t.ok((await rowsSeen(us, (home) => firstOfKey(home, between, kid))) < 10);
  t.ok((await rowsSeen(us, (home) => digestsOfKeys(home, between, { kids: [kid] }))) < 10);
  const kids = [mallory.signer('agency').kid];
  t.ok((await rowsSeen(us, (home) => digestsOfKeys(home, between, { kids, from: 1000 + MANY }))) < 10);
});
