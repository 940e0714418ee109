// A peer's descriptor that has landed: the first enrols it, each later one may rotate its keys to those that were announced.

import {
  type Descriptor,
  descriptorKeys,
  KeysError,
  maxFormer,
  type PublicJwk,
  type PublishedPurpose,
  type Statement,
  thumbprint,
  verifyDescriptor,
  verifySuccession,
} from '@detente/keys';
import { type FormerKey, newestStatement, type PeerRow, writeOutgoing } from '@detente/store/worker';
import { rememberedPurposes } from '../peer-keys.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { sendCanary } from './canaries.ts';
import { carryOut } from './carry.ts';
import { changePeer } from './peer-row.ts';
import { freshRevocations, revokeRecords, voidNotices } from './revocations.ts';
import { keepStatement, signForPeer } from './statements.ts';
import { recomputeTerms } from './terms.ts';

const typ = 'detente-descriptor+jwt' as const;

/** A descriptor that fits the fingerprint enrols the peer: its keys are known from now on, and it is told that it is in good
 *  standing. One that is in the sandbox is checked instead, and waits for an officer.
 *  @throws KeysError those of `verifyDescriptor` and `verifySuccession`, `keys_not_distinct`, `claims_malformed` */
export async function takeDescriptor(worker: Worker, origin: string, jws: string): Promise<void> {
  await changePeer(worker, origin, async (tx, peer, peers) => {
    const { fingerprint, keys } = peer;
    const statement = await verifyDescriptor(jws, { origin, fingerprint, next: keys.identity?.next });
    const { iss, seq, jti, digest, body } = statement;
    const others = peers.filter((one) => one !== peer && one.status !== 'expelled');
    refuseKeysOfOthers(body, others, ownKeys(worker));
    const newest = await newestStatement(tx, typ, iss, '');
    // An older one is kept as history: its keys may have been rotated since.
    const isOlder = newest !== undefined && newest.seq > seq;
    if (newest && newest.seq < seq) verifySuccession({ seq: newest.seq, body: newest.body as Descriptor }, statement);
    const isNew = await keepStatement(tx, { iss, typ, aud: '', seq, jti, digest, jws, body: { ...body } });
    if (!isNew || isOlder) return;
    const status = peer.status === 'pending' ? 'active' : peer.status;
    const earlier = earlierDescriptors(peer, body);
    await writeOutgoing(tx, 'peer', { ...described(peer, statement), status, descriptor: jws, earlier });
    const revoked = freshRevocations(newest?.body as Descriptor | undefined, body);
    await revokeRecords(tx, origin, revoked);
    await voidNotices(tx, { iss: origin, aud: worker.origin }, revoked);
    // The first alone: a peer does not better its standing by showing another descriptor.
    if (peer.status !== 'pending') return;
    if (peer.sandbox) await writeOutgoing(tx, 'conformance', { peer: origin });
    else await signForPeer(worker, tx, { typ: 'detente-standing+jwt', peer: origin, body: goodStanding() });
  });
  await recomputeTerms(worker, origin);
  await sendCanary(worker, origin);
  // What landed behind it is verified with these keys.
  await carryOut(worker);
}

/** The peer with the fingerprint and keys that it shows. */
function described(peer: PeerRow, { body }: Statement<Descriptor>) {
  const { origin, name, ca, sandbox, listed } = peer;
  const entries = Object.entries(keysOf(body.keys)).map(([purpose, key]) => {
    const before = rememberedPurposes.has(purpose) ? peer.keys[purpose] : undefined;
    const last = before && before.kid !== key.kid ? [{ kid: before.kid, jwk: before.jwk }] : [];
    const listed = purpose === 'record' && !before ? (body.former ?? []) : [];
    const earlier = before?.former ?? listed.map((jwk) => ({ jwk, kid: thumbprint(jwk) }));
    const marked = [...earlier, ...last].map((key) => {
      const revocation = body.revoked?.find((one) => one.purpose === purpose && one.kid === key.kid);
      return revocation ? { since: utcToday(), ...key, before: revocation.before } : key;
    });
    const former = newestFormer(marked);
    return [purpose, former.length > 0 ? { ...key, former } : key] as const;
  });
  const fingerprint = thumbprint(body.keys.identity.jwk);
  return { origin, name, ca, sandbox, listed, fingerprint, keys: Object.fromEntries(entries), log_name: body.log };
}

/** Of the former keys of a purpose as many of the newest as a descriptor lists, and those that were revoked, of which it lists so
 *  many too: whoever rotates any number of times must not fill what is read for each of its records. */
function newestFormer(former: readonly FormerKey[]): FormerKey[] {
  const good = former.filter(({ before }) => before === undefined);
  const over = new Set(good.slice(0, -maxFormer));
  return former.filter((key) => !over.has(key));
}

/** Descriptors that are kept of former identity and log keys: whoever rotates any number of times must not fill the disk. */
const earlierKept = 32;

/** Of each pair of identity and log key that the peer has shown the last descriptor, so that what was signed under it is still
 *  judged and can be proven to others. */
function earlierDescriptors({ keys, descriptor, earlier }: PeerRow, { keys: shown }: Descriptor): string[] {
  if (descriptor === null) return [];
  const isSame = (['identity', 'log'] as const).every(
    (purpose) => thumbprint(shown[purpose].jwk) === keys[purpose]?.kid,
  );
  return isSame ? earlier : [...earlier, descriptor].slice(-earlierKept);
}

/** Whoever showed another's key could be taken for it, or it for him. What is only announced proves nothing: anybody can copy
 *  a thumbprint, so that it keeps nobody from showing the key that has it. Ours are refused, announced or not.
 *  @param others those that are not expelled
 *  @throws KeysError `keys_not_distinct` */
function refuseKeysOfOthers(
  { keys }: Descriptor,
  others: readonly Pick<PeerRow, 'keys'>[],
  own: ReturnType<typeof ownKeys>,
): void {
  const shown = others.flatMap((one) => Object.values(one.keys).map(({ kid }) => kid));
  const taken = new Set([...shown, ...Object.values(own).flatMap(({ kid, next }) => [kid, next])]);
  for (const [purpose, { kid, next }] of Object.entries(keysOf(keys))) {
    if (!taken.has(kid) && !taken.has(next)) continue;
    const at = `/keys/${purpose}`;
    throw new KeysError('keys_not_distinct', `${at}: the key or its successor is another node's`, { at });
  }
}

function ownKeys({ publicKeys }: Worker) {
  return keysOf(descriptorKeys(publicKeys));
}

function keysOf(keys: Descriptor['keys']) {
  const entries = Object.entries(keys).map(([purpose, { jwk, next }]) => [
    purpose,
    { jwk, next, kid: thumbprint(jwk) },
  ]);
  return Object.fromEntries(entries) as Record<PublishedPurpose, { jwk: PublicJwk; next: string; kid: string }>;
}

/** What a peer starts with. */
export function goodStanding() {
  return { standing: 'good', since: utcToday(), reason: { code: 'enrolled', params: {} }, overridden: false };
}
