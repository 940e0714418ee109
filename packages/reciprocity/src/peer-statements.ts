// What a node may put at a peer to be kept for good, and how each is read.
import { parseAttestation } from './attestation.ts';
import { parseContest } from './contest.ts';
import { parseOffer } from './offer.ts';
import { parseStanding } from './standing.ts';

export const peerStatements = {
  'detente-offer+jwt': parseOffer,
  'detente-standing+jwt': parseStanding,
  'detente-contest+jwt': parseContest,
  'detente-attestation+jwt': parseAttestation,
} as const;
export type PeerStatementTyp = keyof typeof peerStatements;

export function isPeerStatement(typ: string): typ is PeerStatementTyp {
  return Object.hasOwn(peerStatements, typ);
}
