// Peers as officers see them: border knows how far each side is, home what was received.

import type { AccessTerms, Coded, GrantRow, StandingBody } from '@detente/reciprocity';
import type { Cell } from '@detente/record';
import type { Asker, Reader, Transaction } from '../database.ts';
import { countQuarantined } from '../quarantine.ts';

export type PeerFacts = {
  origin: string;
  name: string;
  fingerprint: string;
  status: 'pending' | 'active' | 'suspended' | 'expelled';
  log: string | null;
  pulled_at: Date | null;
  after: number;
  pages: number;
  fault: string | null;
  served: number;
  quarantined: number;
  receipts: number;
  receipts_disagree: number;
  receipt_disagrees_on: string | null;
  canary_taken: Date | null;
  sandbox: boolean;
  listed: boolean;
};

export async function listPeers(border: Asker): Promise<PeerFacts[]> {
  return border.query<PeerFacts>(
    `SELECT p.origin, p.name, p.fingerprint, p.status, p.sandbox, p.listed, p.log_name AS log, c.pulled_at, coalesce(c.after, 0) AS after,
       coalesce(c.pages, 0) AS pages, c.fault, coalesce(s.mark, 0) AS served,
       (SELECT ${countQuarantined} FROM quarantine q WHERE q.peer = p.origin) AS quarantined,
       (SELECT count(*) FROM receipts_in r WHERE r.peer = p.origin AND r.void_at IS NULL) AS receipts,
       (SELECT count(*) FROM receipts_in r
        WHERE r.peer = p.origin AND r.disagrees <> '' AND r.void_at IS NULL) AS receipts_disagree,
       (SELECT disagrees FROM receipts_in r WHERE r.peer = p.origin AND r.disagrees <> '' AND r.void_at IS NULL
        ORDER BY seq DESC LIMIT 1) AS receipt_disagrees_on,
       (SELECT max(delivered_at) FROM notices_out n WHERE n.peer = p.origin AND n.kind = 'canary') AS canary_taken
     FROM peers p LEFT JOIN cursors c ON c.peer = p.origin LEFT JOIN served s ON s.peer = p.origin
     ORDER BY p.name`,
  );
}

export type PeerName = Pick<PeerFacts, 'origin' | 'name' | 'fingerprint' | 'status' | 'sandbox'>;

export async function readPeerNames(border: Asker): Promise<PeerName[]> {
  return border.query<PeerName>('SELECT origin, name, fingerprint, status, sandbox FROM peers ORDER BY name');
}

/** Records of each peer that we hold, current versions, by origin. */
export async function countReceived(home: Reader): Promise<Map<string, number>> {
  const rows = await home.query<{ peer: string; count: number }>(
    'SELECT peer, count(DISTINCT id) AS count FROM received GROUP BY peer',
  );
  return new Map(rows.map((row) => [row.peer, row.count]));
}

/** UTC day of the last canary of each peer that was verified here, by origin; never a later one than that on which it came, so
 *  that no peer can say today that its way is open next year. */
export async function newestCanaries(home: Asker): Promise<Map<string, string>> {
  const rows = await home.query<{ iss: string; day: string }>(
    `SELECT iss, max(least(body->>'day', to_char(received_at AT TIME ZONE 'utc', 'YYYY-MM-DD'))) AS day FROM statements
     WHERE typ = 'detente-canary+jwt' AND void_at IS NULL GROUP BY iss`,
  );
  return new Map(rows.map(({ iss, day }) => [iss, day]));
}

export type SignedStanding = StandingBody;

/** The standing of each peer that this node signed last, by origin. */
export async function newestStandings(home: Asker, own: string): Promise<Map<string, SignedStanding>> {
  const rows = await home.query<{ aud: string; body: SignedStanding }>(
    `SELECT DISTINCT ON (aud) aud, body FROM statements WHERE typ = 'detente-standing+jwt' AND iss = $1
     ORDER BY aud, seq DESC`,
    [own],
  );
  return new Map(rows.map(({ aud, body }) => [aud, body]));
}

/** The standing that a peer signed last of this node. */
export async function standingBy(home: Asker, peer: string, own: string): Promise<SignedStanding | undefined> {
  const [row] = await home.query<{ body: SignedStanding }>(
    `SELECT body FROM statements WHERE typ = 'detente-standing+jwt' AND iss = $1 AND aud = $2 AND void_at IS NULL
     ORDER BY seq DESC LIMIT 1`,
    [peer, own],
  );
  return row?.body;
}

export type ConformanceRow = {
  asked_at: Date;
  checked_at: Date | null;
  checks: { check: string; passed: boolean; detail: string }[];
};

/** What a peer's node was found to do; undefined when nobody has asked. */
export async function readConformance(border: Asker, peer: string): Promise<ConformanceRow | undefined> {
  const [row] = await border.query<ConformanceRow>(
    'SELECT asked_at, checked_at, checks FROM conformance WHERE peer = $1',
    [peer],
  );
  return row;
}

/** A peer's descriptor, as it was verified. */
export async function readPeerDescriptor(border: Asker, peer: string): Promise<string | null> {
  const [row] = await border.query<{ descriptor: string | null }>('SELECT descriptor FROM peers WHERE origin = $1', [
    peer,
  ]);
  return row?.descriptor ?? null;
}

/** All grants, as they are in border. */
export async function readGrants(border: Reader): Promise<(GrantRow & { peer: string })[]> {
  return border.query<GrantRow & { peer: string }>(
    'SELECT number, line, peer, cell, record_id, from_index, level, rule, terms FROM grants',
  );
}

export type PresentationFacts = { record_id: string; cell: Cell; least: number; place: number };

/** Logged presentations in border, without their bodies. */
export async function readPresentations(border: Reader): Promise<PresentationFacts[]> {
  return border.query<PresentationFacts>(
    'SELECT record_id, cell, least, place FROM presentations WHERE place IS NOT NULL AND had IS NULL',
  );
}

export type TermsRow = {
  direction: 'given' | 'taken';
  day: string;
  digest: string;
  /** A rule is its code alone in what was computed before the whole of it was kept. */
  cells: Record<string, { level: number | null; rule: Coded | string }>;
  access: AccessTerms[];
};

/** The newest terms of both directions. */
export async function readTerms(home: Asker, peer: string): Promise<TermsRow[]> {
  return home.query<TermsRow>(
    `SELECT DISTINCT ON (direction) direction, day, digest, cells, access FROM terms WHERE peer = $1
     ORDER BY direction, computed_at DESC, day DESC`,
    [peer],
  );
}

/** Asks the worker to add a peer or to sign an offer. */
export async function enqueuePeer(tx: Transaction, request: Record<string, unknown>): Promise<void> {
  await tx.query('SELECT enqueue_peer($1)', [JSON.stringify(request)]);
}
