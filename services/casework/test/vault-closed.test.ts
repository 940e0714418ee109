// The names of a case do not open: what waits for that, what does not, and how it goes on once they do.

import { test } from 'tap';
import { whyNotRelease } from '../src/decide.ts';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts, reopening } from '../src/jobs/draft.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import type { WorkerNode } from './worker-node.ts';
import { decide, fields, offer, pair, releaseCase, US } from './worker-pair.ts';

const severity = { level: 6, axes: { people: 6, safeguards: 0, reach: 0 } };

/** Damages the names of a case.
 *  @returns what restores them */
async function close({ home }: WorkerNode, id: string) {
  const { rows } = await home.query('SELECT parties_sealed FROM vault WHERE case_id = $1', [id]);
  const put = (bytes: Buffer) => home.query('UPDATE vault SET parties_sealed = $2 WHERE case_id = $1', [id, bytes]);
  await put(Buffer.from('0102', 'hex'));
  return () => put(rows[0].parties_sealed);
}

async function stateOf({ home }: WorkerNode, id: string) {
  const { rows } = await home.query(
    `SELECT status, draft_due, d.digest, d.holds, d.fields FROM cases c
     LEFT JOIN LATERAL (SELECT * FROM drafts WHERE case_id = c.id ORDER BY version DESC LIMIT 1) d ON true WHERE c.id = $1`,
    [id],
  );
  return rows[0] as {
    status: string;
    draft_due: boolean;
    digest: string;
    holds: object[];
    fields: { summary: string };
  };
}

const overrule = ({ home }: WorkerNode, id: string, draft: string) =>
  home.query('SELECT record_acts($1)', [
    JSON.stringify([{ actor: 'officer', act: 'case.overrule', object: `${id} ${draft}`, reason: 'lives' }]),
  ]);

async function grave(node: WorkerNode, summary: string) {
  const id = await node.report({ fields: { ...fields, summary } });
  await node.home.query('UPDATE cases SET severity = $2 WHERE id = $1', [id, JSON.stringify(severity)]);
  return id;
}

test('while names do not open a warning goes out by an officer’s word, and all else waits', async (t) => {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('clear') });
  const before = await cn.report({ fields });
  await releaseCase(cn, before);
  const sealed = await cn.report({ fields, parties: { developer: ['Ulmeric Fendral'] } });
  const reopen = await close(cn, sealed);
  const beat = reopening(cn.worker);
  await beat();
  const warning = await grave(cn, 'It was followed at ulmeric fendral.');
  await t.rejects(makeDrafts(cn.worker), { message: '1 could not be done' });
  t.match(await stateOf(cn, sealed), { status: 'received', draft_due: true, digest: null });

  const { status, digest, holds } = await stateOf(cn, warning);
  t.match({ status, holds }, { status: 'held', holds: [{ code: 'vault_closed', place: '' }] });
  const records = async (id: string) => (await cn.home.query('SELECT FROM records WHERE case_id = $1', [id])).rowCount;
  await decide(cn, warning, 'release', digest);
  t.equal(await records(warning), 0, 'not without that word');
  await overrule(cn, warning, digest);
  await decide(cn, warning, 'release', digest);
  t.equal(await records(warning), 1);

  await decide(cn, before, 'retraction', null);
  t.equal((await stateOf(cn, before)).status, 'retracted', 'a withdrawal waits for nothing');

  await reopen();
  await beat();
  await makeDrafts(cn.worker);
  t.match(await stateOf(cn, sealed), { status: 'drafted', draft_due: false });
  const anew = await stateOf(cn, warning);
  t.match(anew, { status: 'drafted', holds: [] });
  t.notMatch(anew.fields.summary, /ulmeric/i, 'and the warning is drafted anew, without the name');
});

test('a warning that named nobody stays released when names open again', async (t) => {
  const { cn } = await pair(t);
  const reopen = await close(cn, await cn.report({ fields, parties: { developer: ['Ulmeric Fendral'] } }));
  const beat = reopening(cn.worker);
  await beat();
  const warning = await grave(cn, 'A model told how to make a nerve agent.');
  await makeDrafts(cn.worker).catch(() => undefined);
  const { digest } = await stateOf(cn, warning);
  await overrule(cn, warning, digest);
  await decide(cn, warning, 'release', digest);
  await reopen();
  await beat();
  await makeDrafts(cn.worker);
  t.match(await stateOf(cn, warning), { status: 'released', draft_due: false, holds: [], digest });
});

test('a release that was decided before is carried out when the names open again', async (t) => {
  const { cn } = await pair(t);
  const id = await cn.report({ fields });
  await makeDrafts(cn.worker);
  const { digest } = await stateOf(cn, id);
  const reopen = await close(cn, await cn.report({ fields, parties: { developer: ['Ulmeric Fendral'] } }));
  await t.rejects(decide(cn, id, 'release', digest), { message: '1 could not be done' });
  t.equal((await stateOf(cn, id)).status, 'drafted');
  await reopen();
  await carryOutDecisions(cn.worker);
  t.equal((await stateOf(cn, id)).status, 'released');
});

test('a standing is said without its words, and an offer waits', async (t) => {
  const { cn } = await pair(t);
  await close(cn, await cn.report({ fields, parties: { developer: ['Ulmeric Fendral'] } }));
  const stated = async () => (await cn.home.query(`SELECT count(*)::int AS n FROM statements`)).rows[0].n;
  const before = await stated();
  const wordy = { ...offer('clear'), obligations: [{ code: 'suite_adopted', params: { suite: 'ulmeric', days: 9 } }] };
  await t.rejects(handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: wordy }), { message: /do not open/ });
  t.equal(await stated(), before);
  await handlePeerRequest(cn.worker, { op: 'standing', peer: US, standing: 'restricted', told: 'as agreed' });
  const { rows } = await cn.home.query(
    `SELECT act, reason FROM acts WHERE act LIKE 'peer.standing%' AND actor = 'worker'`,
  );
  t.match(rows, [
    { act: 'peer.standing.cut', reason: /^names of the vault do not open; it was said without these words/ },
  ]);
  t.equal(await stated(), before + 1);
});

test('an officer may overrule closed names for a warning alone', (t) => {
  const held = (level: number) =>
    whyNotRelease(
      {
        status: 'held',
        tlp: 'amber',
        draft_due: false,
        versions: [],
        draft: {
          version: 1,
          digest: 'd',
          fields: { severity: { level, axes: { people: level, safeguards: 0, reach: 0 } } },
          holds: [{ code: 'vault_closed', place: '' }],
          findings: [],
        },
      },
      { draft: 'd', public_edition: false, overrule: true },
    );
  t.equal(held(5), undefined);
  t.match(held(4), /only a warning, of severity 5 and above/);
  t.end();
});
