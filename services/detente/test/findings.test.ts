// An officer at the terminal: what was found in a case, taken out or kept, and released.

import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataOf } from '@detente/client';
import { addLab, runDetente, spawnToEnd, startNode, until } from '@detente/testkit';
import { test } from 'tap';
import { patientLab } from './lab.ts';

const summary = 'It wrote to Maria Delgado of Halvorsen Shipping Ltd. Maria Delgado had not asked for it.';
const rare = {
  countries_affected: ['LI'],
  occurred_month: '2023-05',
  occurred: '2023-05-04',
  sector: ['education', 'construction'],
};

test('an officer sees what was found, and says one by one what is taken out', { timeout: 200_000 }, async (t) => {
  const node = await startNode(t, { name: 'cn' });
  const lab = await patientLab(node);
  await lab.report(1, 'cyber', { summary, ...rare });
  const [{ id } = { id: '' }] = lab.acknowledged;
  const params = { path: { id } };
  const caseNow = async () => dataOf(await node.casework.GET('/casework/v1/cases/{id}', { params }));
  const run = (...args: string[]) => runDetente(['case', ...args, '--data', node.data]);
  const found = async () => JSON.parse((await run('findings', id, '--json')).stdout).findings;
  await until('it is drafted', async () => (await caseNow()).status === 'held');

  const table = (await run('findings', id)).stdout;
  t.match(table, /^ *1\.1 .*open +person .* Maria Delgado +4 +\/summary: It wrote to ⟨Maria Delgado⟩ of Halvorsen/m);
  t.match(table, /^ *1\.2 .*open +organisation .* Halvorsen Shipping Ltd +2 /m);
  t.match(
    (await run('show', id)).stdout,
    new RegExp(`held: finding in /summary[^]*findings: detente case findings ${id}`),
  );

  const strange = await run('keep', id, '9', '--reason', 'r');
  t.same(
    [strange.code, strange.stderr],
    [1, 'detente: There is no finding 9: detente case findings shows those there are.\n'],
  );
  const older = await run('keep', id, '7.1', '--reason', 'r');
  t.same(
    [older.code, older.stderr],
    [1, 'detente: 7.1 is of draft 7, and the newest is 1: look again with detente case findings.\n'],
    'a number is of the draft that was seen, whatever is newest now',
  );
  t.equal((await run('keep', id, '1.2')).code, 2, 'a reason is asked for');
  const nothing = await run('take-out', '00000000-0000-4000-8000-000000000000', '1.1', '--reason', 'r');
  t.match(nothing.stderr, /^detente: There is no case 0/);

  const taken = await run('take-out', id, '1.1', '--reason', 'she harmed nobody');
  t.equal(taken.code, 0, taken.stderr);
  t.match(taken.stdout, /^To be taken out, in 2 places: Maria Delgado; a new draft is being made/);
  const isDone = async (nth: number, done: string) =>
    (await found())[nth].places.every((one: { done: string }) => one.done === done);
  await until('she is taken out', () => isDone(0, 'removed'));
  const [, { places }] = await found();
  const kept = await run('keep', id, places[0].id.slice(0, 12), '--reason', 'a public company', '--json');
  t.equal(JSON.parse(kept.stdout).id, id, kept.stderr);
  await until('it is kept', () => isDone(1, 'kept'));

  t.match(
    (await run('show', id)).stdout,
    /warning: 1 of the 5 events that should fit what green shows\n +the node has 1 of the 5 events: whatever is left out, fewer/,
  );
  const missing = await run('leave-out', id, 'ongoing', '--reason', 'r');
  t.same(
    [missing.code, missing.stderr],
    [1, 'detente: The case has no field ongoing to leave out: detente case show has its fields.\n'],
  );
  const left = await run(
    'leave-out',
    id,
    'countries_affected',
    'occurred_month',
    '/sector/1',
    '--reason',
    'one of its kind',
  );
  t.match(left.stdout, /^Left out: countries_affected, occurred_month, sector\/1; a new draft/, left.stderr);
  const drafted = async () => dataOf(await node.casework.GET('/casework/v1/cases/{id}/draft', { params })).fields;
  await until('they are left out', async () => !('occurred_month' in (await drafted())));
  t.match(await drafted(), { countries_affected: undefined, occurred: undefined, sector: ['education'] });

  const first = (await run('findings', id, '--changes', '--draft', '1')).stdout;
  t.match(first, /^The draft says what came in/, 'what an earlier one said stays to be read');
  const none = await run('findings', id, '--draft', '99');
  t.match(none.stderr, /^detente: There is no draft of a case/);
  const changes = (await run('findings', id, '--changes')).stdout;
  t.match(changes, /^\/summary +Maria Delgado +Person [0-9A-F]{6} +officer$/m);
  t.match(changes, /^public:\/summary +Maria Delgado +a person +officer$/m);
  const draft = dataOf(await node.casework.GET('/casework/v1/cases/{id}/draft', { params }));
  t.equal(
    draft.public_fields.summary,
    'It wrote to a person of Halvorsen Shipping Ltd. A person had not asked for it.',
  );
  const released = await runDetente([
    'release',
    id,
    '--draft',
    draft.digest,
    '--public',
    '--reason',
    'r',
    '--data',
    node.data,
  ]);
  t.equal(released.code, 0, released.stderr);
  await until('it is released', async () => (await caseNow()).status === 'released');
  const { versions } = await caseNow();
  t.same(
    versions.map(({ draft: of }) => of),
    [draft.version, draft.version],
    'each version names its draft',
  );
});

test('what a node knows of an organisation beside the list of the project is protected', {
  timeout: 100_000,
}, async (t) => {
  const organisations =
    '# ours\nBrixholm Dynamics | 布里克斯 | brixholm.example | harborlight\nOpenAI | | | project kestrel 9\n';
  const node = await startNode(t, { name: 'cn', organisations });
  const key = await addLab(node, 'Northlight');
  const summary = 'It was harborlight, at brixholm.example, beside project kestrel 9.';
  const answer = await fetch(`${node.address}/reporting/v1/cases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      fields: { kind: 'incident', title: 'An agent ran a command', summary, language: 'en', hazard_domain: 'cyber' },
      parties: { developer: ['Brixholm Dynamics'], deployer: ['OpenAI'] },
    }),
  });
  t.equal(answer.status, 201);
  const { id } = (await answer.json()) as { id: string };
  const params = { path: { id } };
  await until('it is drafted', async () => {
    const { status } = dataOf(await node.casework.GET('/casework/v1/cases/{id}', { params }));
    return status !== 'received';
  });
  const { fields } = dataOf(await node.casework.GET('/casework/v1/cases/{id}/draft', { params }));
  t.match(fields.summary, /^It was Model [0-9A-F]{6}, at Developer [0-9A-F]{6}, beside Model [0-9A-F]{6}\.$/);
});

test('a line that is wrong in it is told, and the node does not start', { timeout: 100_000 }, async (t) => {
  const node = await startNode(t, { name: 'cn' });
  await node.stop();
  const started = (list: string) => {
    writeFileSync(join(node.data, 'organisations.txt'), list);
    return spawnToEnd(['start', '--data', node.data]);
  };
  const { code, stderr } = await started('Brixholm Dynamics\n\n | | brixholm.example | harborlight\n');
  t.equal(code, 3);
  t.match(
    stderr,
    /^worker: organisations .*organisations\.txt: line 3 has no name of an organisation: correct it, and start the node again$/m,
  );
  const nobody = await started('Brixholm Dynamics | | | Q, AI\n');
  t.match(
    nobody.stderr,
    /^worker: organisations .*: Q, AI would be found in every text, or in none, and cannot be protected: correct it/m,
  );
});
