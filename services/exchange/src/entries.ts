// Entry bundles of logs like ours: every entry is a leaf of 32 bytes.

import { HASH_SIZE, parseBundle, TlogError } from '@detente/tlog';

/** An entry behind its length in two bytes. */
const BUNDLED = 2 + HASH_SIZE;

/** Bytes of a bundle that has so many entries. */
export function bundleLength(width: number): number {
  return width * BUNDLED;
}

/** The leaves of a bundle.
 *  @param width how many there must be
 *  @throws TlogError `bundle_malformed` */
export function parseEntries(bytes: Buffer, width: number): Buffer[] {
  const entries = bytes.length === bundleLength(width) ? parseBundle(bytes, width) : [];
  if (entries.length === 0 || entries.some(({ length }) => length !== HASH_SIZE))
    throw new TlogError('bundle_malformed', `not a bundle of ${width} leaves`);
  return entries;
}
