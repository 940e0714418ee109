// Two nodes that exchange records both ways, every process that takes part killed at a named place on the way.

import { introduce, killAt, offer, type ProcessName, type Seam, startNode, type TestNode } from '@detente/testkit';
import { test } from 'tap';
import { type Lab, patientLab } from './lab.ts';
import { checkWhole, settle, type Watched } from './whole.ts';

const bands = ['unrated', '0-1', '2-3', '4', '5-7'];
const rule = { sources: ['lab'], domains: ['*'], bands, take_proposals: true, public_edition: false };

type Row = {
  node: TestNode;
  process: ProcessName;
  phase: string;
  seams: readonly [Seam, ...Seam[]];
  /** Killed when the transaction is on the disk and the process has not heard of it. */
  commit?: true;
  /** Everything else must have come to its end before, so that nobody but this process is met at the seam. */
  quiet?: true;
  provoke: () => Promise<unknown>;
};

/** Statements at which a process of a node is stopped, and the locks that do it. */
function seamsOf(node: TestNode) {
  const share = (table: string) => `LOCK TABLE ${table} IN SHARE MODE`;
  const home = { node, database: 'home', session: 'detente worker home' } as const;
  const border = { node, database: 'border', session: 'detente worker border' } as const;
  const exchange = { node, database: 'border', session: 'detente exchange' } as const;
  return {
    carriesRecord: { ...border, hold: share('presentations'), statement: 'INSERT INTO presentations' },
    forgetsCarried: { ...home, hold: 'SELECT FROM carried FOR UPDATE', statement: 'UPDATE carried' },
    placesLeaves: { ...border, hold: share('sequenced'), statement: 'INSERT INTO sequenced' },
    keepsCheckpoint: { ...border, hold: share('checkpoints'), statement: 'INSERT INTO checkpoints' },
    bringsPlacesHome: { ...home, hold: share('records'), statement: 'UPDATE records SET place' },
    clearsPlaces: { ...border, hold: share('sequenced'), statement: 'DELETE FROM sequenced' },
    takesHome: { ...home, hold: share('received'), statement: 'INSERT INTO received' },
    clearsLanding: { ...border, hold: share('landing'), statement: 'DELETE FROM landing' },
    sendsStatement: { ...home, hold: 'SELECT pg_advisory_xact_lock(7002)', statement: 'SELECT write_outgoing' },
    narrows: { ...border, hold: share('grants'), statement: 'INSERT INTO grants' },
    composes: {
      ...exchange,
      hold: 'LOCK TABLE presentations IN ACCESS EXCLUSIVE MODE',
      statement: 'SELECT digest, record_id',
    },
    keepsOwnReceipt: { ...exchange, hold: share('receipts_out'), statement: 'INSERT INTO receipts_out' },
    marksReceipt: { ...exchange, hold: share('receipts_out'), statement: 'UPDATE receipts_out' },
    keepsReceipt: { ...exchange, hold: share('receipts_in'), statement: 'INSERT INTO receipts_in' },
    landsStatement: { ...exchange, hold: share('landing'), statement: 'INSERT INTO landing' },
    marksStatement: { ...exchange, hold: share('statements_out'), statement: 'UPDATE statements_out' },
  } satisfies Record<string, Seam>;
}

type Side = { node: TestNode; lab: Lab; seams: ReturnType<typeof seamsOf> };

/** From the signed record to the signed log. */
function carryAndLog(cn: Side, us: Side): Row[] {
  const [fromCn, fromUs] = [() => cn.lab.report(3, 'cyber'), () => us.lab.report(3, 'bio')];
  const [ofCn, ofUs] = [{ node: cn.node, process: 'worker' } as const, { node: us.node, process: 'worker' } as const];
  return [
    { ...ofCn, phase: 'carries a record to border', seams: [cn.seams.carriesRecord], provoke: fromCn },
    { ...ofUs, phase: 'has carried, and home still has the row', seams: [us.seams.forgetsCarried], provoke: fromUs },
    { ...ofCn, phase: 'writes a batch of the log', seams: [cn.seams.placesLeaves], provoke: fromCn },
    { ...ofUs, phase: 'has committed a batch', seams: [us.seams.placesLeaves], commit: true, provoke: fromUs },
    { ...ofCn, phase: 'has signed a checkpoint, not kept it', seams: [cn.seams.keepsCheckpoint], provoke: fromCn },
    {
      ...ofUs,
      quiet: true,
      phase: 'has brought places home, and border still has them',
      seams: [us.seams.bringsPlacesHome, us.seams.clearsPlaces],
      // A leaf that is no record: nobody else wants the lock on records.
      provoke: () => offer(us.node, cn.node, 'green'),
    },
  ];
}

/** From the giver's page to the taker's inbox, and the receipt back. */
function pull(giver: Side, taker: Side): Row[] {
  const provoke = () => giver.lab.report(3, 'cyber');
  const serving = { node: giver.node, process: 'exchange', provoke } as const;
  const pulling = { node: taker.node, process: 'exchange', provoke } as const;
  return [
    { ...serving, phase: 'composes a page', seams: [giver.seams.composes] },
    { ...serving, phase: 'has served a page that nobody got', seams: [giver.seams.composes], commit: true },
    { ...pulling, phase: 'lands a verified page', seams: [taker.seams.keepsOwnReceipt] },
    { ...pulling, phase: 'has landed a page', seams: [taker.seams.keepsOwnReceipt], commit: true },
    {
      ...pulling,
      phase: 'has brought a receipt, not marked it',
      seams: [giver.seams.keepsReceipt, taker.seams.marksReceipt],
    },
    {
      ...pulling,
      quiet: true,
      phase: 'has put a statement, not marked it',
      seams: [giver.seams.landsStatement, taker.seams.marksStatement],
      provoke: () => offer(taker.node, giver.node, 'amber'),
    },
    { ...pulling, process: 'worker', phase: 'takes records home', seams: [taker.seams.takesHome] },
    {
      ...pulling,
      process: 'worker',
      phase: 'has taken records home, and border still has them',
      seams: [taker.seams.takesHome, taker.seams.clearsLanding],
    },
  ];
}

/** Statements and terms, and the databases under everything. */
function termsAndDatabases(cn: Side, us: Side): Row[] {
  const everything = () => Promise.all([cn.lab.report(4, 'cyber'), us.lab.report(4, 'bio')]);
  return [
    {
      ...{ node: cn.node, process: 'worker', phase: 'has signed an offer, not committed it' },
      seams: [cn.seams.sendsStatement],
      provoke: () => offer(cn.node, us.node, 'amber-strict'),
    },
    {
      ...{ node: cn.node, process: 'worker', phase: 'has narrowed in border, not at home', commit: true, quiet: true },
      seams: [cn.seams.narrows],
      provoke: () => offer(cn.node, us.node, 'clear'),
    },
    {
      ...{ node: cn.node, process: 'postgres', phase: 'gives a page' },
      seams: [cn.seams.composes],
      provoke: everything,
    },
    {
      ...{ node: us.node, process: 'postgres', phase: 'lands a page' },
      seams: [us.seams.keepsOwnReceipt],
      provoke: everything,
    },
  ];
}

async function watch(node: TestNode): Promise<Side> {
  return { node, lab: await patientLab(node), seams: seamsOf(node) };
}

test('whatever is killed in the middle of carry, log and pull, each record arrives once', async (t) => {
  const start = (name: string) => startNode(t, { name, policy: { release: [rule] }, batchSize: 8 });
  const nodes = await Promise.all([start('cn'), start('us')]);
  await introduce(...nodes);
  await Promise.all([offer(...nodes, 'amber'), offer(nodes[1], nodes[0], 'amber')]);
  const [cn, us] = await Promise.all([watch(nodes[0]), watch(nodes[1])]);
  const all: Watched[] = [cn, us];
  await Promise.all([cn.lab.report(3, 'cyber'), us.lab.report(3, 'bio')]);
  await settle(t, all);
  for (const { node, process, phase, seams, commit = false, quiet, provoke } of [
    ...carryAndLog(cn, us),
    ...pull(cn, us),
    ...termsAndDatabases(cn, us),
  ]) {
    await t.test(`${process} of ${node.name} is killed when it ${phase}`, async (t) => {
      if (quiet) await settle(t, all);
      await killAt({ node, name: process }, { seams, commit, provoke });
      await checkWhole(t, all);
    });
  }
  await settle(t, all);
});
