// Receipts are compared with what was given as they come: an officer sees that one disagrees without asking about its record.

import { foldGrants, type GrantRow, type Grants, grantedLevel, mostEverGiven } from '@detente/reciprocity';
import { type Cell, FLOOR_LEVEL, leastLevel, nameOfType, type Tlp } from '@detente/record';
import {
  markCompared,
  type NewReceipt,
  type PassedVersion,
  passedTo,
  readGrants,
  uncomparedReceipts,
  type VersionBytes,
  versionBytes,
  warnedVersions,
} from '@detente/store/worker';
import { prefixLengths } from '../prefix-lengths.ts';
import { disagrees, receiptIn } from '../receipted.ts';
import type { Worker } from '../worker-context.ts';

/** Receipts of one peer in its turn. */
const RECEIPTS = 20;

/** Compares receipts that came since, some of each peer. One that names a version whose place in the log is not known here yet waits. */
export async function compareReceipts(worker: Worker): Promise<void> {
  const receipts = await uncomparedReceipts(worker.border.now, RECEIPTS);
  for (const [peer, theirs] of Map.groupBy(receipts, (one) => one.peer)) {
    const rows = await readGrants(worker.home.now, peer);
    const given = { rows, now: foldGrants(rows) };
    const compared: Parameters<typeof markCompared>[1][number][] = [];
    for (const receipt of theirs) {
      const disagrees = await compare(worker, receipt, given);
      if (disagrees !== undefined) compared.push({ peer, seq: receipt.seq, disagrees });
    }
    if (compared.length > 0) await worker.border.write((tx) => markCompared(tx, compared));
  }
}

type Given = { rows: GrantRow[]; now: Grants };

/** The first record on which a receipt disagrees, '' for none; undefined when that cannot be said yet. */
async function compare(worker: Worker, { peer, jws }: NewReceipt, given: Given): Promise<string | undefined> {
  const { records } = receiptIn(jws);
  const digests = records.map(({ digest }) => digest);
  const versions = new Map((await versionBytes(worker.home.now, digests)).map((one) => [one.digest, one]));
  const warned = await warnedVersions(worker.border.now, peer, digests);
  const passed = new Map((await passedTo(worker.home.now, peer, digests)).map((one) => [one.digest, one]));
  for (const named of records) {
    const version = versions.get(named.digest);
    const relayed = passed.get(named.digest);
    if (version === undefined && relayed) {
      if (disagreesOnRelayed(named, relayed)) return named.digest;
      continue;
    }
    if (version === undefined) return named.digest;
    const floor = warned.has(named.digest) ? FLOOR_LEVEL : 0;
    if (version.place === null && named.level > floor) return undefined;
    if (disagrees(named, version, Math.max(mostOf(version, named.level, given), floor))) return named.digest;
  }
  return '';
}

/** Of what was passed on and has been cut away here since, only how much it was is still known. */
function disagreesOnRelayed(
  named: Parameters<typeof disagrees>[0],
  { type, presentation, held, most }: PassedVersion,
): boolean {
  if (named.level > held) return named.level > most;
  return disagrees(named, { token: presentation, lengths: prefixLengths(type, presentation, held) }, most);
}

/** The most that a peer was ever given of a version; what it is given now if that reaches `asked`. */
function mostOf(version: VersionBytes, asked: number, { rows, now }: Given): number {
  const { id, type, domain, band, tlp, place } = version;
  if (place === null) return 0;
  const cell = `${nameOfType(type)}/${domain}/${band}` as Cell;
  const logged = { record_id: id, cell, least: leastLevel(tlp as Tlp), place };
  const current = grantedLevel(now, logged) ?? 0;
  return current >= asked ? current : (mostEverGiven(rows, logged) ?? 0);
}
