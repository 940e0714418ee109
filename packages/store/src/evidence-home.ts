// What home holds of what two nodes signed to each other: the reader of the worker, and of casework.

import type { GrantRow, OfferTurn } from '@detente/reciprocity';
import type { Level } from '@detente/record';
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

/** `detected`: a day; `first`: no earlier version of the record is known; `withdrawn`: one of its versions retracts it; `level`: as much as
 *  its own node gave. */
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
  withdrawn: boolean;
  tlp: string;
  /** Whether its own node gave any of it. */
  direct: boolean;
};

/** Versions of a peer's records that it gave itself or that a relay brought, exercises left out. */
export async function receivedSince(home: Asker, { peer, since }: Between): Promise<ReceivedFacts[]> {
  return home.query<ReceivedFacts>(
    `SELECT digest, place, coalesce(direct, level) AS level, type, domain, band, rule, received_at,
       fields ->> 'detected' AS detected,
       ARRAY(SELECT key FROM jsonb_each(fields) WHERE jsonb_typeof(value) <> 'null') AS filled,
       NOT EXISTS (SELECT FROM received o WHERE o.peer = r.peer AND o.id = r.id AND o.tick < r.tick AND o.revoked_at IS NULL) AS first,
       EXISTS (SELECT FROM received o WHERE o.peer = r.peer AND o.id = r.id AND o.retracted AND o.revoked_at IS NULL) AS withdrawn,
       tlp, relay IS NULL OR direct IS NOT NULL AS direct
     FROM received r WHERE peer = $1 AND received_at > $2 AND revoked_at IS NULL AND NOT exercise
     ORDER BY received_at DESC LIMIT $3`,
    [peer, since, MOST],
  );
}

export type LoggedBetween = { digest: string; place: number; since: Date; until: Date };

/** Of versions that were logged between two times: the least that the terms gave us of their cell, from those of a page before to those
 *  of a page behind that went past their place. Both the peer named itself, by digest; without them nothing is said. */
export async function givenThroughout(
  home: Asker,
  peer: string,
  versions: readonly LoggedBetween[],
): Promise<{ digest: string; level: Level | null }[]> {
  if (versions.length === 0) return [];
  return home.query(
    `WITH recent AS MATERIALIZED (
       SELECT digest, day, cells FROM terms
       WHERE peer = $1 AND direction = 'taken' AND computed_at > now() - interval '200 days'),
     levels AS MATERIALIZED (
       SELECT day, key AS cell, min(coalesce((value ->> 'level')::integer, 0)) AS level
       FROM recent CROSS JOIN jsonb_each(cells) GROUP BY day, key),
     pages AS MATERIALIZED (
       SELECT day, min(received_at) AS first, max(received_at) AS last, max(place) AS place
       FROM received JOIN recent t ON t.digest = page_terms
       WHERE peer = $1 AND rule IS NULL AND relay IS NULL GROUP BY page_terms, day)
     SELECT v.digest, nullif(min(l.level), 0) AS level
     FROM json_to_recordset($2::json) AS v (digest text, place bigint, since timestamptz, until timestamptz)
     JOIN received r ON r.peer = $1 AND r.digest = v.digest
     CROSS JOIN LATERAL (SELECT day FROM pages WHERE first <= v.since ORDER BY first DESC LIMIT 1) before
     CROSS JOIN LATERAL (SELECT day FROM pages WHERE last >= v.until AND place > v.place ORDER BY last LIMIT 1) behind
     JOIN levels l ON l.cell = split_part(r.type, '/', 1) || '/' || r.domain || '/' || r.band
       AND l.day BETWEEN before.day AND behind.day
     GROUP BY v.digest`,
    [peer, JSON.stringify(versions)],
  );
}

export type OwnFacts = Pick<
  ReceivedFacts,
  'digest' | 'type' | 'domain' | 'band' | 'detected' | 'filled' | 'first' | 'withdrawn'
>;

/** Of own versions what a peer may have been shown, exercises left out. What it was asked to give up whole is withdrawn from it. */
export async function ownFacts(home: Asker, peer: string, digests: readonly string[]): Promise<OwnFacts[]> {
  return home.query<OwnFacts>(
    `SELECT r.digest, r.type, r.domain, r.band, d.fields ->> 'detected' AS detected,
       ARRAY(SELECT key FROM jsonb_each(d.fields) WHERE jsonb_typeof(value) <> 'null') AS filled,
       NOT EXISTS (SELECT FROM records o WHERE o.id = r.id AND o.tick < r.tick) AS first,
       EXISTS (SELECT FROM records o WHERE o.id = r.id AND o.retracted) OR r.id::text IN (
         SELECT asked ->> 'id' FROM recalls k JOIN statements s USING (digest)
         CROSS JOIN jsonb_array_elements(s.body -> 'records') asked
         WHERE k.own AND k.peer = $2 AND (s.body ->> 'level')::integer = 0) AS withdrawn
     FROM records r LEFT JOIN drafts d ON d.case_id = r.case_id AND d.version = r.draft
     WHERE r.digest = ANY ($1::text[]) AND NOT r.edition AND NOT r.exercise`,
    [digests, peer],
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
