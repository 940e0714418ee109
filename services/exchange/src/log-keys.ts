// A peer's log with every key that it may have signed with: those that its descriptors show, be it to us or to others.

import type { KeyObject } from 'node:crypto';
import {
  type Descriptor,
  descriptorsFor,
  followDescriptor,
  KeysError,
  logKeysOf,
  publicKeyOf,
  type Shown,
  type Statement,
  thumbprint,
} from '@detente/keys';
import { type SignedTree, TlogError, verifyCheckpoint, verifySigned } from '@detente/tlog';
import type { Enrolled } from './enrolled.ts';

export type KnownLog = {
  readonly peer: Enrolled;
  readonly name: string;
  /** Present and former keys, without those that were revoked. */
  readonly publicKey: readonly KeyObject[];
  readonly revoked: readonly KeyObject[];
  /** In the order in which they can be verified. */
  readonly descriptors: readonly Shown[];
};

/** A descriptor that somebody else tells of, verified. */
export type Heard = Statement<Descriptor> & { jws: string };

/** @param heard what others told, if they did */
export function knownLog(peer: Enrolled, heard: readonly Heard[] = []): KnownLog {
  const descriptors = [...peer.descriptors.map(readShown), ...heard];
  const keys = logKeysOf(descriptors.map(({ body }) => body));
  const shown = [...descriptors.map(({ body }) => body.keys.log.jwk), ...peer.revokedLogKeys];
  const revoked = shown.filter((jwk) => !keys.has(thumbprint(jwk)));
  return { peer, name: peer.log, publicKey: [...keys.values()], revoked: revoked.map(publicKeyOf), descriptors };
}

/** One that was verified when it came. */
function readShown(jws: string): Shown {
  const { seq, ...body } = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()) as Shown & Descriptor;
  return { jws, seq, body };
}

/** Descriptors of a peer that we were not shown, as somebody else tells of them: those under the identity key that is pinned, or
 *  under one that follows it. What an identity key before it has signed is believed only where we took it in ourselves: whoever
 *  found that key may sign with it today. */
export async function hear(peer: Enrolled, told: readonly string[]): Promise<Heard[]> {
  const identities = new Set(peer.identities);
  const heard: Heard[] = [];
  for (const jws of new Set(told)) {
    if (peer.descriptors.includes(jws)) continue;
    try {
      heard.push({ ...(await followDescriptor(jws, peer.origin, identities)), jws });
    } catch (error) {
      if (!(error instanceof KeysError)) throw error;
    }
  }
  return heard;
}

/** The log with what more descriptors show of its keys. */
export async function hearMore({ peer, descriptors }: KnownLog, told: readonly string[]): Promise<KnownLog> {
  return knownLog(peer, await hear(peer, [...descriptors.map(({ jws }) => jws), ...told]));
}

/** The note with the log's own signatures; undefined when none of its keys has signed it. */
export function readSigned(log: Pick<KnownLog, 'name' | 'publicKey'>, shown: string): SignedTree | undefined {
  try {
    const { checkpoint, note } = verifySigned(shown, log);
    return { note, size: checkpoint.size, root: checkpoint.root };
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** Whether none but a revoked key of the log has signed the note: whoever stole that may have had any size cosigned. What nobody
 *  known has signed may be from a key that was forgotten, and is not of this kind. */
export function isOfRevoked({ name, publicKey, revoked }: KnownLog, note: string): boolean {
  return !readSigned({ name, publicKey }, note) && readSigned({ name, publicKey: revoked }, note) !== undefined;
}

/** The fewest descriptors by which others can verify these notes, which the log has signed.
 *  @param newest also the newest that the node showed us, with what it revokes */
export function evidenceFor(
  { peer, name, descriptors }: KnownLog,
  notes: readonly string[],
  newest?: 'newest',
): string[] {
  const last = newest && descriptors[peer.descriptors.length - 1];
  const present = last && publicKeyOf(last.body.keys.log.jwk);
  return descriptorsFor(descriptors, [
    ...(present ? [(key: KeyObject) => key.equals(present)] : []),
    ...notes.map((note) => (publicKey: KeyObject) => {
      try {
        return verifyCheckpoint(note, { name, publicKey }).origin === name;
      } catch (error) {
        if (error instanceof TlogError) return false;
        throw error;
      }
    }),
  ]);
}
