// Relaying: records of one peer are passed on to others that take them from us, as far as the node whose records they are allows.

import { isInForce, type OfferBody, type RelayDecision, relayLevel } from '@detente/reciprocity';
import { type Cell, type Level, leastLevel, nameOfType, type Tlp } from '@detente/record';
import type { Transaction } from '@detente/store/database';
import {
  applyRelay,
  askRelays,
  mirroredNotes,
  newestComputed,
  type OutgoingBody,
  type PeerRow,
  type RelayRow,
  type RelayVersion,
  readPeers,
  recalledBy,
  relayPairs,
  relaysOf,
  storeRelays,
  takeDueForRelay,
  writeOutgoings,
} from '@detente/store/worker';
import { parseCheckpoint, parseNote } from '@detente/tlog';
import { acceptedFrom, offerInForce } from '../offers.ts';
import { prefixLengths } from '../prefix-lengths.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { carryOut } from './carry.ts';
import { isLeaving, recall } from './recalls.ts';

/** Versions of one step. */
const VERSIONS = 200;

/** One origin, its offer to us that is in force, and to whom its records may go or have gone. */
type Route = {
  origin: PeerRow;
  offer: OfferBody | null;
  receivers: { peer: string; isAccepted: boolean }[];
  /** What decides, as one text: when it changes, every record is looked at again. */
  key: string;
};

/** Passes on what has changed since it was called last, of records and of terms. */
export function relaying(worker: Worker): () => Promise<void> {
  let seen: { computed: string; routes: Route[] } = { computed: '', routes: [] };
  return async () => {
    const computed = await newestComputed(worker.home.now);
    if (computed !== seen.computed) {
      const routes = await findRoutes(worker);
      await worker.home.write(async (tx) => {
        for (const { origin, key } of routes) {
          const before = seen.routes.find((one) => one.origin.origin === origin.origin);
          if (before?.key !== key) await askRelays(tx, origin.origin);
        }
      });
      seen = { computed, routes };
    }
    for (const route of seen.routes) while (await passOn(worker, route));
  };
}

async function findRoutes(worker: Worker, day = utcToday()): Promise<Route[]> {
  const peers = await readPeers(worker.border.now);
  const known = new Map(peers.filter(isEnrolled).map((peer) => [peer.origin, peer]));
  return worker.home.read(async (reader) => {
    const passed = await relayPairs(reader);
    const accepted = new Map<string, readonly string[]>();
    for (const peer of known.keys())
      accepted.set(peer, await acceptedFrom(reader, { own: peer, relay: worker.origin, day }));
    const routes: Route[] = [];
    for (const origin of peers) {
      const isAccepted = (peer: string) =>
        known.has(origin.origin) && peer !== origin.origin && (accepted.get(peer)?.includes(origin.origin) ?? false);
      const had = new Set(passed.filter((one) => one.origin === origin.origin).map(({ peer }) => peer));
      const receivers = peers
        .map(({ origin: peer }) => ({ peer, isAccepted: isAccepted(peer) }))
        .filter((one) => one.isAccepted || had.has(one.peer));
      if (receivers.length === 0) continue;
      const held = await offerInForce(reader, { iss: origin.origin, aud: worker.origin, day });
      const offer = held && isInForce(held.body, day) ? held.body : null;
      routes.push({ origin, offer, receivers, key: JSON.stringify([offer && held?.digest, receivers]) });
    }
    return routes;
  });
}

function isEnrolled({ status, sandbox }: PeerRow): boolean {
  return !sandbox && (status === 'active' || status === 'suspended');
}

type Change = RelayRow &
  RelayDecision & { version: RelayVersion; had: Level | null; hadKept: Level | null; followed: boolean };

/** One step. What is narrowed is in border before this transaction commits; what was carried before it cannot come after.
 *  @returns whether there may be more */
async function passOn(worker: Worker, route: Route): Promise<boolean> {
  const { origin, log_name: log } = route.origin;
  const note = log === null ? undefined : (await mirroredNotes(worker.border.now)).get(log);
  const mirrored = note === undefined ? 0 : parseCheckpoint(parseNote(note).text).size;
  return worker.home.write(async (tx) => {
    const versions = await takeDueForRelay(tx, origin, { mirrored, limit: VERSIONS });
    if (versions.length === 0) return false;
    await carryOut(worker);
    const rows = await relaysOf(
      tx,
      origin,
      versions.map(({ id }) => id),
    );
    const recalls = await recalledBy(
      tx,
      origin,
      versions.map(({ digest }) => digest),
    );
    const changes: Change[] = [];
    for (const version of versions) {
      const decided = decide(route, version, { rows, recalled: recalls.get(version.digest)?.level ?? 5 });
      changes.push(...decided);
      for (const { peer, level, kept, most } of decided) {
        const { digest, id, tick } = version;
        const row = rows.find((one) => one.peer === peer && one.digest === digest);
        if (row) Object.assign(row, { level, kept });
        else rows.push({ peer, origin, digest, id, tick, level, kept, most });
      }
    }
    await storeRelays(
      tx,
      changes.map(({ peer, digest, id, level, kept, reason }) => ({ peer, origin, digest, id, level, kept, reason })),
    );
    await send(worker, tx, { changes: changes.filter(({ level, had }) => level !== had), rows });
    await recallPassed(worker, tx, changes, (digest) => recalls.get(digest)?.cause);
    return versions.length === VERSIONS;
  });
}

/** What changes for each receiver of a version. */
function decide(
  { origin: { origin }, offer, receivers }: Route,
  version: RelayVersion,
  { rows, recalled }: { rows: readonly RelayRow[]; recalled: Level },
): Change[] {
  const { digest, id, tick, level: held, revoked } = version;
  return receivers.flatMap(({ peer, isAccepted }) => {
    const own = rows.filter((row) => row.peer === peer && row.id === id);
    const { level: had, kept: hadKept } = own.find((row) => row.digest === digest) ?? { level: null, kept: null };
    const followed = own.some((row) => row.tick < tick);
    const decision = relayLevel({
      ...{ offer, day: utcToday(), receiver: peer, cell: cellOf(version), tlp: version.tlp as Tlp },
      isAccepted: isAccepted && !revoked,
      held: Math.min(held, recalled) as Level,
      earlierRelayed: followed,
      passed: hadKept,
    });
    if (decision.level === had && decision.kept === hadKept) return [];
    const most = decision.level ?? 0;
    return [{ ...decision, peer, origin, digest, id, tick, most, version, had, hadKept, followed }];
  });
}

function cellOf({ type, domain, band }: RelayVersion): Cell {
  return `${nameOfType(type)}/${domain}/${band}` as Cell;
}

/** Rows for border, one a version, with as much of it as anybody may have. */
async function send(
  worker: Worker,
  tx: Transaction,
  { changes, rows }: { changes: readonly Change[]; rows: readonly RelayRow[] },
): Promise<void> {
  const byVersion = [...Map.groupBy(changes, ({ digest }) => digest).values()];
  const bodies = byVersion.map((own) => bodyOf(own, rows));
  const numbers = await writeOutgoings(
    tx,
    bodies.map((body) => ({ kind: 'relay', body })),
  );
  for (const [at, own] of byVersion.entries()) {
    const narrowed = new Set(own.filter(isNarrower).map(({ peer }) => peer));
    if (narrowed.size === 0) continue;
    const body = { ...bodies[at]!, lines: bodies[at]!.lines.filter(({ peer }) => narrowed.has(peer)) };
    await worker.border.write((border) => applyRelay(border, numbers[at]!, body));
  }
}

function bodyOf(own: readonly Change[], rows: readonly RelayRow[]): OutgoingBody['relay'] {
  const { version, origin, digest, id } = own[0]!;
  const levels = rows.filter((row) => row.digest === digest).map(({ level }) => level ?? 0);
  const lengths = prefixLengths(version.type, version.presentation, Math.max(...levels));
  return {
    ...{ digest, origin, record_id: id, cell: cellOf(version), least: leastLevel(version.tlp as Tlp), lengths },
    body: version.presentation.slice(0, lengths.at(-1)),
    place: version.place!,
    lines: own.map(({ peer, level, followed }) => ({ peer, level, followed })),
  };
}

function isNarrower({ level, had }: Change): boolean {
  return (level ?? -1) < (had ?? -1);
}

/** Asks receivers to give up what they were passed and may not have any more: since the origin asked it back, or allows less. */
async function recallPassed(
  worker: Worker,
  tx: Transaction,
  changes: readonly Change[],
  causeOf: (digest: string) => 'retracted' | 'narrowed' | 'ended' | undefined,
): Promise<void> {
  const asked = changes
    .filter(({ kept, hadKept }) => (kept ?? -1) < (hadKept ?? -1))
    .map(({ peer, kept, digest, id }) => {
      const cause = causeOf(digest) === 'retracted' ? ('retracted' as const) : ('narrowed' as const);
      return { peer, level: kept ?? 0, cause, digest, id };
    });
  for (const records of Map.groupBy(asked, ({ peer, level, cause }) => `${peer} ${level} ${cause}`).values()) {
    const { peer, level, cause } = records[0]!;
    if (!(await isLeaving(worker, tx, peer))) await recall(worker, tx, { peer, level, cause, records });
  }
}
