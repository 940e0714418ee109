// What home holds of what two nodes signed to each other: the reader of the worker, and of casework.

import type { GrantRow, OfferTurn } from '@detente/reciprocity';
import type { Asker } from './database.ts';
import type { OfferWay } from './offers.ts';

/** Of so many days on which offers of a side came is known what bound: more than the ledger looks back to. */
const OFFER_DAYS = 120;
/** Of one kind so many of the newest are evidence: whoever sends more only pushes out its own. */
const MOST = 50_000;

export type Between = { own: string; peer: string; since: Date };

export type TurnsRow = { seq: number; turns: OfferTurn[]; received_at: Date };

/** The turns of offers after the newest one of each UTC day on which some came. */
export async function turnsBetween(home: Asker, { iss, aud }: OfferWay): Promise<TurnsRow[]> {
  return home.query<TurnsRow>(
    `SELECT s.seq, s.turns, s.received_at
     FROM (SELECT max(seq) AS seq FROM statements
           WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND turns IS NOT NULL
           GROUP BY (received_at AT TIME ZONE 'utc')::date ORDER BY 1 DESC LIMIT $3) newest
     JOIN statements s ON s.iss = $1 AND s.typ = 'detente-offer+jwt' AND s.aud = $2 AND s.seq = newest.seq
       AND s.void_at IS NULL
     ORDER BY s.seq`,
    [iss, aud, OFFER_DAYS],
  );
}

/** When the first standing of a peer was signed here; null while there is none. */
export async function enrolledSince(home: Asker, { own, peer }: Omit<Between, 'since'>): Promise<Date | null> {
  const [row] = await home.query<{ at: Date | null }>(
    `SELECT min(received_at) AS at FROM statements WHERE iss = $1 AND typ = 'detente-standing+jwt' AND aud = $2`,
    [own, peer],
  );
  return row!.at;
}

/** `detected`: a day; `first`: no earlier version of the record is known; `level`: as much as its own node gave. */
export type ReceivedFacts = {
  digest: string;
  place: number | null;
  level: number;
  type: string;
  domain: string;
  band: string;
  rule: string | null;
  received_at: Date;
  detected: string | null;
  /** Names of the fields that are not null. */
  filled: string[];
  first: boolean;
};

/** Versions that a peer gave itself, exercises left out: of what a relay alone brought, its node promised us nothing, and our receipt
 *  for it goes to the relay. */
export async function receivedSince(home: Asker, { peer, since }: Between): Promise<ReceivedFacts[]> {
  return home.query<ReceivedFacts>(
    `SELECT digest, place, coalesce(direct, level) AS level, type, domain, band, rule, received_at,
       fields ->> 'detected' AS detected,
       ARRAY(SELECT key FROM jsonb_each(fields) WHERE jsonb_typeof(value) <> 'null') AS filled,
       NOT EXISTS (SELECT FROM received o WHERE o.peer = r.peer AND o.id = r.id AND o.tick < r.tick) AS first
     FROM received r WHERE peer = $1 AND received_at > $2 AND revoked_at IS NULL AND NOT exercise AND (relay IS NULL OR direct IS NOT NULL)
     ORDER BY received_at DESC LIMIT $3`,
    [peer, since, MOST],
  );
}

export type OwnFacts = Pick<ReceivedFacts, 'digest' | 'type' | 'domain' | 'band' | 'detected' | 'filled' | 'first'>;

/** Of own versions what a peer may have been shown, exercises left out. */
export async function ownFacts(home: Asker, digests: readonly string[]): Promise<OwnFacts[]> {
  return home.query<OwnFacts>(
    `SELECT r.digest, r.type, r.domain, r.band, d.fields ->> 'detected' AS detected,
       ARRAY(SELECT key FROM jsonb_each(d.fields) WHERE jsonb_typeof(value) <> 'null') AS filled,
       NOT EXISTS (SELECT FROM records o WHERE o.id = r.id AND o.tick < r.tick) AS first
     FROM records r LEFT JOIN drafts d ON d.case_id = r.case_id AND d.version = r.draft
     WHERE r.digest = ANY ($1::text[]) AND NOT r.edition AND NOT r.exercise`,
    [digests],
  );
}

/** All grants to a peer, each with the time at which its terms were first computed. */
export async function datedGrants(home: Asker, peer: string): Promise<(GrantRow & { at: Date | null })[]> {
  return home.query<GrantRow & { at: Date | null }>(
    `SELECT number, line, cell, record_id, from_index, level, rule, terms, t.at FROM grants g
     LEFT JOIN (SELECT digest, min(computed_at) AS at FROM terms WHERE peer = $1 AND direction = 'given' GROUP BY digest) t
       ON t.digest = g.terms
     WHERE peer = $1`,
    [peer],
  );
}

export type RecallFacts = {
  digest: string;
  own: boolean;
  made_at: Date;
  answer: string | null;
  answered_at: Date | null;
};

/** Recalls of both directions. */
export async function recallsSince(home: Asker, { peer, since }: Between): Promise<RecallFacts[]> {
  return home.query<RecallFacts>(
    `SELECT digest, own, made_at, answer, answered_at FROM recalls WHERE peer = $1 AND made_at > $2
     ORDER BY made_at DESC LIMIT $3`,
    [peer, since, MOST],
  );
}

export type SaidRow = { iss: string; typ: string; digest: string; body: Record<string, unknown>; received_at: Date };

/** Contests and attestations in both directions. */
export async function saidSince(home: Asker, { own, peer, since }: Between): Promise<SaidRow[]> {
  return home.query<SaidRow>(
    `SELECT iss, typ, digest, body, received_at FROM statements
     WHERE ((iss = $1 AND aud = $2) OR (iss = $2 AND aud = $1)) AND typ IN ('detente-contest+jwt', 'detente-attestation+jwt')
       AND received_at > $3 AND void_at IS NULL
     ORDER BY received_at DESC LIMIT $4`,
    [own, peer, since, MOST],
  );
}
