// What two nodes think of each other's conduct, and why, and in what they compute other terms, as a person reads it.

import type { Peer, TermsDifference } from '@detente/contract/casework';
import { explain, type Language, standingName } from '@detente/reciprocity/texts';
import { plain } from './output.ts';

type Standing = NonNullable<Peer['standing']>;

/** A line for each standing that was signed: ours of the peer, and the peer's of us. */
export function standingLines(peer: { standing?: Standing; our_standing?: Standing }, language: Language): string[] {
  const both = [
    ['standing', peer.standing],
    ['ours there', peer.our_standing],
  ] as const;
  return both.flatMap(([label, one]) => {
    if (one === undefined) return [];
    const why = explain({ code: one.reason, params: one.params }, language);
    return plain(`${label.padEnd(14)} ${standingName(one.standing, language)}, ${one.since}: ${why}`, 600);
  });
}

/** A line for each statement that a peer computes otherwise with than we do; none while both compute the same. */
export function differenceLines({ differs }: { differs?: TermsDifference }, language: Language): string[] {
  return (differs?.inputs ?? []).map((one) => `${'differs'.padEnd(14)} ${plain(explain(one, language), 500)}`);
}
