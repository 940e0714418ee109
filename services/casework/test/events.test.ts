// What an officer is warned of in a draft: small groups, and differences from other accounts of its event; on the real database.

import { randomUUID } from 'node:crypto';
import { openDatabase } from '@detente/store/database';
import { countFitting, eventAccounts } from '@detente/store/evidence';
import { countQueries } from '@detente/testkit';
import { test } from 'tap';
import { draftWarnings } from '../src/draft-warnings.ts';
import {
  addCase,
  addDraft,
  addToken,
  addVersion,
  caller,
  createNode,
  digest,
  incidentFields,
  type Node,
  serve,
} from './casework-node.ts';

const told = {
  occurred_month: '2023-05',
  hazard_domain: 'cyber',
  sector: ['education'],
  countries_affected: ['LI'],
  deployment: {
    breadth: 'pilot',
    autonomy: null,
    critical_function: true,
    unintended_use: null,
    multiple_systems: null,
    business_functions: [],
    tasks: ['other'],
  },
};

async function addReceived(
  node: Node,
  fields: object,
  more: { level?: number; tick?: number; id?: string; retracted?: boolean } = {},
) {
  await node.home.run(
    `INSERT INTO received (peer, digest, id, type, tick, level, domain, band, tlp, exercise, retracted, presentation, fields)
     VALUES ('https://us.example', $1, $2, 'incident/1', $3, $4, 'cyber', 'unrated', 'clear', false, $5, 'x~', $6)`,
    [
      digest(randomUUID()),
      more.id ?? randomUUID(),
      more.tick ?? 1,
      more.level ?? 5,
      more.retracted ?? false,
      JSON.stringify(fields),
    ],
  );
}

test('small groups and accounts of one event', async (t) => {
  const node = await createNode(t);
  const home = openDatabase({ url: node.env.DETENTE_HOME_URL, max: 2, name: 'detente test' });
  t.teardown(() => home.close());
  const officer = caller(await serve(t, node), await addToken(node, 'chen', 'officer'));
  const source = { registry: 'aiid', id: '7' };
  const id = await addCase(node, { fields: told, source });
  await addDraft(node, id, { fields: told });

  await t.test(
    'few fit: the tier, the rare field and what could be told instead are shown with the draft',
    async (t) => {
      for (let n = 0; n < 4; n++) await addCase(node, { fields: { ...told, countries_affected: ['DE'] } });
      const { status, json } = await officer('GET', `/cases/${id}/draft`);
      t.equal(status, 200);
      t.strictSame(json.small_groups, [
        {
          ...{ code: 'small_group', tier: 'green', fit: 1, organisations: 1, k: 5, rare: ['countries_affected'] },
          ...{ all: { fit: 5, organisations: 5 } },
          offers: [{ place: '/countries_affected', instead: null, fit: 5, organisations: 5 }],
        },
      ]);
    },
  );

  await t.test(
    'reports of one entry are one event; of received records the current versions count, each once',
    async (t) => {
      const fits = (traits: string[]) =>
        home.read(async (reader) => (await countFitting(reader, [traits], { most: 99, exercise: false }))[0]?.fit);
      const lab = randomUUID();
      await node.home.run(`INSERT INTO labs (id, key_hash, name_sealed) VALUES ($1, 'y', '')`, [lab]);
      const again = await addCase(node, { fields: told, source: { registry: 'aiid', id: '8' } });
      await node.home.run('UPDATE cases SET lab = $2, source = $3 WHERE id = $1', [again, lab, JSON.stringify(source)]);
      t.equal(await fits(['countries_affected:["LI"]']), 1);
      const peers = randomUUID();
      await addReceived(node, told, { id: peers });
      await addReceived(node, told, { id: peers, tick: 2 });
      await addReceived(node, told, { retracted: true });
      const corrected = randomUUID();
      await addReceived(node, told, { id: corrected });
      await addReceived(
        node,
        { ...told, countries_affected: ['DE'], hazard_domain: 'bio' },
        { id: corrected, tick: 2 },
      );
      const withdrawn = randomUUID();
      await addReceived(node, told, { id: withdrawn });
      await addReceived(node, {}, { id: withdrawn, tick: 2, retracted: true });
      t.equal(await fits(['countries_affected:["LI"]', 'deployment:{"tasks":["other"]}']), 2);
      t.equal(await fits(['occurred_month:"2023-04"|"2023-05"|"2023-06"', 'hazard_domain:"cyber"']), 6);
      t.equal(await fits(['occurred_month:"2024-05"']), 0);
      const day = await addCase(node, { fields: { occurred: '2024-05-30' } });
      t.equal(await fits(['occurred_month:"2024-05"']), 1, 'a day tells its month');
      await node.home.run(`UPDATE cases SET status = 'retracted' WHERE id = $1`, [day]);
      await t.rejects(fits(["sector' --:[]"]), /no trait/);
      await node.home.run('DELETE FROM received');
      await node.home.run(`UPDATE cases SET status = 'retracted' WHERE id = $1`, [again]);
    },
  );

  await t.test('events of one developer are one organisation, and a part of a technique is one of it', async (t) => {
    const fits = (trait: string) =>
      home.read(async (reader) => (await countFitting(reader, [[trait]], { most: 99, exercise: false }))[0]);
    const of = { ...told, occurred_month: '2020-01', techniques: ['AML.T0051.001'] };
    const name = (written: string, kind = 'developer') =>
      JSON.stringify([{ place: '/title', start: 0, end: 1, was: 'x', written, kind, by: 'term' }]);
    for (const changes of [name('Developer A7F3’s'), name('a product of Developer A7F3'), name('开发方A7F3'), '[]']) {
      const one = await addCase(node, { fields: of });
      await addDraft(node, one, { fields: of });
      await node.home.run('UPDATE drafts SET changes = $2 WHERE case_id = $1', [one, changes]);
    }
    for (const title of ['By Developer A7F3', 'Of Developer A7F3', 'x']) await addReceived(node, { ...of, title });
    t.strictSame(await fits('occurred_month:"2020-01"'), { fit: 7, organisations: 4 }, 'a peer’s codes are its own');
    t.strictSame(await fits('techniques:^"AML.T0051"'), { fit: 7, organisations: 4 });
    t.strictSame(await fits('techniques:["AML.T0051"]'), { fit: 0, organisations: 0 });
    await node.home.run(`DELETE FROM received`);
    await node.home.run(`UPDATE cases SET status = 'retracted' WHERE fields->>'occurred_month' = '2020-01'`);
  });

  await t.test('what another report of the entry hides, or an earlier version, is shown with its place', async (t) => {
    const lab = randomUUID();
    await node.home.run(`INSERT INTO labs (id, key_hash, name_sealed) VALUES ($1, 'z', '')`, [lab]);
    const other = await addCase(node, { fields: told, tlp: 'green' });
    await node.home.run('UPDATE cases SET lab = $2, source = $3 WHERE id = $1', [other, lab, JSON.stringify(source)]);
    await addDraft(node, other, { fields: { ...told, summary: 'It ran.', countries_affected: null } });
    const findings = JSON.stringify([
      { place: '/summary', kind: 'organisation', text: 'agent', done: 'removed' },
      { place: '/summary', kind: 'person', text: 'planner', done: 'kept' },
    ]);
    await node.home.run('UPDATE drafts SET findings = $2 WHERE case_id = $1', [other, findings]);
    const version = await addVersion(node, id, { draft: 1 });
    const { json } = await officer('GET', `/cases/${id}/draft`);
    t.match(json.across, [
      { code: 'shown_here', other: `case ${other}`, place: '/tlp', kind: 'tlp' },
      { code: 'shown_here', other: `case ${other}`, place: '/countries_affected', kind: 'field' },
      { code: 'shown_here', other: `case ${other}`, place: '/summary', kind: 'organisation', start: 3, end: 8 },
    ]);
    t.equal(json.across.length, 3, 'the version that was released says the same');
    await addDraft(node, id, { fields: { ...told, sector: null } });
    const next = (await officer('GET', `/cases/${id}/draft`)).json.across;
    t.match(next.at(-1), { code: 'shown_there', other: `version ${version}`, place: '/sector', kind: 'field' });
  });

  await t.test('so is another case with a reference of its evidence, once, whoever reported it', async (t) => {
    const give = (...references: string[]) => references.map((reference) => ({ kind: 'url', reference }));
    const [first, second] = ['https://news.example/7', 'https://news.example/8'];
    const add = async (fields: object, evidence: object[]) => {
      const one = await addCase(node, { fields: { ...told, ...fields, evidence } });
      await addDraft(node, one, { fields: { ...told, ...fields, evidence } });
      return one;
    };
    const mine = await add({}, give(first!, second!));
    const other = await add({ sector: null }, give(second!, first!, 'https://news.example/9'));
    const drill = await add({ countries_affected: null }, give(first!));
    await node.home.run('UPDATE cases SET exercise = true WHERE id = $1', [drill]);
    const { json } = await officer('GET', `/cases/${mine}/draft`);
    t.strictSame(json.across, [
      { code: 'shown_here', other: `case ${other}`, place: '/sector', kind: 'field', holds: false },
    ]);
  });

  await t.test(
    'a received record with the same evidence is of the event; what was not given is not compared',
    async (t) => {
      const evidence = [{ kind: 'url', reference: 'https://news.example/1' }];
      const mine = await addCase(node, { fields: { ...told, evidence } });
      await addDraft(node, mine, { fields: { ...told, evidence } });
      await addReceived(node, { title: 'x', evidence, ...told, sector: null });
      const { json } = await officer('GET', `/cases/${mine}/draft`);
      t.match(json.across, [
        { code: 'shown_here', place: '/sector', kind: 'field', other: /^record .* of https:\/\/us\.example$/ },
      ]);
      t.equal(json.across.length, 1);
    },
  );

  await t.test('it takes two questions, however many events there are', async (t) => {
    const { database, asked } = countQueries(home);
    const draft = {
      id,
      tlp: 'clear' as const,
      exercise: false,
      fields: incidentFields(told),
      findings: [],
      changes: [],
    };
    const before = asked.count;
    await database.read((reader) => draftWarnings(reader, draft, 5));
    t.equal(asked.count - before, 2);
    t.equal((await home.read((reader) => eventAccounts(reader, [randomUUID()]))).size, 0);
  });
});
