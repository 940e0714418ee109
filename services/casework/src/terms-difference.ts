// The terms that a peer names, held against those that we compute.

import {
  type Difference,
  differences,
  type HeldOffer,
  type HeldStanding,
  type InputDigests,
  inputDigests,
  parseOffer,
  parseStanding,
  type TermsInput,
  termsDigest,
} from '@detente/reciprocity';
import type { Asker, Reader } from '@detente/store/database';
import { type NamedTerms, recentStatement } from '@detente/store/evidence';
import { wordOf } from './offers.ts';

/** From what the terms follow that a peer names: ours, if they have the name, or what it shows, if that has. */
function shownInputs(ours: TermsInput, { day, digest, inputs }: NamedTerms): InputDigests | null {
  const [own, between] = [inputDigests(ours), { ...ours, day }];
  if (termsDigest(between, own) === digest) return own;
  return inputs !== null && termsDigest(between, inputs) === digest ? inputs : null;
}

/** With what a peer computes the terms of its giving.
 *  @param ours with what we do
 *  @returns undefined where it does not say, or one of its statements is not here */
export async function inputsOfPeer(home: Asker, ours: TermsInput, named: NamedTerms): Promise<TermsInput | undefined> {
  const shown = shownInputs(ours, named);
  if (shown === null) return undefined;
  const [given, taken] = [
    { iss: ours.giver, aud: ours.taker },
    { iss: ours.taker, aud: ours.giver },
  ];
  const [offer, standing] = [{ typ: 'detente-offer+jwt' }, { typ: 'detente-standing+jwt' }];
  const offers = [
    await heldOf(home, { ...offer, ...given, digest: shown[0]! }, ours.offers.giver, readOffer),
    await heldOf(home, { ...offer, ...taken, digest: shown[1]! }, ours.offers.taker, readOffer),
  ] as const;
  const standings = [
    await heldOf(home, { ...standing, ...given, digest: shown[2]! }, ours.standings.giver, readStanding),
    await heldOf(home, { ...standing, ...taken, digest: shown[3]! }, ours.standings.taker, readStanding),
  ] as const;
  if ([...offers, ...standings].includes(undefined)) return undefined;
  return {
    ...ours,
    offers: { giver: offers[0]!, taker: offers[1]! },
    standings: { giver: standings[0]!, taker: standings[1]! },
  };
}

type Sought = { typ: string; iss: string; aud: string; digest: string | null };

/** @returns undefined where it is not here */
async function heldOf<Held extends { digest: string }>(
  home: Asker,
  { digest, ...which }: Sought,
  ours: Held | null,
  read: (body: Record<string, unknown>, digest: string) => Held,
): Promise<Held | null | undefined> {
  if (digest === (ours?.digest ?? null)) return ours;
  if (digest === null) return null;
  const body = await recentStatement(home, { ...which, digest });
  return body && read(body, digest);
}

function readOffer(body: Record<string, unknown>, digest: string): HeldOffer {
  return { digest, body: parseOffer(body) };
}

function readStanding(body: Record<string, unknown>, digest: string): HeldStanding {
  return { digest, standing: parseStanding(body).standing };
}

/** In which statements the terms differ that a peer's last page names from ours of its day; none where they do not. */
export async function differencesWith(
  home: Reader,
  { own, peer, named }: { own: string; peer: string; named: NamedTerms },
): Promise<{ inputs: Difference[]; computed: string }> {
  const { day } = named;
  const theirs = await wordOf(home, { giver: peer, taker: own, day });
  const ours = await wordOf(home, { giver: own, taker: peer, day });
  const input: TermsInput = {
    ...{ giver: peer, taker: own, day },
    offers: { giver: theirs.offer, taker: ours.offer },
    standings: { giver: theirs.standing, taker: ours.standing },
  };
  const digests = inputDigests(input);
  return { inputs: differences(digests, shownInputs(input, named)), computed: termsDigest(input, digests) };
}
