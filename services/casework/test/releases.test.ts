// What leaves: drafts, releases and retractions as an officer asks for them.

import { test } from 'tap';
import {
  type Answer,
  actsOf,
  addCase,
  addDraft,
  addToken,
  addVersion,
  caller,
  createNode,
  digest,
  incidentFields,
  jobsOf,
  serve,
} from './casework-node.ts';

const coded = ({ status, json }: Answer) => `${status} ${json.code}`;
const triage = () => ({ severity: 'unrated', tlp: 'green', reason: 'first look' });
const etag = (answer: Answer) => ({ 'if-match': answer.headers.get('etag')! });

test('casework on releases', async (t) => {
  const node = await createNode(t);
  const officer = caller(await serve(t, node), await addToken(node, 'chen', 'officer'));
  const get = async (id: string) => officer('GET', `/cases/${id}`);

  await t.test('shows the newest draft with what holds it', async (t) => {
    const id = await addCase(node);
    t.equal(coded(await officer('GET', `/cases/${id}/draft`)), '404 not_found');
    await addDraft(node, id);
    const holds = [{ code: 'protected_term', place: '/summary', kind: 'deployer', start: 3, end: 9 }];
    const newest = await addDraft(node, id, { holds });
    const { json } = await officer('GET', `/cases/${id}/draft`);
    t.match(json, { digest: newest, version: 2, holds, fields: { title: incidentFields().title } });
  });

  await t.test('releases the draft that was seen, once', async (t) => {
    const id = await addCase(node);
    const old = await addDraft(node, id);
    const draft = await addDraft(node, id);
    const release = (wanted: string, more = {}) =>
      officer('POST', `/cases/${id}/release`, { draft: wanted, public_edition: false, reason: 'clean', ...more });
    const stale = await release(old);
    t.equal(coded(stale), '409 conflict');
    t.match(stale.json.detail, /newer draft/);
    t.equal(coded(await release(digest('none'))), '409 conflict');

    const both = await Promise.all([
      release(draft, { public_edition: true }),
      release(draft, { public_edition: true }),
    ]);
    t.same(both.map(({ status }) => status).sort(), [202, 409]);
    t.match(both.find(({ status }) => status === 409)?.json.detail, /being released/);
    t.equal((await get(id)).json.status, 'releasing');
    const decisions = await node.home.rows('SELECT * FROM decisions WHERE case_id = $1', [id]);
    t.match(decisions, [{ kind: 'release', draft, public: true, actor: 'chen', reason: 'clean', done_at: null }]);
    t.equal(decisions.length, 1);
    t.same(await actsOf(node, id), ['chen case.release: clean']);
    const jobs = await jobsOf(node, 'decide');
    t.same(jobs, [{ key: null, payload: {} }], 'the worker is asked once');
    const seen = etag(await get(id));
    t.equal(
      coded(await officer('PUT', `/cases/${id}/triage`, triage(), seen)),
      '409 conflict',
      'nor triaged meanwhile',
    );
  });

  await t.test('releases nothing that is held, outdated, already out or withdrawn', async (t) => {
    const refused = async (id: string, draft: string, why: RegExp, public_edition = false) => {
      const answer = await officer('POST', `/cases/${id}/release`, { draft, public_edition, reason: 'r' });
      t.equal(coded(answer), '409 conflict');
      t.match(answer.json.detail, why);
    };
    const held = await addCase(node, { status: 'held' });
    await refused(
      held,
      await addDraft(node, held, { holds: [{ code: 'protected_term', place: '/title' }] }),
      /is held/,
    );
    const triaged = await addCase(node);
    const outdated = await addDraft(node, triaged);
    t.equal((await officer('PUT', `/cases/${triaged}/triage`, triage(), etag(await get(triaged)))).status, 200);
    await refused(triaged, outdated, /no draft of what it says now/);
    const fresh = await addCase(node, { status: 'received' });
    await refused(fresh, digest('x'), /no draft/);
    const out = await addCase(node, { status: 'released' });
    const released = await addDraft(node, out);
    await addVersion(node, out, { draft: 1 });
    await refused(out, released, /nothing new/);
    const amber = await addCase(node, { tlp: 'amber' });
    await refused(amber, await addDraft(node, amber), /TLP amber: only what is clear has a public edition/, true);
    for (const [status, why] of [
      ['releasing', /being released/],
      ['retracting', /being retracted/],
      ['retracted', /final/],
    ] as const) {
      const id = await addCase(node, { status });
      await refused(id, await addDraft(node, id), why);
    }
    t.same(await node.home.rows('SELECT FROM decisions WHERE case_id = ANY ($1)', [[held, triaged, fresh, out]]), []);
    await addVersion(node, out, { draft: 1, edition: true });
    await refused(out, released, /nothing new/, true);

    const left = await addCase(node, { status: 'released' });
    const told = await addDraft(node, left);
    await addVersion(node, left, { draft: 1 });
    const fields = { fields: incidentFields({ countries_affected: undefined }), reason: 'one of its kind' };
    t.equal((await officer('PUT', `/cases/${left}/fields`, fields, etag(await get(left)))).status, 200);
    await refused(left, told, /no draft of what it says now/, true);
  });

  await t.test('releases a correction, and a public edition of what only peers had', async (t) => {
    const corrected = await addCase(node, { status: 'drafted' });
    await addDraft(node, corrected);
    await addVersion(node, corrected, { draft: 1 });
    const second = await addDraft(node, corrected);
    const release = (id: string, draft: string, public_edition: boolean) =>
      officer('POST', `/cases/${id}/release`, { draft, public_edition, reason: 'r' });
    t.equal((await release(corrected, second, false)).status, 202);
    const shared = await addCase(node, { status: 'released' });
    const draft = await addDraft(node, shared);
    await addVersion(node, shared, { draft: 1 });
    t.equal((await release(shared, draft, true)).status, 202);
  });

  await t.test('retracts only what is out, once', async (t) => {
    const retract = (id: string) => officer('POST', `/cases/${id}/retraction`, { reason: 'wrong' });
    const never = await addCase(node);
    t.match((await retract(never)).json, { code: 'conflict', detail: /never released/ });
    const out = await addCase(node, { status: 'released' });
    await addVersion(node, out, { draft: 1, tick: 1 });
    const both = await Promise.all([retract(out), retract(out)]);
    t.same(both.map(({ status }) => status).sort(), [202, 409]);
    t.equal((await get(out)).json.status, 'retracting');
    t.same(await actsOf(node, out), ['chen case.retract: wrong']);
    const [decision] = await node.home.rows('SELECT * FROM decisions WHERE case_id = $1', [out]);
    t.match(decision, { kind: 'retraction', draft: null, public: false, actor: 'chen' });
    const gone = await addCase(node, { status: 'retracted' });
    await addVersion(node, gone, { draft: 1, tick: 1 });
    await addVersion(node, gone, { tick: 2, retracted: true });
    t.equal(coded(await retract(gone)), '409 conflict');
    await node.home.run(`UPDATE cases SET status = 'drafted' WHERE id = $1`, [gone]);
    t.equal(coded(await retract(gone)), '409 conflict', 'whatever its status says');
    const correcting = await addCase(node, { status: 'held' });
    await addVersion(node, correcting, { draft: 1, tick: 1 });
    t.equal((await retract(correcting)).status, 202, 'also while a correction is worked on');
  });
});
