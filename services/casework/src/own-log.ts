// Whether what is here of our own log is all of it, by what peers say to have seen.

export type Seen = { size: number; note: string };

/** `seen`: the largest checkpoint of ours that the peer has, once our own signature on it was verified. `fits`: whether it is one
 *  of the tree that is here, as far as that goes. */
export type Witness = { name: string; asked: boolean; answered: boolean; seen?: Seen & { fits: boolean } };

export type Doubt = {
  /** Leaves of the tree that is here. */
  have: number;
  /** Whether not one peer may be left unasked: the log was taken back from others since. */
  everyone: boolean;
  /** Peers that must have answered, when not all do. */
  required: number;
  peers: readonly Witness[];
};

export type Judgement =
  /** Signing goes on. `silent` are the peers that did not answer. */
  | { code: 'whole'; params: { silent: string[] } }
  | { code: 'behind'; params: { peer: string; seen: Seen } }
  /** A peer has a checkpoint that our log has signed over other leaves than are here. */
  | { code: 'forked'; params: { peer: string; seen: Seen } }
  | { code: 'unasked'; params: { silent: string[]; answered: number; required: number } };

/** A signature of our own says more than any number of peers that have not seen it. One peer that is silent, out of malice or
 *  because it is gone, must not make the log stand still for good; unless it is known that the database is an older one, when
 *  each may be the only one that knows how old. */
export function judgeOwnLog({ have, everyone, required, peers }: Doubt): Judgement {
  const seen = peers.flatMap(({ name, seen }) => (seen ? [{ peer: name, seen }] : []));
  const forked = seen.find((one) => one.seen.size <= have && !one.seen.fits);
  if (forked) return { code: 'forked', params: forked };
  const furthest = seen.reduce<(typeof seen)[number] | undefined>(
    (most, one) => (most && most.seen.size >= one.seen.size ? most : one),
    undefined,
  );
  if (furthest && furthest.seen.size > have) return { code: 'behind', params: furthest };
  const silent = peers.filter(({ answered }) => !answered).map(({ name }) => name);
  const answered = peers.length - silent.length;
  const least = everyone ? peers.length : Math.min(required, peers.length);
  const isTried = peers.every((peer) => peer.asked);
  if (isTried && answered >= least) return { code: 'whole', params: { silent } };
  return { code: 'unasked', params: { silent, answered, required: least } };
}
