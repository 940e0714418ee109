// Whose log it is: the descriptors of its node, each announced by the one before, and the log keys that they show.

import type { KeyObject } from 'node:crypto';
import {
  type Descriptor,
  KeysError,
  publicKeyOf,
  type Shown,
  type Statement,
  shownIdentity,
  thumbprint,
  verifyDescriptor,
  verifySuccession,
} from '@detente/keys';
import type { LogClient } from './log-client.ts';
import type { LogFolder } from './log-folder.ts';
import { MonitorFault } from './monitor-fault.ts';

/** The log as its node's descriptors name it: its key and those before, since what witnesses have cosigned may be from before several
 *  rotations, and none that was revoked. */
export type KnownLog = {
  name: string;
  publicKey: KeyObject[];
  /** Those that count for so many entries: with them the revoked ones whose index is not below that. */
  keysFor(size: number): KeyObject[];
  /** All that it ever had, the revoked ones too. */
  everyKey: KeyObject[];
  /** What showed them. */
  descriptors: readonly Shown[];
  path: string;
};
/** A descriptor that was verified. */
export type Accepted = Statement<Descriptor> & Shown;

/** Descriptors that are taken at one look. */
const AT_ONCE = 100;

export type Node = {
  client: LogClient;
  folder: LogFolder;
  origin: string;
  /** Of the node's identity key, compared out of band; without it the first one that is seen is believed. */
  fingerprint: string | undefined;
  /** What the folder has, verified once: empty at first, and kept from look to look. */
  accepted: Accepted[];
};

/** Accepts the descriptors that follow the ones that are kept; of the first it is the fingerprint that counts, if one was named. */
export async function knowLog(node: Node): Promise<KnownLog> {
  const { client, origin, accepted } = node;
  const newest = await client.text('/.well-known/detente');
  if (newest === undefined)
    throw new MonitorFault('descriptor_refused', `${origin} shows no descriptor: it is no node`);
  try {
    if (accepted.length === 0) accepted.push(...(await readKept(node)));
    const last = accepted.at(-1);
    const unseen = last === undefined ? await first(client, newest) : missed(client, last, newest);
    for await (const jws of unseen) accepted.push(await acceptNext(node, jws));
    const { body } = accepted.at(-1)!;
    const shown = new Map(accepted.map((one) => [thumbprint(one.body.keys.log.jwk), one.body.keys.log.jwk]));
    const everyKey = [...shown.values()].map(publicKeyOf);
    const index = new Map((body.revoked ?? []).map(({ kid, before }) => [kid, before]));
    const keysFor = (size: number) =>
      [...shown]
        .filter(([kid]) => size <= (index.get(kid) ?? Number.POSITIVE_INFINITY))
        .map(([, jwk]) => publicKeyOf(jwk));
    const publicKey = [...shown].filter(([kid]) => !index.has(kid)).map(([, jwk]) => publicKeyOf(jwk));
    const keys = { publicKey, keysFor, everyKey };
    return { name: body.log, ...keys, descriptors: accepted, path: new URL(body.endpoints.log).pathname };
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    const message = `the descriptor of ${origin} is refused (${error.code}): ${error.message}`;
    throw new MonitorFault('descriptor_refused', message, { cause: error });
  }
}

async function readKept({ folder, origin, fingerprint }: Node): Promise<Accepted[]> {
  const kept: Accepted[] = [];
  for (const jws of folder.descriptors())
    kept.push({ ...(await verifyDescriptor(jws, { origin, fingerprint: shownIdentity(jws) })), jws });
  if (kept[0] && fingerprint !== undefined && !kept.some((one) => identityOf(one) === fingerprint)) {
    const message = `the folder is of a node with the fingerprint ${identityOf(kept[0])}`;
    throw new MonitorFault('descriptor_refused', message);
  }
  return kept;
}

async function acceptNext({ folder, origin, fingerprint, accepted }: Node, jws: string): Promise<Accepted> {
  const before = accepted.at(-1);
  const pinned = before
    ? { origin, fingerprint: identityOf(before), next: before.body.keys.identity.next }
    : { origin, fingerprint: fingerprint ?? shownIdentity(jws) };
  const next = await verifyDescriptor(jws, pinned);
  if (before) verifySuccession(before, next);
  folder.keepDescriptor(next.seq, jws);
  return { ...next, jws };
}

const identityOf = ({ body }: Accepted) => thumbprint(body.keys.identity.jwk);

/** The number that a descriptor claims to have. */
function seqIn(jws: string): number {
  try {
    const { seq } = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { seq?: unknown };
    if (Number.isSafeInteger(seq)) return seq as number;
  } catch {
    // Told below.
  }
  throw new KeysError('jws_malformed', 'the payload is no descriptor');
}

/** The newest descriptor, and before it those that the same identity key has signed, oldest first: what is shown may still be signed by
 *  a log key of then. What an identity key before that has signed is nobody's word any more. */
async function first(client: LogClient, newest: string): Promise<string[]> {
  const found = [newest];
  const identity = shownIdentity(newest);
  for (let seq = seqIn(newest) - 1; seq > 0 && found.length < AT_ONCE; seq--) {
    const jws = await client.text(`/.well-known/detente?seq=${seq}`);
    if (jws === undefined || shownIdentity(jws) !== identity) break;
    found.unshift(jws);
  }
  return found;
}

/** The descriptors between the last that is kept and the newest, which each announced the keys of the next; then the newest. */
async function* missed(client: LogClient, last: Accepted, newest: string): AsyncGenerator<string> {
  if (newest === last.jws) return;
  const seq = seqIn(newest);
  const from = last.seq + 1;
  for (let between = from; between < seq; between++) {
    if (between === from + AT_ONCE) return;
    const jws = await client.text(`/.well-known/detente?seq=${between}`);
    if (jws === undefined) break;
    yield jws;
  }
  yield newest;
}
