// What is found in a case and no vault knows: held, judged one by one, taken out, and not shown by other cases.

import { randomBytes } from 'node:crypto';
import { type Test, test } from 'tap';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import type { Policy } from '../src/policy.ts';
import { type Answer, caller, digest, serve } from './casework-node.ts';
import { startWorkerNode } from './worker-node.ts';
import { CN, decide } from './worker-pair.ts';

const fields = {
  kind: 'incident',
  title: 'Assistant of Quillmark Systems wrote to Maria Delgado',
  summary: 'It wrote to Maria Delgado (maria.delgado@example.org) of Halvorsen Shipping Ltd.',
  language: 'en',
};
const parties = { developer: ['Quillmark Systems'] };
const rule = (more: Partial<Policy['release'][number]> = {}): Policy => ({
  release: [
    {
      sources: ['lab'],
      domains: ['*'],
      bands: ['unrated', '5-7'],
      take_proposals: false,
      public_edition: true,
      ...more,
    },
  ],
});
type Finding = {
  id: string;
  place: string;
  start: number;
  end: number;
  kind: string;
  text: string;
  done: string;
  by?: string;
};
const coded = ({ status, json }: Answer) => `${status} ${json.code}`;

async function start(t: Test, policy?: Policy) {
  const node = await startWorkerNode(t, { origin: CN, ...(policy && { policy }) });
  const token = `detente_${randomBytes(32).toString('base64url')}`;
  await node.home.query('INSERT INTO tokens (hash, name, scope) VALUES ($1, $2, $3)', [
    digest(token),
    'chen',
    'officer',
  ]);
  const call = caller(await serve(t, node), token);
  const draftOf = async (id: string) => (await call('GET', `/cases/${id}/draft`)).json;
  const judge = async (id: string, verdicts: unknown, more: Record<string, string> = {}) => {
    const etag = (await call('GET', `/cases/${id}`)).headers.get('etag') ?? '"0"';
    return call('PUT', `/cases/${id}/findings`, { verdicts, reason: 'looked at it' }, { 'if-match': etag, ...more });
  };
  /** Says the same of all places of some words. */
  const say = async (id: string, text: string, verdict: 'remove' | 'keep') => {
    const { findings } = await draftOf(id);
    const ids = new Set(findings.filter((one: Finding) => one.text === text).map((one: Finding) => one.id));
    const answer = await judge(
      id,
      [...ids].map((id) => ({ id, verdict })),
    );
    t.equal(answer.status, 200, JSON.stringify(answer.json));
    await makeDrafts(node.worker);
  };
  return { ...node, call, draftOf, judge, say };
}

test('a release waits for an officer’s word on each finding, and takes out what he says', async (t) => {
  const { worker, home, report, call, draftOf, judge, say } = await start(t, rule());
  const id = await report({ fields, parties });
  await makeDrafts(worker);
  t.equal((await call('GET', `/cases/${id}`)).json.status, 'held');
  const first = await draftOf(id);
  t.match(first.fields.summary, /^It wrote to Maria Delgado \(\[email address\]\) of Halvorsen Shipping Ltd\.$/);
  for (const { place, start, end, finding, kind } of first.holds) {
    const found = first.findings.find((one: Finding) => one.id === finding && one.place === place);
    t.match(found, { kind, start, end, done: 'open' });
    const [edition, name] = place.startsWith('public:')
      ? ['public_fields', place.slice(8)]
      : ['fields', place.slice(1)];
    t.equal(first[edition][name].slice(start, end), found.text, 'in its place');
  }
  t.same([...new Set(first.holds.map(({ code, kind }: { code: string; kind: string }) => `${code} ${kind}`))].sort(), [
    'finding organisation',
    'finding person',
  ]);
  const refused = await call('POST', `/cases/${id}/release`, {
    draft: first.digest,
    public_edition: true,
    reason: 'r',
  });
  t.match(refused.json.detail, /the draft is held/);

  await say(id, 'Maria Delgado', 'remove');
  await say(id, 'Halvorsen Shipping Ltd', 'keep');
  const { json: one } = await call('GET', `/cases/${id}`);
  t.equal(one.status, 'drafted');
  const draft = await draftOf(id);
  t.match(draft, { version: 3, holds: [] });
  t.match(draft.fields.title, /^Assistant of Developer [0-9A-F]{6} wrote to Person [0-9A-F]{6}$/);
  t.equal(draft.public_fields.title, 'Assistant of a developer wrote to a person');
  t.match(draft.fields.summary, / of Halvorsen Shipping Ltd\.$/);
  const { rows: acts } = await home.query(`SELECT actor, reason, object FROM acts WHERE act = 'case.findings'`);
  t.same(
    acts,
    Array.from({ length: 2 }, () => ({ actor: 'chen', reason: 'looked at it', object: id })),
  );
  const inTitle = draft.changes.filter(({ place }: { place: string }) => place === 'public:/title');
  t.match(inTitle, [
    { was: 'Quillmark Systems', written: 'a developer', kind: 'developer', by: 'term' },
    { was: 'Maria Delgado', written: 'a person', kind: 'person', by: 'officer' },
  ]);
  t.match(
    draft.changes.find(({ by }: { by: string }) => by === 'certain'),
    { place: '/summary', was: 'maria.delgado@example.org', written: '[email address]', kind: 'email' },
  );

  await t.test(
    'a correction is drafted under the same verdicts, and one that is taken back lets the words stand',
    async (t) => {
      const corrected = { ...fields, summary: `Corrected. ${fields.summary}` };
      const etag = (await call('GET', `/cases/${id}`)).headers.get('etag')!;
      const answer = await call('PUT', `/cases/${id}/fields`, { fields: corrected, reason: 'r' }, { 'if-match': etag });
      t.equal(answer.status, 200, JSON.stringify(answer.json));
      await makeDrafts(worker);
      const next = await draftOf(id);
      t.match(
        next.fields.summary,
        /^Corrected\. It wrote to Person [0-9A-F]{6} \(\[email address\]\) of Halvorsen Shipping Ltd\.$/,
      );
      t.same(next.holds, []);
      await decide({ worker, home } as never, id, 'release', next.digest, true);
      t.equal((await call('GET', `/cases/${id}`)).json.status, 'released');
      await say(id, 'Maria Delgado', 'keep');
      t.match((await draftOf(id)).fields.title, /wrote to Maria Delgado$/);
      await say(id, 'maria.delgado@example.org', 'keep');
      t.match((await draftOf(id)).fields.summary, /\(maria\.delgado@example\.org\)/, 'what is certain can be kept too');
      await say(id, 'Maria Delgado', 'remove');
      const { digest: last } = await draftOf(id);
      await decide({ worker, home } as never, id, 'release', last, true);
      const versions = (await call('GET', `/cases/${id}`)).json.versions;
      t.equal(versions.filter(({ edition }: { edition: boolean }) => !edition).length, 2);
      t.equal(
        (await home.query('SELECT FROM drafts WHERE case_id = $1 AND changes = $2', [id, '[]'])).rowCount,
        0,
        'each keeps its changes',
      );
    },
  );

  await t.test('verdicts that cannot be given are refused, each by its place', async (t) => {
    const [finding] = (await draftOf(id)).findings;
    const keep = { id: finding.id, verdict: 'keep' };
    const strange = await judge(id, [keep, { id: digest('none'), verdict: 'remove' }, keep]);
    t.equal(coded(strange), '422 validation_failed');
    t.match(strange.json.errors, [
      { in: 'body', pointer: '/verdicts/1/id', code: 'finding_unknown' },
      { in: 'body', pointer: '/verdicts/2/id', code: 'finding_repeated' },
    ]);
    for (const wrong of [
      [],
      [{ id: 'x', verdict: 'keep' }],
      [{ ...keep, verdict: 'perhaps' }],
      [{ ...keep, more: 1 }],
      'all',
      null,
    ])
      t.equal(coded(await judge(id, wrong)), '422 validation_failed', JSON.stringify(wrong));
    t.equal(coded(await judge(id, [keep], { 'if-match': '"1"' })), '412 precondition_failed');
    t.equal(
      coded(await call('PUT', `/cases/${id}/findings`, { verdicts: [keep], reason: 'r' })),
      '428 precondition_required',
    );
    t.equal(coded(await judge('00000000-0000-4000-8000-000000000000', [keep])), '404 not_found');
    const other = await report({ fields });
    await makeDrafts(worker);
    const foreign = (await draftOf(other)).findings.find((one: Finding) => !/Delgado/.test(one.text));
    await home.query(`UPDATE cases SET status = 'retracted' WHERE id = $1`, [other]);
    t.equal(coded(await judge(other, [{ id: foreign.id, verdict: 'keep' }])), '409 conflict');
  });
});

test('a verdict holds while the sentence says the same; a corrected one asks again, and shows nothing that was taken out', async (t) => {
  const { worker, report, call, draftOf, say } = await start(t, rule());
  const write = async (id: string, summary: string) => {
    const etag = (await call('GET', `/cases/${id}`)).headers.get('etag')!;
    const body = { fields: { ...fields, title: 'An assistant failed', summary }, reason: 'r' };
    t.equal((await call('PUT', `/cases/${id}/fields`, body, { 'if-match': etag })).status, 200);
    await makeDrafts(worker);
    return draftOf(id);
  };
  const told = 'The chatbot told patient Maria Delgado that she has HIV.';
  const id = await report({
    fields: { ...fields, title: 'x', summary: 'The minister Maria Delgado commented on it.' },
  });
  await makeDrafts(worker);
  await say(id, 'Maria Delgado', 'keep');
  t.equal((await call('GET', `/cases/${id}`)).json.status, 'drafted');
  t.match((await write(id, told)).holds, [{ code: 'finding', kind: 'person' }, {}]);
  t.equal((await call('GET', `/cases/${id}`)).json.status, 'held');
  await say(id, 'Maria Delgado', 'remove');
  t.match(
    (await write(id, `${told.slice(0, -1)} or worse.`)).fields.summary,
    /patient Person \w{6} that she has HIV or/,
  );
  t.same((await draftOf(id)).holds, []);
  const other = await report({ fields: { ...fields, title: 'y', summary: 'Maria Delgado spoke.' } });
  await makeDrafts(worker);
  t.match((await draftOf(other)).fields.summary, /^Person \w{6} spoke\.$/);
  await say(id, 'Maria Delgado', 'keep');
  t.match((await draftOf(id)).fields.summary, /patient Maria Delgado that/, 'taken back with the other command');
  const third = await report({ fields: { ...fields, title: 'z', summary: 'Maria Delgado spoke.' } });
  await makeDrafts(worker);
  t.equal((await draftOf(third)).fields.summary, 'Maria Delgado spoke.', 'in the whole node');
  t.match((await write(id, told)).fields.summary, /patient Person \w{6} that/, 'where it was taken out it still is');
});

test('a correction that leaves the same text has a draft whose changes are true, and what an earlier one changed can be read', async (t) => {
  const { worker, call, report, draftOf } = await start(t);
  const said = { kind: 'incident', title: 'A shuttle stopped', language: 'en' };
  const parties = { developer: ['Quillmark Systems'] };
  const id = await report({ fields: { ...said, summary: 'Quillmark said so.' }, parties });
  await makeDrafts(worker);
  const first = await draftOf(id);
  const etag = (await call('GET', `/cases/${id}`)).headers.get('etag')!;
  const fields = { ...said, summary: 'Quillmark Systems said so.' };
  t.equal((await call('PUT', `/cases/${id}/fields`, { fields, reason: 'r' }, { 'if-match': etag })).status, 200);
  await makeDrafts(worker);
  const second = await draftOf(id);
  t.same([second.fields, second.digest, second.version], [first.fields, first.digest, 2]);
  const was = (draft: { changes: { was: string }[] }) => draft.changes.map((one) => one.was);
  t.same(was(second), ['Quillmark Systems', 'Quillmark Systems'], 'record and public edition');
  t.same(was((await call('GET', `/cases/${id}/draft?version=1`)).json), ['Quillmark', 'Quillmark']);
  t.equal((await call('GET', `/cases/${id}/draft?version=3`)).status, 404);
  t.equal((await call('GET', `/cases/${id}/draft?version=0`)).status, 422);
});

test('what an officer had taken out of one case no other case shows', async (t) => {
  const { worker, report, call, draftOf, judge, say, home } = await start(t, rule({ findings: 'hold' }));
  const id = await report({ fields, parties });
  const summary = 'Later Delgado called Halvorsen Shipping.';
  await report({ fields: { ...fields, title: 'Told before', summary: 'Nothing was found here.' } });
  await makeDrafts(worker);
  await say(id, 'Maria Delgado', 'remove');
  await say(id, 'Halvorsen Shipping Ltd', 'remove');
  const other = await report({ fields: { ...fields, title: 'A second report', summary } });
  await makeDrafts(worker);
  const draft = await draftOf(other);
  t.match(draft.fields.summary, /^Later Person [0-9A-F]{6} called Organisation [0-9A-F]{6}\.$/);
  t.equal(draft.public_fields.summary, 'Later a person called an organisation.');
  const named = draft.findings.find((one: Finding) => one.text === 'Delgado');
  t.match(named, { kind: 'person', done: 'removed', by: 'term', place: '/summary' });
  t.equal((await call('GET', `/cases/${other}`)).json.status, 'releasing', 'and it needs no officer');
  await carryOutDecisions(worker);
  const kept = await judge(other, [{ id: named.id, verdict: 'keep' }]);
  t.match(kept.json.errors, [{ pointer: '/verdicts/0/verdict', code: 'protected_by_another' }]);
  const { rows } = await home.query('SELECT token FROM records');
  for (const { token } of rows)
    for (const disclosure of token.split('~').slice(1))
      t.notMatch(Buffer.from(disclosure, 'base64url').toString(), /Delgado|Halvorsen/);
});

test('what is found holds no warning, and the policy takes nothing out of it', async (t) => {
  const node = await start(t, rule({ findings: 'redact' }));
  const { worker, home, report, call, draftOf, say } = node;
  const id = await report({ fields, parties });
  const severity = { level: 5, axes: { people: 5, safeguards: 1, reach: 1 } };
  await home.query('UPDATE cases SET severity = $2 WHERE id = $1', [id, JSON.stringify(severity)]);
  await makeDrafts(worker);
  const draft = await draftOf(id);
  t.same(draft.holds, []);
  t.match(draft.fields.title, /^Assistant of Developer [0-9A-F]{6} wrote to Maria Delgado$/);
  t.ok(
    draft.findings.some(({ text, done }: Finding) => text === 'Maria Delgado' && done === 'open'),
    'it is shown',
  );
  t.equal((await call('GET', `/cases/${id}`)).json.status, 'releasing');
  await carryOutDecisions(worker);
  const editions = async () => (await home.query('SELECT edition FROM records ORDER BY edition, tick')).rows;
  t.same(await editions(), [{ edition: false }], 'its public edition waits');
  const { rows: acts } = await home.query(`SELECT reason FROM acts WHERE act = 'case.release'`);
  t.match(acts, [{ reason: /; no public edition, which may name somebody: person at public:\/title, / }]);
  const release = async () => {
    const body = { draft: (await draftOf(id)).digest, public_edition: true, reason: 'r' };
    return call('POST', `/cases/${id}/release`, body);
  };
  const refused = await release();
  t.equal(refused.status, 409);
  t.match(refused.json.detail, /^the public edition may name somebody \(person at public:\/title, .*: decide on these/);
  // Nor does one that was decided on before a finding was open.
  await decide(node, id, 'release', draft.digest, true);
  t.same(await editions(), [{ edition: false }]);
  for (const words of ['Maria Delgado', 'Halvorsen Shipping Ltd']) await say(id, words, 'remove');
  await makeDrafts(worker);
  t.equal((await release()).status, 202);
  await carryOutDecisions(worker);
  t.same(await editions(), [{ edition: false }, { edition: false }, { edition: true }]);
});

test('a policy that says so takes out what would hold, and it stays out when the case is drafted again', async (t) => {
  const { worker, home, report, call, draftOf } = await start(t, rule({ findings: 'redact' }));
  const id = await report({ fields, parties });
  await makeDrafts(worker);
  const draft = await draftOf(id);
  t.match(draft.fields.summary, /^It wrote to Person [0-9A-F]{6} \(\[email address\]\) of Organisation [0-9A-F]{6}\.$/);
  t.equal(draft.public_fields.summary, 'It wrote to a person ([email address]) of an organisation.');
  t.match(
    draft.changes.find(({ was }: { was: string }) => was === 'Maria Delgado'),
    { by: 'policy', kind: 'person' },
  );
  await carryOutDecisions(worker);
  await home.query('SELECT ask_drafts(ARRAY[$1::uuid])', [id]);
  await makeDrafts(worker);
  t.equal((await call('GET', `/cases/${id}`)).json.status, 'released');
  t.equal((await home.query('SELECT FROM drafts')).rowCount, 1);
});
