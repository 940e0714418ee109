// What other accounts of an event hide or show holds a release until an officer decides; small groups hold what the policy would release.

import { openDatabase } from '@detente/store/database';
import { test } from 'tap';
import { release } from '../src/decide.ts';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';
import { CN, decide } from './worker-pair.ts';

const shown = { kind: 'incident', title: 'A forged instruction', summary: 'It was followed.', language: 'en' };
const ENTRY = JSON.stringify({ registry: 'aiid', id: '7' });

async function report(node: WorkerNode, fields: object, parties = {}): Promise<string> {
  const id = await node.report({ fields: { ...shown, ...fields }, parties });
  // Several labs report the same entry; one lab has it once.
  await node.home.query('INSERT INTO labs (id, key_hash, name_sealed) SELECT $1, $2, name_sealed FROM labs LIMIT 1', [
    id,
    `key ${id}`,
  ]);
  await node.home.query('UPDATE cases SET source = $2, lab = $1 WHERE id = $1', [id, ENTRY]);
  return id;
}

const draftOf = async ({ home }: WorkerNode, id: string) =>
  (await home.query('SELECT * FROM drafts WHERE case_id = $1 ORDER BY version DESC LIMIT 1', [id])).rows[0];

const statusOf = async ({ home }: WorkerNode, id: string) =>
  (await home.query('SELECT status FROM cases WHERE id = $1', [id])).rows[0].status;

async function judge(node: WorkerNode, id: string, kind: string, verdict: string): Promise<void> {
  const { findings } = await draftOf(node, id);
  for (const one of findings.filter((found: { kind: string }) => found.kind === kind))
    await node.home.query(
      `INSERT INTO finding_verdicts (case_id, finding, kind, text, verdict, actor, reason) VALUES ($1, $2, $3, $4, $5, 'a', 'b')`,
      [id, one.id, one.kind, one.text, verdict],
    );
  await node.home.query('UPDATE cases SET draft_due = true WHERE id = $1', [id]);
  await makeDrafts(node.worker);
}

/** As an officer does it, over the API’s own function. */
async function decideOn(node: WorkerNode, id: string, more: { overrule?: boolean; public_edition?: boolean } = {}) {
  const home = openDatabase({ url: node.url('home', 'detente_casework'), max: 2, name: 'test casework' });
  try {
    const { digest } = await draftOf(node, id);
    const wanted = { draft: digest, public_edition: false, ...more };
    await release(home, { id, actor: 'chen', reason: 'seen by two' }, wanted);
  } finally {
    await home.close();
  }
}

test('what one report hides the other does not show, until an officer overrules it', async (t) => {
  const node = await startWorkerNode(t, { origin: CN });
  const hides = await report(node, { summary: 'It was found on 4 May 2023.' });
  const shows = await report(node, { summary: 'On 4 May 2023 it was followed.', occurred_month: '2023-05' });
  await makeDrafts(node.worker);
  t.match((await draftOf(node, hides)).fields.summary, /in May 2023/i, 'both are coarse by their tier');
  t.same((await draftOf(node, shows)).holds, []);

  await judge(node, shows, 'date', 'keep');
  const held = await draftOf(node, shows);
  t.match(held.holds, [
    { code: 'shown_here', other: `case ${hides}`, place: '/summary', kind: 'date', start: 3, end: 13 },
  ]);
  t.equal(await statusOf(node, shows), 'held');
  await t.rejects(decideOn(node, shows), /held/);
  await decideOn(node, shows, { overrule: true });
  await carryOutDecisions(node.worker);
  t.equal(await statusOf(node, shows), 'released');
  const { rows: acts } = await node.home.query(`SELECT object, reason FROM acts WHERE act = 'case.overrule'`);
  t.same(acts, [{ object: `${shows} ${held.digest}`, reason: 'seen by two' }]);
});

test('what the first version hid holds a later one, also where the one between did not speak of it', async (t) => {
  const node = await startWorkerNode(t, { origin: CN });
  const id = await report(node, { summary: 'It was found on 4 May 2023.' });
  const say = async (summary: string) => {
    await node.home.query('UPDATE cases SET fields = $2, draft_due = true WHERE id = $1', [
      id,
      JSON.stringify({ ...shown, summary }),
    ]);
    await makeDrafts(node.worker);
  };
  await makeDrafts(node.worker);
  await decideOn(node, id);
  await carryOutDecisions(node.worker);
  await say('It was found.');
  await decideOn(node, id);
  await carryOutDecisions(node.worker);
  t.equal(await statusOf(node, id), 'released');

  await say('It was found on 4 May 2023.');
  await judge(node, id, 'date', 'keep');
  t.match((await draftOf(node, id)).holds, [
    { code: 'shown_here', other: /^version /, place: '/summary', kind: 'date' },
  ]);
  await decideOn(node, id, { overrule: true });
  await carryOutDecisions(node.worker);
  t.equal(await statusOf(node, id), 'released');
  await say('It was found on 4 May 2023, and mended.');
  t.same((await draftOf(node, id)).holds, [], 'the newest shows it, as an officer wanted');
});

test('an overruling does not reach to what came since, nor past what nobody may overrule', async (t) => {
  const node = await startWorkerNode(t, { origin: CN });
  const first = await report(node, { summary: 'It was found on 4 May 2023.' });
  const second = await report(node, { summary: 'On 4 May 2023 it was followed.' });
  await makeDrafts(node.worker);
  await judge(node, second, 'date', 'keep');
  await decideOn(node, second, { overrule: true });
  // Before the worker comes to it another account is there that hides more.
  const third = await report(node, { summary: 'A third one says 4 May 2023.' });
  await makeDrafts(node.worker);
  await carryOutDecisions(node.worker);
  t.equal(await statusOf(node, second), 'held');
  const { rows } = await node.home.query(`SELECT reason FROM acts WHERE act = 'case.held' AND object = $1`, [second]);
  t.match(rows[0].reason, new RegExp(`/summary \\(date\\) shown_here case ${third}`));
  await makeDrafts(node.worker);
  const others = (await draftOf(node, second)).holds.map(({ other }: { other: string }) => other);
  t.same(others.sort(), [`case ${first}`, `case ${third}`].sort());
  await decide(node, second, 'release', (await draftOf(node, second)).digest);
  t.equal(await statusOf(node, second), 'held', 'the word of before is of the draft of before');
  await decideOn(node, second, { overrule: true, public_edition: true });
  await carryOutDecisions(node.worker);
  t.equal(await statusOf(node, second), 'released');
});

test('an overruling is of the words that were seen, and not of others at the same place', async (t) => {
  const node = await startWorkerNode(t, { origin: CN });
  const evidence = [{ kind: 'url', reference: 'https://news.example/1' }];
  const summary = 'The brixholm agent and the pellwort one did it.';
  const told = (title: string) => JSON.stringify({ ...shown, title, evidence });
  await node.home.query(
    `INSERT INTO received (peer, digest, id, type, tick, level, domain, band, tlp, exercise, retracted, presentation, fields)
     VALUES ('https://us.example', $1, gen_random_uuid(), 'incident/1', 1, 5, 'cyber', 'unrated', 'clear', false, false, 'x~', $2)`,
    ['A'.repeat(43), told('Brixholm was told to')],
  );
  const mine = await node.report({
    fields: { ...shown, summary, evidence },
    parties: { developer: ['Brixholm', 'Pellwort'] },
  });
  await makeDrafts(node.worker);
  const before = (await draftOf(node, mine)).holds;
  t.match(before, [{ code: 'shown_there', place: '/title', words: /^[\w-]{43}$/ }]);
  await decideOn(node, mine, { overrule: true });
  await node.home.query('UPDATE received SET fields = $1', [told('Pellwort was told to')]);
  await carryOutDecisions(node.worker);
  t.equal(await statusOf(node, mine), 'held');
  await makeDrafts(node.worker);
  const { words, ...place } = (await draftOf(node, mine)).holds[0];
  t.match(before, [place], 'the place and the kind are the same');
  t.not(words, before[0].words);
  await decideOn(node, mine, { overrule: true });
  await carryOutDecisions(node.worker);
  t.equal(await statusOf(node, mine), 'released');
});

test('a name of the vault that a peer’s record of the event tells holds; a warning waits for nothing', async (t) => {
  const node = await startWorkerNode(t, { origin: CN });
  const evidence = [{ kind: 'url', reference: 'https://news.example/1' }];
  const severity = { level: 5, axes: { people: 5, safeguards: 1, reach: 1 } };
  await node.home.query(
    `INSERT INTO received (peer, digest, id, type, tick, level, domain, band, tlp, exercise, retracted, presentation, fields)
     VALUES ('https://us.example', $1, gen_random_uuid(), 'incident/1', 1, 5, 'cyber', 'unrated', 'clear', false, false, 'x~', $2)`,
    ['A'.repeat(43), JSON.stringify({ ...shown, title: 'Brixholm was told to', evidence })],
  );
  const mine = await node.report({
    fields: { ...shown, summary: 'The brixholm agent did it.', evidence },
    parties: { developer: ['Brixholm'] },
  });
  await makeDrafts(node.worker);
  t.match((await draftOf(node, mine)).holds, [
    { code: 'shown_there', place: '/title', kind: 'developer', other: /^record A+ of https:\/\/us\.example$/ },
  ]);
  await node.home.query('UPDATE cases SET severity = $2, draft_due = true WHERE id = $1', [
    mine,
    JSON.stringify(severity),
  ]);
  await makeDrafts(node.worker);
  t.same((await draftOf(node, mine)).holds, []);
  t.equal(await statusOf(node, mine), 'drafted');
});

test('the policy does not release what few events fit, unless it takes out what is in doubt', async (t) => {
  const rule = {
    sources: ['aiid'],
    domains: ['*' as const],
    bands: ['unrated' as const, '5-7' as const],
    take_proposals: true,
  };
  for (const [findings, status] of [
    [undefined, 'drafted'],
    ['hold', 'drafted'],
    ['redact', 'releasing'],
  ] as const) {
    const policy = { release: [{ ...rule, public_edition: true, ...(findings && { findings }) }] };
    const node = await startWorkerNode(t, { origin: CN, policy });
    const rare = await report(node, { occurred_month: '2023-05', countries_affected: ['LI'] });
    const bare = await node.report({ fields: shown });
    await node.home.query('UPDATE cases SET source = $2 WHERE id = $1', [
      bare,
      JSON.stringify({ registry: 'aiid', id: '8' }),
    ]);
    const grave = await report(node, {
      occurred_month: '2023-05',
      severity: { level: 5, axes: { people: 5, safeguards: 1, reach: 1 } },
    });
    await makeDrafts(node.worker);
    t.equal(await statusOf(node, grave), 'releasing', 'a warning waits for nobody');
    t.equal(await statusOf(node, rare), status, `findings: ${findings}`);
    t.equal(await statusOf(node, bare), 'releasing', 'what tells no field fits all');
  }
});
