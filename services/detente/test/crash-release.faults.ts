// One node from the report to the public edition, every process killed at a named place on the way.

import { dataOf } from '@detente/client';
import { killAt, type ProcessName, releasing, type Seam, startNode, type TestNode, until } from '@detente/testkit';
import { test } from 'tap';
import { type Lab, patientLab } from './lab.ts';
import { checkWhole, settle } from './whole.ts';

type Row = {
  process: ProcessName;
  phase: string;
  seams: readonly [Omit<Seam, 'node'>, ...Omit<Seam, 'node'>[]];
  /** Killed when the transaction is on the disk and the process has not heard of it. */
  commit?: true;
  /** What must be there before. */
  prepare?: (node: TestNode, lab: Lab) => Promise<unknown>;
  provoke: (node: TestNode, lab: Lab) => Promise<unknown>;
};

const reporting = { database: 'home', session: 'detente reporting' } as const;
const casework = { database: 'home', session: 'detente casework' } as const;
const worker = { database: 'home', session: 'detente worker home' } as const;
const carrying = { database: 'border', session: 'detente worker border' } as const;

const receipts = { ...reporting, hold: 'LOCK TABLE receipts IN SHARE MODE', statement: 'INSERT INTO receipts' };
const records = { ...worker, hold: 'LOCK TABLE records IN SHARE MODE', statement: 'INSERT INTO records' };
/** Every decision writes its act last of all, under this lock. */
const officersAct = { ...casework, hold: 'SELECT pg_advisory_xact_lock(7001)', statement: 'SELECT record_act' };

const byPolicy = (_: TestNode, lab: Lab) => lab.report(4, 'cyber');
const oneByPolicy = (_: TestNode, lab: Lab) => lab.report(1, 'cyber');

const rows: Row[] = [
  {
    process: 'reporting',
    phase: 'a group of reports is inserted, not committed',
    seams: [receipts],
    provoke: byPolicy,
  },
  {
    process: 'reporting',
    phase: 'a group is committed, not answered',
    seams: [receipts],
    commit: true,
    provoke: byPolicy,
  },
  {
    process: 'reporting',
    phase: 'an import is under way',
    seams: [receipts],
    commit: true,
    provoke: (_, lab) => lab.imports(20, 'cyber'),
  },
  {
    process: 'router',
    phase: 'requests are open that reporting goes on to commit',
    seams: [receipts],
    provoke: byPolicy,
  },
  {
    process: 'worker',
    phase: 'a draft is made',
    seams: [{ ...worker, hold: 'LOCK TABLE drafts IN SHARE MODE', statement: 'INSERT INTO drafts' }],
    provoke: byPolicy,
  },
  { process: 'worker', phase: 'a release is signed, not committed', seams: [records], provoke: byPolicy },
  { process: 'worker', phase: 'a release is committed', seams: [records], commit: true, provoke: oneByPolicy },
  { process: 'casework', phase: 'an officer decides', seams: [officersAct], prepare: draftOne, provoke: byOfficer },
  {
    process: 'casework',
    phase: 'a decision is committed, not answered',
    seams: [officersAct],
    commit: true,
    prepare: draftOne,
    provoke: byOfficer,
  },
  {
    process: 'worker',
    phase: 'a public edition is carried to border',
    seams: [{ ...carrying, hold: 'LOCK TABLE editions IN SHARE MODE', statement: 'INSERT INTO editions' }],
    provoke: byPolicy,
  },
  {
    process: 'publication',
    phase: 'the list of editions is read',
    seams: [
      {
        database: 'border',
        session: 'detente publication',
        hold: 'LOCK TABLE editions IN ACCESS EXCLUSIVE MODE',
        statement: 'SELECT .* FROM editions',
      },
    ],
    provoke: readInPublic,
  },
  {
    process: 'postgres',
    phase: 'reports, drafts, decisions and readers are under way',
    seams: [receipts],
    prepare: draftOne,
    provoke: (node, lab) =>
      Promise.all([lab.report(4, 'cyber'), lab.imports(10, 'cyber'), byOfficer(node), readInPublic(node)]),
  },
];

/** Releases what the policy leaves to officers, as one who asks again when there is no answer. */
async function byOfficer({ casework }: TestNode): Promise<void> {
  const query = { status: 'drafted' } as const;
  const { items } = await answered(async () => dataOf(await casework.GET('/casework/v1/cases', { params: { query } })));
  for (const { id } of items) {
    const params = { path: { id } };
    await until(`${id} is decided on`, async () => {
      const { status } = dataOf(await casework.GET('/casework/v1/cases/{id}', { params }));
      if (status !== 'drafted') return true;
      // Whatever else comes in may have it drafted anew.
      const { digest } = dataOf(await casework.GET('/casework/v1/cases/{id}/draft', { params }));
      const body = { draft: digest, public_edition: true, reason: 'seen by two' };
      dataOf(await casework.POST('/casework/v1/cases/{id}/release', { params, body }));
      return false;
    });
  }
}

/** Asks again while the node cannot answer. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  let answer: T | undefined;
  await until('it is answered', async () => {
    answer = await ask();
    return true;
  });
  return answer!;
}

/** A case that waits for an officer. */
async function draftOne({ casework }: TestNode, lab: Lab): Promise<void> {
  await lab.report(1, 'bio');
  const { id } = lab.acknowledged.at(-1)!;
  await until('it is drafted', async () => {
    const params = { path: { id } };
    return dataOf(await casework.GET('/casework/v1/cases/{id}', { params })).status === 'drafted';
  });
}

function readInPublic({ publication }: TestNode): Promise<void> {
  return until('the editions are read', async () => {
    const query = { limit: 200 };
    return dataOf(await publication.GET('/publication/v1/editions', { params: { query } })).items.length > 0;
  });
}

test('whatever is killed in the middle of import and release, nothing is lost, doubled or signed twice', async (t) => {
  const node = await startNode(t, {
    name: 'cn',
    policy: releasing({ sources: ['lab', 'aiid'], domains: ['cyber'], public_edition: true }),
  });
  const lab = await patientLab(node);
  const all = [{ node, lab }];
  for (const { process, phase, seams, commit = false, prepare, provoke } of rows) {
    await t.test(`${process} is killed while ${phase}`, async (t) => {
      await prepare?.(node, lab);
      const at = seams.map((seam) => ({ ...seam, node })) as [Seam, ...Seam[]];
      await killAt({ node, name: process }, { seams: at, commit, provoke: () => provoke(node, lab) });
      await checkWhole(t, all);
      await settle(t, all);
    });
  }
});
