// All names that must not leave, opened by machine and kept in the worker's memory alone.

import { createOpener, type KeyRing } from '@detente/keys';
import {
  createKnownNames,
  type Organisations,
  type TakenNames,
  type TermIndex,
  type VaultNames,
} from '@detente/redaction';
import type { Database } from '@detente/store/database';
import {
  countVerdicts,
  labNames,
  recordActs,
  type SealedParties,
  takenNames,
  unreadParties,
} from '@detente/store/worker';
import { type Positions, withRead } from './positions.ts';

const CLOSED =
  'its sealed names do not open with the key of the vault: until its row of `vault` is restored from a backup no draft is made but of warnings, and nothing is released but what an officer overrules';

/** Ms after which no transaction is still open that was when a row was read. */
const SETTLING = 300_000;

export type Known = {
  /** Over every case and lab, and every name that an officer had taken out, that was committed before the call. */
  index: TermIndex;
  /** Cases whose names are not in it, because they do not open; their acts say so. */
  closed: readonly string[];
};

export type TermKeeper = {
  known(): Promise<Known>;
  /** The index, of all.
   *  @throws ClosedError when names do not open */
  current(): Promise<TermIndex>;
  /** What the vault had of a case when the index was last asked for. */
  partiesOf(caseId: string): VaultNames;
};

/** Nobody can look for the names of some cases, so that nothing may leave. */
export class ClosedError extends Error {
  constructor(closed: readonly string[]) {
    super(`the sealed names of ${closed.length} cases do not open: ${closed.slice(0, 5).join(', ')}`);
  }
}

/** @param organisations whose other names are names too, once a case or an officer names one of them */
export function createTermKeeper(home: Database, keys: KeyRing, organisations?: Organisations): TermKeeper {
  const opener = createOpener(keys.boxKey('vault'));
  const names = createKnownNames(organisations);
  const parties = new Map<string, VaultNames>();
  const told = new Set<string>();
  let labs = 0;
  let verdicts = 0;
  let taken: TakenNames = { person: [], organisation: [] };
  let positions: Positions = { highest: 0, gaps: [] };
  /** Rows whose names did not open: they are asked for again each time. */
  let closed: readonly SealedParties[] = [];
  let index = names.index();

  async function refresh(): Promise<Known> {
    const again = closed.map(({ position }) => ({ first: position, last: position }));
    const rows = await unreadParties(home.now, { ...positions, gaps: [...positions.gaps, ...again] });
    const sealed = await labNames(home.now);
    const given = await countVerdicts(home.now);
    if (rows.length === 0 && sealed.length === labs && given === verdicts) {
      closed = [];
      return { index, closed: [] };
    }
    if (given !== verdicts) taken = await readTaken(home);
    const opened = rows.map((row) => ({ row, vault: partiesIn(row) }));
    const before = new Set(again.map(({ first }) => first));
    closed = opened.filter(({ vault }) => vault === undefined).map(({ row }) => row);
    await tellClosed(closed.map(({ case_id }) => case_id));
    for (const { row, vault } of opened) {
      if (vault === undefined) continue;
      names.add(vault);
      parties.set(row.case_id, joined(parties.get(row.case_id), vault));
    }
    for (const name of sealed) names.add({ reporter: [opener.open(name).toString()] });
    index = names.index(taken);
    labs = sealed.length;
    verdicts = given;
    positions = settle(rows.filter(({ position }) => !before.has(position)));
    return { index, closed: closed.map(({ case_id }) => case_id) };
  }

  function partiesIn({ parties_sealed }: SealedParties): VaultNames | undefined {
    try {
      return JSON.parse(opener.open(parties_sealed).toString()) as VaultNames;
    } catch {
      return undefined;
    }
  }

  /** Once each. */
  async function tellClosed(caseIds: readonly string[]): Promise<void> {
    const news = caseIds.filter((id) => !told.has(id));
    if (news.length === 0) return;
    await home.write((tx) =>
      recordActs(
        tx,
        news.map((object) => ({ actor: 'worker', act: 'vault.closed', object, reason: CLOSED })),
      ),
    );
    for (const id of news) told.add(id);
  }

  /** Below a row of a while ago nothing more can come, nor in a gap that was seen a while ago. */
  function settle(rows: readonly { position: number; settled: boolean }[]): Positions {
    const now = performance.now();
    const read = rows.map(({ position }) => position);
    const { highest, gaps } = withRead(positions, read, now);
    const settled = rows.findLast((row) => row.settled)?.position ?? 0;
    return { highest, gaps: gaps.filter(({ first, since }) => first > settled && since > now - SETTLING) };
  }

  // One refresh at a time: a second caller waits for the first and then looks itself.
  let last: Promise<unknown> = Promise.resolve();
  const known = () => {
    const next = last.then(refresh, refresh);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    known,
    async current() {
      const { index: all, closed: without } = await known();
      if (without.length > 0) throw new ClosedError(without);
      return all;
    },
    partiesOf: (caseId) => parties.get(caseId) ?? {},
  };
}

/** With what a follow-up names as well. */
function joined(before: VaultNames | undefined, more: VaultNames): VaultNames {
  if (before === undefined) return more;
  const roles = new Set([...Object.keys(before), ...Object.keys(more)]) as Set<keyof VaultNames>;
  return Object.fromEntries(Array.from(roles, (role) => [role, [...(before[role] ?? []), ...(more[role] ?? [])]]));
}

async function readTaken(home: Database): Promise<TakenNames> {
  const rows = await takenNames(home.now);
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ text }) => text);
  return { person: of('person'), organisation: of('organisation') };
}
