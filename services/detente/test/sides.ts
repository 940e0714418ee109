// Two nodes that exchange records both ways, and the places at which their processes are killed.

import {
  introduce,
  killAt,
  offer,
  type ProcessName,
  releasing,
  type Seam,
  startNode,
  type TestNode,
} from '@detente/testkit';
import type { Test } from 'tap';
import { type Lab, patientLab } from './lab.ts';
import { checkWhole, settle } from './whole.ts';

export type Row = {
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

const PLACING = 7999;
/** Every batch takes the same statements: only one that places a leaf is to be stopped. */
const stopsWhoPlaces = `
  CREATE FUNCTION wait_to_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${PLACING}); RETURN NEW; END $$;
  CREATE TRIGGER wait_to_place BEFORE INSERT ON sequenced FOR EACH ROW EXECUTE FUNCTION wait_to_place()`;

/** Statements at which a process of a node is stopped, and the locks that do it. */
function seamsOf(node: TestNode) {
  const share = (table: string) => `LOCK TABLE ${table} IN SHARE MODE`;
  const home = { node, database: 'home', session: 'detente worker home' } as const;
  const border = { node, database: 'border', session: 'detente worker border' } as const;
  const exchange = { node, database: 'border', session: 'detente exchange' } as const;
  const reporting = { node, database: 'home', session: 'detente reporting' } as const;
  return {
    takesReports: { ...reporting, hold: share('receipts'), statement: 'INSERT INTO receipts' },
    signsRelease: { ...home, hold: share('records'), statement: 'INSERT INTO records' },
    carriesRecord: { ...border, hold: share('presentations'), statement: 'INSERT INTO presentations' },
    forgetsCarried: { ...home, hold: 'SELECT FROM carried FOR UPDATE', statement: 'UPDATE carried' },
    placesLeaves: { ...border, hold: `SELECT pg_advisory_xact_lock(${PLACING})`, statement: 'INSERT INTO sequenced' },
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

export type Side = { node: TestNode; lab: Lab; seams: ReturnType<typeof seamsOf> };

/** Starts the two, and has each give the other something. */
export async function startSides(t: Test): Promise<[Side, Side]> {
  const start = (name: string) =>
    startNode(t, { name, policy: releasing({ sources: ['lab', 'aiid'] }), batchSize: 16 });
  const [cn, us] = await Promise.all([start('cn'), start('us')]);
  await Promise.all([cn, us].map((node) => node.sql('border', stopsWhoPlaces)));
  await introduce(cn, us);
  await Promise.all([offer(cn, us, 'amber'), offer(us, cn, 'amber')]);
  const sideOf = async (node: TestNode) => ({ node, lab: await patientLab(node), seams: seamsOf(node) });
  const sides = await Promise.all([sideOf(cn), sideOf(us)]);
  await Promise.all([sides[0].lab.report(3, 'cyber'), sides[1].lab.report(3, 'bio')]);
  await settle(t, sides);
  return sides;
}

/** Kills at one place after the other and looks at everything after each, and once more when all has come to its end. */
export async function killEach(t: Test, sides: readonly Side[], rows: readonly Row[]): Promise<void> {
  for (const { node, process, phase, seams, commit = false, quiet = false, provoke } of rows) {
    await t.test(`${process} of ${node.name} is killed when it ${phase}`, async (t) => {
      if (quiet) await settle(t, sides);
      await killAt({ node, name: process }, { seams, commit, provoke });
      await checkWhole(t, sides);
    });
  }
  await settle(t, sides);
}
