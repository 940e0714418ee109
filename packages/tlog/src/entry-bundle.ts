// Entry bundles of C2SP tlog-tiles "Log entries": entries, each behind its length in two bytes, big-endian.
import { TlogError } from './errors.ts';
import { TILE_WIDTH } from './tile.ts';

/** @param entries each of at most 65,535 bytes.
 *  @throws TlogError `entry_too_long` */
export function formatBundle(entries: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.alloc(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > 0xffff) throw new TlogError('entry_too_long', `an entry has ${entry.length} bytes`);
    at = bytes.writeUInt16BE(entry.length, at);
    bytes.set(entry, at);
    at += entry.length;
  }
  return bytes;
}

/** The entries of a bundle.
 *  @param width how many there must be, 1 to 256.
 *  @throws TlogError `bundle_malformed` */
export function parseBundle(bytes: Uint8Array, width: number): Buffer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Buffer[] = [];
  let at = 0;
  while (at < buffer.length && entries.length < TILE_WIDTH) {
    const end = at + 2 > buffer.length ? Number.POSITIVE_INFINITY : at + 2 + buffer.readUInt16BE(at);
    if (end > buffer.length) throw new TlogError('bundle_malformed', 'the last entry is cut short');
    entries.push(buffer.subarray(at + 2, end));
    at = end;
  }
  if (at !== buffer.length || entries.length !== width) {
    throw new TlogError('bundle_malformed', `not a bundle of ${width} entries`);
  }
  return entries;
}
