// The balance of two nodes: what each was given, and what each kept and broke of what it had promised the other.
import { keptBy, type Mark } from './ledger.ts';

/** A record version that a node gave the other, with the level of what it disclosed. */
export type GivenRecord = { digest: string; by: string; type: string; domain: string; level: number };

/** Versions given, of one type and domain, up to one level. */
export type GivenCount = {
  type: string;
  domain: string;
  level: number;
  /** Reported within what was promised, and later. */
  in_time: number;
  late: number;
  /** Of which no time was promised, or none can be told. */
  untimed: number;
};

/** An occasion on which a promise was broken. */
export type Breach = {
  /** Digest of what shows it; null when nothing came at all. */
  evidence: string | null;
  /** UTC day. */
  day: string;
  /** Whether the node's own signature shows it, or two others say so. */
  shown: boolean;
  contested: boolean;
};

export type Promised = {
  /** Key of the obligation. */
  obligation: string;
  kept: number;
  broken: number;
  contested: number;
  /** The newest, `BREACHES` at most. */
  breaches: Breach[];
};

export type Side = { given: GivenCount[]; promised: Promised[] };

const BREACHES = 10;

/** What one of the two nodes gave, and how it kept what it promised.
 *  @param marks its own, of the ledger of the two */
export function sideOf(node: string, records: readonly GivenRecord[], marks: readonly Mark[]): Side {
  const own = records.filter(({ by }) => by === node);
  return { given: counted(own, marks), promised: promised(marks) };
}

function counted(records: readonly GivenRecord[], marks: readonly Mark[]): GivenCount[] {
  const reports = marks.filter(({ obligation }) => obligation.startsWith('report_within/'));
  const isKept = new Map(reports.map((mark) => [mark.evidence, mark.isKept]));
  const groups = Map.groupBy(records, ({ type, domain, level }) => JSON.stringify([type, domain, level]));
  const rows = [...groups.values()].map((same): GivenCount => {
    const { type, domain, level } = same[0]!;
    const count = (wanted: boolean | undefined) => same.filter(({ digest }) => isKept.get(digest) === wanted).length;
    return { type, domain, level, in_time: count(true), late: count(false), untimed: count(undefined) };
  });
  return rows.sort((a, b) => compare(a.type, b.type) || compare(a.domain, b.domain) || a.level - b.level);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function promised(marks: readonly Mark[]): Promised[] {
  const rows = keptBy(marks).map(({ obligation, kept, broken, contested }): Promised => {
    const against = marks.filter((mark) => mark.obligation === obligation && !mark.isKept);
    const newest = against.toSorted((a, b) => b.at - a.at).slice(0, BREACHES);
    return { obligation, kept, broken, contested, breaches: newest.map(toBreach) };
  });
  return rows.sort((a, b) => compare(a.obligation, b.obligation));
}

function toBreach({ evidence, at, isShown, isContested }: Mark): Breach {
  const day = new Date(at * 1000).toISOString().slice(0, 10);
  return { evidence, day, shown: isShown, contested: isContested };
}
