// Everything that the databases of a node say, read at one moment each, home before border.

import type { TestNode } from '@detente/testkit';
import { parseBundle } from '@detente/tlog';

type Leaf = { digest: string };

export type Home = {
  cases: { id: string; title: string; status: string }[];
  intake: { case_id: string; number: number; leaf: string; receipt: string; sealed: number }[];
  records: {
    digest: string;
    id: string;
    case_id: string;
    edition: boolean;
    tick: number;
    place: number | null;
    token: string;
  }[];
  decisions: { case_id: string; kind: string; outcome: string | null }[];
  acts: { act: string; object: string; chained: boolean }[];
  statements: { iss: string; typ: string; aud: string; seq: number; digest: string }[];
  roots: Leaf[];
  outgoing: { number: number; digest: string | null }[];
  received: { peer: string; digest: string; id: string; tick: number; place: number | null; presentation: string }[];
  carried: { number: number }[];
};

export type Border = {
  applied: { number: number }[];
  tree: { size: number; tick: number; batch_size: number }[];
  entries: { leaves: string }[];
  checkpoints: { size: number; note: string }[];
  pending: Leaf[];
  sequenced: Leaf[];
  presentations: (Leaf & { place: number | null })[];
  editions: (Leaf & { place: number | null })[];
  statements: { peer: string; typ: string; seq: number; digest: string; sent: boolean }[];
  notices: (Leaf & { peer: string; kind: string; sent: boolean })[];
  receipts_out: { peer: string; seq: number; jws: string; sent: boolean }[];
  receipts_in: { peer: string; seq: number; jws: string }[];
  cursors: { peer: string; after: number; checkpoint: string | null; fault: string | null }[];
  landing: (Leaf & { peer: string })[];
  late: { peer: string; digest: string }[];
  quarantine: { code: string; detail: string }[];
};

export type Snapshot = { home: Home; border: Border; leaves: string[] };

const HOME: Record<keyof Home, string> = {
  cases: `SELECT id, fields->>'title' AS title, status FROM cases`,
  intake: `SELECT l.case_id, l.number, leaf_text AS leaf, r.receipt->>'leaf' AS receipt,
      (SELECT count(*) FROM vault v WHERE v.case_id = l.case_id AND v.number = l.number) AS sealed
    FROM (SELECT *, rtrim(translate(encode(leaf, 'base64'), '+/', '-_'), '=') AS leaf_text FROM intake_leaves) l
    FULL JOIN receipts r USING (case_id, number)`,
  records: 'SELECT digest, id, case_id, edition, tick, place, token FROM records',
  decisions: 'SELECT case_id, kind, outcome FROM decisions',
  acts: `SELECT act, object, number = row_number() OVER byNumber AND previous = coalesce(lag(hash) OVER byNumber, '-')
      AND hash = translate(encode(sha256(convert_to(jsonb_build_array('detente/act/1', number,
      to_char(at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), actor, act, object, reason,
        approvals, previous)::text, 'UTF8')), 'base64'), '+/=', '-_') AS chained
    FROM acts WINDOW byNumber AS (ORDER BY number)`,
  statements: 'SELECT iss, typ, aud, seq, digest FROM statements',
  roots: 'SELECT root AS digest FROM intake_days WHERE root IS NOT NULL',
  outgoing: `SELECT number, coalesce(body->>'digest', body->>'leaf') AS digest FROM outgoing`,
  received: 'SELECT peer, digest, id, tick, place, presentation FROM received',
  carried: 'SELECT number FROM carried',
};

const digestOf = (leaf: string) => `rtrim(translate(encode(${leaf}, 'base64'), '+/', '-_'), '=')`;
const BORDER: Record<keyof Border, string> = {
  applied: 'SELECT number FROM applied',
  tree: 'SELECT size, tick, batch_size FROM tree',
  entries: `SELECT translate(encode(leaves, 'base64'), E'\\n', '') AS leaves FROM entries ORDER BY index`,
  checkpoints: 'SELECT size, note FROM checkpoints ORDER BY size',
  pending: `SELECT ${digestOf('leaf')} AS digest FROM pending_leaves`,
  sequenced: `SELECT ${digestOf('leaf')} AS digest FROM sequenced`,
  presentations: 'SELECT digest, place FROM presentations',
  editions: 'SELECT digest, place FROM editions',
  statements: 'SELECT peer, typ, seq, digest, sent_at IS NOT NULL AS sent FROM statements_out',
  notices: 'SELECT peer, kind, digest, delivered_at IS NOT NULL AS sent FROM notices_out',
  receipts_out: 'SELECT peer, seq, jws, sent_at IS NOT NULL AS sent FROM receipts_out ORDER BY peer, seq',
  receipts_in: 'SELECT peer, seq, jws FROM receipts_in',
  cursors: 'SELECT peer, after, checkpoint, fault FROM cursors',
  landing: 'SELECT peer, digest FROM landing',
  late: 'SELECT peer, digest FROM late_items',
  quarantine: 'SELECT code, detail FROM quarantine',
};

/** @param log false: without leaves and checkpoints, for a look that is often taken */
export async function readSnapshot(node: TestNode, { log = true } = {}): Promise<Snapshot> {
  const home = await readAtOnce<Home>(node, 'home', HOME);
  const none = { entries: `SELECT '' AS leaves WHERE false`, checkpoints: 'SELECT 0 AS size WHERE false' };
  const border = await readAtOnce<Border>(node, 'border', log ? BORDER : { ...BORDER, ...none });
  const bundles = border.entries.map(({ leaves }) => Buffer.from(leaves, 'base64'));
  const leaves = bundles.flatMap((bundle) =>
    parseBundle(bundle, bundle.length / 34).map((leaf) => leaf.toString('base64url')),
  );
  return { home, border, leaves };
}

/** One statement, so one moment: an array of rows for each question. */
async function readAtOnce<T>(node: TestNode, database: 'home' | 'border', asked: Record<keyof T, string>): Promise<T> {
  const parts = Object.entries<string>(asked).map(
    ([name, text]) => `'${name}', (SELECT coalesce(jsonb_agg(to_jsonb(q)), '[]') FROM (${text}) q)`,
  );
  const [row] = await node.sql(database, `SELECT jsonb_build_object(${parts.join(', ')}) AS found`);
  return row!.found as T;
}
