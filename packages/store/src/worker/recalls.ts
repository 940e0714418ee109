// Recalls at home: those that we make, and those that peers make of us.

import type { Asker, Transaction } from '../database.ts';

export type RecallRow = { digest: string; peer: string; own: boolean; answer: string | null };

/** Keeps a recall, once. */
export async function insertRecall(
  home: Transaction,
  recall: Omit<RecallRow, 'answer'> & { days: number },
): Promise<void> {
  await home.execute(
    `INSERT INTO recalls (digest, peer, own, due_at) VALUES ($1, $2, $3, now() + $4 * interval '1 day')
     ON CONFLICT DO NOTHING`,
    [recall.digest, recall.peer, recall.own, recall.days],
  );
}

/** Puts a recall under the digest of the statement that says it anew. */
export async function moveRecall(home: Transaction, { from, to }: { from: string; to: string }): Promise<void> {
  await home.execute(
    `INSERT INTO recalls (digest, peer, own, made_at, due_at)
     SELECT $2, peer, own, made_at, due_at FROM recalls WHERE digest = $1`,
    [from, to],
  );
  await home.execute('DELETE FROM recalls WHERE digest = $1', [from]);
}

/** A recall, and the right to answer it until the transaction ends. */
export async function lockRecall(home: Transaction, digest: string): Promise<RecallRow | undefined> {
  const [row] = await home.query<RecallRow>(
    'SELECT digest, peer, own, answer FROM recalls WHERE digest = $1 FOR UPDATE',
    [digest],
  );
  return row;
}

/** Keeps that a second officer approved a warning.
 *  @param peer whose record it is; '' for ours
 *  @returns whether it is news */
export async function insertApproval(home: Transaction, peer: string, record: string): Promise<boolean> {
  const count = await home.execute('INSERT INTO approvals (peer, record) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    peer,
    record,
  ]);
  return count === 1;
}

/** Peers that were warned of a version, or wait to be. */
export async function peersWarned(border: Asker, digest: string): Promise<string[]> {
  const rows = await border.query<{ peer: string }>(
    `SELECT n.peer FROM notices_out n JOIN peers p ON p.origin = n.peer
     WHERE n.kind = 'warning' AND n.digest = $1 AND p.status <> 'expelled' ORDER BY n.peer`,
    [digest],
  );
  return rows.map(({ peer }) => peer);
}

/** How many recalls a peer has neither answered nor let pass its days for. */
export async function openRecalls(home: Asker, peer: string): Promise<number> {
  const [row] = await home.query<{ count: number }>(
    'SELECT count(*) FROM recalls WHERE own AND peer = $1 AND answer IS NULL AND due_at > now()',
    [peer],
  );
  return row!.count;
}

export async function setRecallAnswer(home: Transaction, digest: string, answer: string): Promise<void> {
  await home.execute('UPDATE recalls SET answer = $2, answered_at = now() WHERE digest = $1', [digest, answer]);
}

/** `peer`: whose record it is; `direct`: the level that its own node gave, null for nothing. */
export type PresentationRow = {
  peer: string;
  digest: string;
  type: string;
  level: number;
  presentation: string;
  direct: number | null;
};

/** What is held of records that a peer gave, its own or as a relay, every version. */
export async function heldOfRecords(home: Asker, peer: string, ids: readonly string[]): Promise<PresentationRow[]> {
  return home.query<PresentationRow>(
    `SELECT peer, digest, type, level, presentation, direct FROM received
     WHERE (peer = $1 OR relay = $1) AND id = ANY ($2::uuid[]) ORDER BY peer, digest`,
    [peer, ids],
  );
}

/** Cuts what is held of a version, for good. What a relay asked back may still come from the node whose record it is.
 *  @param peer whose record it is */
export async function purgeReceived(
  home: Transaction,
  peer: string,
  cut: { digest: string; level: number; presentation: string; names: readonly string[]; ofRelay: boolean },
): Promise<void> {
  await home.execute(
    `UPDATE received SET level = $3::smallint, presentation = $4, change = nextval('case_changes'), relay_due = true,
       purged_at = CASE WHEN $6 THEN purged_at ELSE now() END, direct = least(direct, $3::smallint),
       relay = CASE WHEN direct >= $3::smallint THEN NULL ELSE relay END,
       domain = CASE WHEN $3::smallint = 0 THEN 'other' ELSE domain END, band = CASE WHEN $3::smallint = 0 THEN 'unrated' ELSE band END,
       fields = (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(fields) WHERE key = ANY ($5))
     WHERE peer = $1 AND digest = $2`,
    [peer, cut.digest, cut.level, cut.presentation, cut.names, cut.ofRelay],
  );
}

/** Up to where a peer was given pages of our log. */
export async function servedMark(border: Asker, peer: string): Promise<number> {
  const [row] = await border.query<{ mark: number }>('SELECT mark FROM served WHERE peer = $1', [peer]);
  return row?.mark ?? 0;
}

/** Digests of the versions of which a peer was asked to give up everything, since a statement to it was signed. */
export async function endedSince(home: Asker, peer: string, statement: string): Promise<Set<string>> {
  const rows = await home.query<{ digest: string }>(
    `SELECT DISTINCT record ->> 'digest' AS digest
     FROM recalls r JOIN statements s USING (digest) CROSS JOIN jsonb_array_elements(s.body -> 'records') record
     WHERE r.own AND r.peer = $1 AND s.body ->> 'cause' = 'ended'
       AND r.made_at >= (SELECT received_at FROM statements WHERE digest = $2)`,
    [peer, statement],
  );
  return new Set(rows.map(({ digest }) => digest));
}

/** Digests of the versions of which a peer was warned, or waits to be: a call that failed may have arrived. */
export async function warnedOf(border: Asker, peer: string): Promise<Set<string>> {
  const rows = await border.query<{ digest: string }>(
    `SELECT digest FROM notices_out WHERE peer = $1 AND kind = 'warning'`,
    [peer],
  );
  return new Set(rows.map(({ digest }) => digest));
}
