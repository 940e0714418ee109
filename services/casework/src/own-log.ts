// Whether what is here of our own log is all of it, by what peers say to have seen.

export type Seen = { size: number; note: string };

/** Which key of our log has signed: one that is or was it; one that was revoked, where it may have signed so much before; one that was
 *  revoked from an index on that nobody has named; the one that is to follow, which signs nothing before it does. */
export type Signer = 'own' | 'revoked' | 'open' | 'successor';

/** `seen`: the largest checkpoint of ours that the peer has, once our own signature on it was verified. `fits`: whether it is one
 *  of the tree that is here, as far as that goes. `excused`: it is suspended, so its word counts, and its silence does not. */
export type Witness = {
  name: string;
  excused: boolean;
  asked: boolean;
  answered: boolean;
  seen?: SeenBy;
};
export type SeenBy = Seen & { fits: boolean; by: Signer; kid: string };

export type Doubt = {
  /** Leaves of the tree that is here. */
  have: number;
  /** Whether not one peer may be left unasked: the log was taken back from others since. */
  everyone: boolean;
  /** Peers that a checkpoint of ours needs to count as witnessed; 0: none. */
  witnesses: number;
  peers: readonly Witness[];
};

export type Judgement =
  /** Signing goes on. `silent` are the peers that did not answer. */
  | { code: 'whole'; params: { silent: string[] } }
  | { code: 'behind'; params: { peer: string; seen: SeenBy } }
  /** A peer has a checkpoint that our log has signed over other leaves than are here. */
  | { code: 'forked'; params: { peer: string; seen: SeenBy } }
  /** The key files are older than what a peer has seen: our log has gone on under the next key. */
  | { code: 'keys_older'; params: { peer: string; seen: SeenBy } }
  /** More than is here was signed by a revoked key, by the node or by a thief: an officer must say how far the key counts. */
  | { code: 'index_missing'; params: { peer: string; seen: SeenBy } }
  | { code: 'unasked'; params: { silent: string[]; answered: number; required: number } };

/** A signature of our own says more than any number of peers that have not seen it. So many must answer that one of them is among
 *  the witnesses of any checkpoint that counts as witnessed, whoever of them is silent: an officer excuses the silence of a peer,
 *  and not what it may have signed. */
export function judgeOwnLog(doubt: Doubt): Judgement {
  const { have, peers } = doubt;
  const seen = peers.flatMap(({ name, seen }) => (seen ? [{ peer: name, seen }] : []));
  const newer = seen.find((one) => one.seen.by === 'successor');
  if (newer) return { code: 'keys_older', params: newer };
  // What a thief may have signed as well proves nothing against the tree that is here.
  const forked = seen.find((one) => one.seen.by === 'own' && one.seen.size <= have && !one.seen.fits);
  if (forked) return { code: 'forked', params: forked };
  const furthest = (by: Signer) =>
    seen.filter((one) => one.seen.by === by && one.seen.size > have).sort((a, b) => b.seen.size - a.seen.size)[0];
  const behind = furthest('own') ?? furthest('revoked');
  if (behind) return { code: 'behind', params: behind };
  const open = furthest('open');
  if (open) return { code: 'index_missing', params: open };
  const { isEnough, ...heard } = hearing(doubt);
  return isEnough ? { code: 'whole', params: { silent: heard.silent } } : { code: 'unasked', params: heard };
}

/** Whether all peers were asked and so many have answered that nothing which counts can be unknown to all of them. */
export function hearing({
  everyone,
  witnesses,
  peers,
}: Pick<Doubt, 'everyone' | 'witnesses'> & { peers: readonly Omit<Witness, 'seen'>[] }) {
  const obliged = peers.filter(({ excused }) => !excused);
  const silent = obliged.filter(({ answered }) => !answered).map(({ name }) => name);
  const answered = obliged.length - silent.length;
  const mute = peers.filter(({ excused, answered }) => excused && !answered).length;
  const required = everyone ? obliged.length : quorum(obliged.length, { witnesses, mute });
  const isEnough = peers.every((peer) => peer.asked) && answered >= required;
  return { silent, answered, required, isEnough };
}

/** The least number of peers that any set of so many witnesses has one in common with, though some witnesses may be mute; all, when
 *  there are too few for any. None where no checkpoint needs a witness. */
function quorum(peers: number, { witnesses, mute }: { witnesses: number; mute: number }): number {
  if (witnesses === 0) return 0;
  const heard = Math.max(1, witnesses - mute);
  return heard > peers ? peers : peers - heard + 1;
}
