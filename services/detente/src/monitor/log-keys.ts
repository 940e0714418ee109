// Whose log it is: the descriptors of its node, each announced by the one before, and the log keys that they show.

import type { KeyObject } from 'node:crypto';
import { KeysError, type PublicJwk, publicKeyOf, thumbprint, verifyDescriptor, verifySuccession } from '@detente/keys';
import { verifyCheckpoint } from '@detente/tlog';
import type { LogClient } from './log-client.ts';
import type { LogFolder } from './log-folder.ts';
import { MonitorFault } from './monitor-fault.ts';

/** The log as its node's descriptors name it: its key and the one before, since a checkpoint may have been signed before the
 *  rotation, and none that was revoked. */
export type KnownLog = {
  name: string;
  publicKey: KeyObject[];
  /** All that it ever had, for evidence. */
  everyKey: KeyObject[];
  path: string;
};

/** Descriptors that are taken at one look. */
const AT_ONCE = 100;

type Node = { client: LogClient; folder: LogFolder; origin: string; fingerprint: string | undefined };

/** Accepts the descriptors that follow the ones that are kept; of the first it is the fingerprint that counts, if one was named. */
export async function knowLog({ client, folder, origin, fingerprint }: Node): Promise<KnownLog> {
  const kept = folder.descriptors();
  const newest = await client.text('/.well-known/detente');
  if (newest === undefined)
    throw new MonitorFault('descriptor_refused', `${origin} shows no descriptor: it is no node`);
  try {
    const accepted = [];
    for (const jws of kept) accepted.push(await verifyDescriptor(jws, { origin, fingerprint: shownIn(jws) }));
    if (accepted[0] && fingerprint !== undefined && !accepted.some((one) => identityOf(one) === fingerprint))
      throw new MonitorFault(
        'descriptor_refused',
        `the folder is of a node with the fingerprint ${identityOf(accepted[0])}`,
      );
    const unseen = newest === kept.at(-1) ? [] : missed(client, accepted.at(-1)?.seq, newest);
    for await (const jws of unseen) {
      const before = accepted.at(-1);
      const pinned = before
        ? { origin, fingerprint: identityOf(before), next: before.body.keys.identity.next }
        : { origin, fingerprint: fingerprint ?? shownIn(jws) };
      const next = await verifyDescriptor(jws, pinned);
      if (before) verifySuccession(before, next);
      folder.keepDescriptor(next.seq, jws);
      accepted.push(next);
    }
    const { body } = accepted.at(-1)!;
    const shown = new Map(accepted.map((one) => [thumbprint(one.body.keys.log.jwk), one.body.keys.log.jwk]));
    const everyKey = [...shown.values()].map(publicKeyOf);
    for (const { kid } of body.revoked ?? []) shown.delete(kid);
    const publicKey = [...shown.values()].slice(-2).map(publicKeyOf);
    return { name: body.log, publicKey, everyKey, path: new URL(body.endpoints.log).pathname };
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    const message = `the descriptor of ${origin} is refused (${error.code}): ${error.message}`;
    throw new MonitorFault('descriptor_refused', message, { cause: error });
  }
}

type Accepted = Awaited<ReturnType<typeof verifyDescriptor>>;
const identityOf = ({ body }: Accepted) => thumbprint(body.keys.identity.jwk);

type Claims = { seq: number; keys: { identity: { jwk: PublicJwk } } };

/** What a descriptor says of itself, which says nothing about whose it is. */
function claimsIn(jws: string): Claims {
  try {
    const claims = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
    if (Number.isSafeInteger(claims.seq) && typeof claims.keys.identity.jwk === 'object') return claims;
  } catch {
    // Told below.
  }
  throw new KeysError('jws_malformed', 'the payload is no descriptor');
}

const shownIn = (jws: string) => thumbprint(claimsIn(jws).keys.identity.jwk);

/** The descriptors between the last that is kept and the newest, which each announced the keys of the next; then the newest. */
async function* missed(client: LogClient, last: number | undefined, newest: string): AsyncGenerator<string> {
  const { seq } = claimsIn(newest);
  const from = last === undefined ? seq : last + 1;
  for (let between = from; between < seq; between++) {
    if (between === from + AT_ONCE) return;
    const jws = await client.text(`/.well-known/detente?seq=${between}`);
    if (jws === undefined) break;
    yield jws;
  }
  yield newest;
}

/** The newest descriptors that show the log keys of these notes, each once. */
export function descriptorsFor(folder: LogFolder, notes: readonly string[]): string[] {
  const all = folder.descriptors().reverse();
  const signs = (jws: string, note: string) => {
    const { log, keys } = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString());
    try {
      return verifyCheckpoint(note, { name: log, publicKey: publicKeyOf(keys.log.jwk) }) !== undefined;
    } catch {
      return false;
    }
  };
  return [...new Set(notes.flatMap((note) => all.find((jws) => signs(jws, note)) ?? []))];
}
