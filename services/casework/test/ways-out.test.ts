// Every way out of a node, with a name of the vault on it: each stops, and the officer is told the place, the kind and what to do.
// Names that a text is to have until the vault knows them are in small letters, as reading alone would find them with capitals.

import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { handlePeerRequest, type PeerRequest } from '../src/jobs/peers.ts';
import type { WorkerNode } from './worker-node.ts';
import { decide, fields, offer, pair, releaseCase, US } from './worker-pair.ts';

const severity = (level: number) => ({ level, axes: { people: level, safeguards: 0, reach: 0 } });
/** A name in place of a fingerprint. */
const tag = (name: string) => ({
  component_tags: [{ function: 'oprf-2026', tag: `${name.replace('.', '_').padEnd(42, '_')}0` }],
});

/** From now on the name is known, by a report of something else. */
const learn = (node: WorkerNode, kind: string, name: string) => node.report({ fields, parties: { [kind]: [name] } });

async function newestDraft({ home }: WorkerNode, id: string) {
  const { rows } = await home.query(
    'SELECT digest, holds FROM drafts WHERE case_id = $1 ORDER BY version DESC LIMIT 1',
    [id],
  );
  return rows[0] as { digest: string; holds: object[] };
}

async function drafted(node: WorkerNode, report: Parameters<WorkerNode['report']>[0]) {
  const id = await node.report(report);
  await makeDrafts(node.worker);
  return { id, ...(await newestDraft(node, id)) };
}

const toldOf = async ({ home }: WorkerNode, object: string) =>
  (
    await home.query(
      `SELECT act || ': ' || reason AS told FROM acts WHERE actor = 'worker' AND object = $1 ORDER BY number DESC`,
      [object],
    )
  ).rows.map(({ told }) => told as string);
const recordsOf = async ({ home }: WorkerNode, id: string) =>
  (await home.query('SELECT edition FROM records WHERE case_id = $1 ORDER BY edition', [id])).rows;
const statusOf = async ({ home }: WorkerNode, id: string) =>
  (await home.query('SELECT status FROM cases WHERE id = $1', [id])).rows[0].status;

test('what leaves names nobody of the vault', async (t) => {
  const { cn } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('clear') });

  await t.test('a record: the draft is held where no scrubbing reaches', async (t) => {
    const parties = { developer: ['Brixholm Sarvane'] };
    const { id, digest, holds } = await drafted(cn, { fields: { ...fields, ...tag('Brixholm.Sarvane') }, parties });
    t.match(holds, [{ code: 'protected_term', place: '/component_tags/0/tag', kind: 'developer' }]);
    await decide(cn, id, 'release', digest);
    t.same(await recordsOf(cn, id), []);
  });

  await t.test('a record and its public edition, of whom was known after the draft', async (t) => {
    const summary = 'It was followed at ulmeric fendral.';
    const { id, digest, holds } = await drafted(cn, { fields: { ...fields, summary } });
    t.same(holds, []);
    await learn(cn, 'deployer', 'Ulmeric Fendral');
    await decide(cn, id, 'release', digest, true);
    t.same(await recordsOf(cn, id), []);
    t.equal(await statusOf(cn, id), 'held');
    const way = 'a new draft is made without it';
    const places = 'deployer at /summary, deployer at public:/summary';
    t.same(await toldOf(cn, id), [`case.held: protected_term: ${places}; ${way}`]);
    await releaseCase(cn, id, true);
    t.same(await recordsOf(cn, id), [{ edition: false }, { edition: true }], 'and the new draft goes out');
  });

  await t.test('a correction', async (t) => {
    const id = await cn.report({ fields });
    await releaseCase(cn, id);
    const corrected = { ...fields, detection: 'Noticed by pellucine orvax.' };
    await cn.home.query('UPDATE cases SET fields = $2, draft_due = true WHERE id = $1', [
      id,
      JSON.stringify(corrected),
    ]);
    await makeDrafts(cn.worker);
    const { digest } = await newestDraft(cn, id);
    await learn(cn, 'model', 'Pellucine Orvax');
    await decide(cn, id, 'release', digest);
    t.equal((await recordsOf(cn, id)).length, 1, 'the first version alone');
    t.match((await toldOf(cn, id))[0], /^case\.held: protected_term: model at \/detection; /);
  });

  await t.test('a name that stands in no field alone, but in the bytes', async (t) => {
    // The case has its members in another order than the record has its fields.
    const split = { ...fields, title: 'It came of wystan', summary: 'hakrivole, and was followed.' };
    const { id, digest } = await drafted(cn, { fields: split });
    await learn(cn, 'customers', 'Wystan Hakrivole');
    await decide(cn, id, 'release', digest);
    t.same(await recordsOf(cn, id), []);
    t.match((await toldOf(cn, id))[0], /^case\.held: protected_term: customer at \/summary; /);
  });

  await t.test('what was signed before, when terms reach further', async (t) => {
    const id = await cn.report({ fields: { ...fields, root_cause: 'Trust in thessaly grumbolt.' } });
    await releaseCase(cn, id);
    const held = async () =>
      (
        await cn.border.query(`SELECT array_length(lengths, 1) AS n FROM presentations WHERE digest IN ($1)`, [
          (await cn.home.query('SELECT digest FROM records WHERE case_id = $1', [id])).rows[0].digest,
        ])
      ).rows[0].n;
    t.equal(await held(), 2, 'up to clear');
    await learn(cn, 'developer', 'Thessaly Grumbolt');
    await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
    await carryOut(cn.worker);
    t.equal(await held(), 2, 'no further');
    t.match(
      (await toldOf(cn, id))[0],
      /^case\.held: protected_term: developer at \/root_cause; it is given no further: /,
    );
  });
});

test('a warning is released over known names by an officer, with a reason', async (t) => {
  const { cn } = await pair(t);
  const parties = { developer: ['Brixholm Sarvane'] };
  const summary = 'It was followed at ulmeric fendral.';
  const grave = { ...fields, summary, ...tag('Brixholm.Sarvane'), severity: severity(6) };
  const { id, digest, holds } = await drafted(cn, { fields: grave, parties });
  t.equal(holds.length, 1);
  await cn.home.query('UPDATE cases SET severity = $2, draft_due = true WHERE id = $1', [
    id,
    JSON.stringify(severity(6)),
  ]);
  await makeDrafts(cn.worker);
  const seen = (await newestDraft(cn, id)).digest;
  const warnings = async () => (await cn.border.query(`SELECT FROM notices_out WHERE kind = 'warning'`)).rowCount;
  await decide(cn, id, 'release', seen);
  t.equal(await warnings(), 0, 'not without that');
  const overrule = (draft: string) =>
    cn.home.query('SELECT record_acts($1)', [
      JSON.stringify([{ actor: 'officer', act: 'case.overrule', object: `${id} ${draft}`, reason: 'lives' }]),
    ]);
  await overrule(Buffer.alloc(32).toString('base64url'));
  await decide(cn, id, 'release', seen);
  t.equal(await warnings(), 0, 'for another draft');
  await overrule(seen);
  await decide(cn, id, 'release', seen, true);
  t.equal(await warnings(), 0, 'with no public edition');
  await learn(cn, 'deployer', 'Ulmeric Fendral');
  await decide(cn, id, 'release', seen);
  t.equal(await warnings(), 0, 'nor over a name that became known since');
  t.match((await toldOf(cn, id))[0], /^case\.held: protected_term: deployer at \/summary; a new draft/);
  await makeDrafts(cn.worker);
  const without = (await newestDraft(cn, id)).digest;
  await overrule(without);
  await decide(cn, id, 'release', without);
  t.equal(await warnings(), 1);
  t.same(await recordsOf(cn, id), [{ edition: false }]);
  t.not(digest, '');
});

test('an officer’s words to a peer name nobody either', async (t) => {
  const { cn } = await pair(t);
  await learn(cn, 'reporter', 'Yndra Tolvaken');
  const digest = Buffer.alloc(32, 1).toString('base64url');
  const base = offer('green');
  const access = [{ kind: 'testbed', name: 'yndra-tolvaken', condition: 'unconditional' }];
  const obligations = [{ code: 'suite_adopted', params: { suite: 'tolvaken.yndra/yndra-tolvaken', days: 9 } }];
  const held: [PeerRequest, string, string][] = [
    [{ op: 'offer', peer: US, offer: { ...base, access } as never }, 'peer.offer.held', '/access/0/name'],
    [
      { op: 'offer', peer: US, offer: { ...base, obligations } as never },
      'peer.offer.held',
      '/obligations/0/params/suite',
    ],
    [
      { op: 'contest', peer: US, contest: { about: digest, shows: [digest], told: 'Ask Yndra Tolvaken.' } },
      'peer.contest.held',
      '/told',
    ],
    [
      { op: 'attest', peer: US, obligation: 'suite_adopted/yndra-tolvaken', day: '2026-11-27' },
      'peer.attest.held',
      '/obligation',
    ],
  ];
  const said = async () => (await cn.home.query(`SELECT FROM statements WHERE aud = $1`, [US])).rowCount;
  const before = await said();
  for (const [request, act, place] of held) {
    await handlePeerRequest(cn.worker, request);
    const way = 'nothing was said: say it without the name';
    t.equal((await toldOf(cn, US))[0], `${act}: protected_term: lab at ${place}; ${way}`);
  }
  const answer = {
    recall: digest,
    answer: 'kept' as const,
    legal_basis: 'Yndra Tolvaken said so',
    passed_to: ['Tolvaken, Yndra'],
  };
  await handlePeerRequest(cn.worker, { op: 'answer', answer });
  t.match((await toldOf(cn, digest))[0], /^recall\.answer\.held: protected_term: lab at \/legal_basis/);
  t.equal(await said(), before);

  const contest = { about: digest, shows: [digest], told: 'Ask y.tolv@example.org, SSN 078-05-1120.' };
  await handlePeerRequest(cn.worker, { op: 'contest', peer: US, contest });
  t.equal(
    (await toldOf(cn, US))[0],
    'peer.contest.held: identifier: email at /told, national-id at /told; nothing was said: say it without the name',
  );
  t.equal(await said(), before, 'nor what identifies a person for certain');

  await t.test('and a standing is said without them', async (t) => {
    const told = 'Since Yndra Tolvaken was named.';
    for (const request of [
      { op: 'standing', peer: US, standing: 'suspended', told },
      { op: 'offboard', peer: US, told },
    ] satisfies PeerRequest[]) {
      await handlePeerRequest(cn.worker, request);
      t.match((await toldOf(cn, US))[0], `peer.${request.op}.cut: protected_term: lab at /told; it was said without`);
      const { rows } = await cn.home.query(
        `SELECT body FROM statements WHERE aud = $1 AND typ = 'detente-standing+jwt' ORDER BY seq DESC LIMIT 1`,
        [US],
      );
      t.match(rows, [{ body: { standing: 'suspended', reason: { params: {} } } }]);
      t.notMatch(JSON.stringify(rows), /Tolvaken/);
    }
  });
});
