// Verifying pages on several threads: a page is read here, its records are spread over workers in chunks.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Chunk, Crew } from './crew.ts';
import type { Held, Issuer } from './held.ts';
import { type PageReading, readPage } from './read.ts';
import { concludePage, type Verdict, type VerifiedPage, verifyItem } from './verify.ts';

/** A pool of threads. `close` ends them; what they verify is then refused with `verifier_closed`. */
export interface Verifier {
  verify(text: string, held: Held): Promise<VerifiedPage>;
  close(): Promise<void>;
}

type Case = { presentation: string; issuer: Issuer } | { verdict: Verdict };

// Small enough to share a page out evenly, large enough that the messages do not count.
const CHUNK = 32;

// A thread takes as long to start as so many records to verify.
const ALONE = 1_000;

/** A verifier with so many threads beside the calling one; with 0, everything happens on the calling one.
 *  Its `verify` throws as `verifyPage` does, and FeedError `verifier_failed` when a thread dies.
 *  @param alone records that are verified on the calling thread before the first other one starts */
export function createVerifier({ threads, alone = ALONE }: { threads: number; alone?: number }): Verifier {
  const crew = new Crew(threads, new URL('./pool-worker.ts', import.meta.url));
  const judgeHere = inTurns();
  let left = threads === 0 ? Number.POSITIVE_INFINITY : alone;
  const judge = (chunk: Chunk) => {
    left -= chunk.presentations.length;
    return left < 0 ? crew.run(chunk) : judgeHere(chunk);
  };
  return {
    async verify(text, held) {
      const reading = readPage(text, held);
      const verdicts = await judgeAll(casesOf(reading, held), judge);
      return concludePage(reading, verdicts.slice(0, reading.items.length), verdicts.slice(reading.items.length));
    },
    close: () => crew.close(),
  };
}

/** The records of both lists, each with its issuer or with the verdict that it already has. */
function casesOf(reading: PageReading, held: Held): Case[] {
  const items = reading.items.map(({ presentation }): Case => ({ presentation, issuer: held.peer }));
  const late = reading.late.map(
    ({ presentation, issuer }): Case =>
      'code' in issuer ? { verdict: { ok: false, ...issuer } } : { presentation, issuer },
  );
  return [...items, ...late];
}

/** Verdicts in the order of the cases; chunks are of one issuer each. */
async function judgeAll(cases: readonly Case[], judge: (chunk: Chunk) => Promise<Verdict[]>): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const places = new Map<Issuer, number[]>();
  for (const [at, item] of cases.entries()) {
    if ('verdict' in item) verdicts[at] = item.verdict;
    else if (places.get(item.issuer)?.push(at) === undefined) places.set(item.issuer, [at]);
  }
  const chunks = [...places].flatMap(([{ iss, recordKeys }, all]) =>
    split(all).map(async (part) => {
      const presentations = part.map((at) => (cases[at] as { presentation: string }).presentation);
      const judged = await judge({ issuer: { iss, recordKeys }, presentations });
      for (const [i, at] of part.entries()) verdicts[at] = judged[i]!;
    }),
  );
  await Promise.all(chunks);
  return verdicts;
}

function split(places: readonly number[]): number[][] {
  const parts: number[][] = [];
  for (let at = 0; at < places.length; at += CHUNK) parts.push(places.slice(at, at + CHUNK));
  return parts;
}

/** One chunk after the other on the calling thread, which answers others in between. */
function inTurns(): (chunk: Chunk) => Promise<Verdict[]> {
  let last: Promise<unknown> = Promise.resolve();
  return ({ issuer, presentations }) => {
    const judged = last.then(() => presentations.map((presentation) => verifyItem(presentation, issuer)));
    last = judged.then(
      () => nextTurn(),
      () => nextTurn(),
    );
    return judged;
  };
}
