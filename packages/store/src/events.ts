// Events beside each other: how many fit what a record shows, and the accounts of one event (decision 44).

import type { Reader } from './database.ts';

/** How many events, of own cases and of received records as they now are, have all the traits of each set, and of how many developers or
 *  deployers they are, whichever are fewer; counted up to `most`. One question for all sets. A set without traits fits all.
 *  Organisations are known by the pseudonyms in a case's newest draft, or in a record's title and summary: each node's are its own. An
 *  event that names none counts as one.
 *  @param sets of traits as `traitsOf` of redaction writes them
 *  @param exercise whether drills are counted, or what is none */
export async function countFitting(
  reader: Reader,
  sets: readonly (readonly string[])[],
  { most, exercise }: { most: number; exercise: boolean },
): Promise<{ fit: number; organisations: number }[]> {
  if (sets.length === 0) return [];
  const values: unknown[] = [most, exercise];
  const counts = sets.map((traits, at) => {
    const where = (isOwn: boolean) => traits.map((trait) => condition(trait, isOwn, values)).join(' AND ') || 'true';
    const own = `FROM cases WHERE status <> 'retracted' AND exercise = $2 AND ${where(true)}`;
    const others = `FROM received r
        WHERE NOT r.retracted AND r.revoked_at IS NULL AND r.purged_at IS NULL AND r.exercise = $2 AND ${IS_NEWEST} AND ${where(false)}`;
    return `SELECT ${at} AS at, (SELECT count(*)::int FROM (SELECT DISTINCT event FROM (
          SELECT ${OWN_EVENT} AS event ${own} UNION ALL SELECT r.peer || ' ' || r.id ${others}
        ) events LIMIT $1) fitting) AS fit, (
        SELECT least($1, count(DISTINCT coalesce(developer, event)), count(DISTINCT coalesce(deployer, event)))::int FROM (
          SELECT event, developer, deployer
          FROM (SELECT id, ${OWN_EVENT} AS event ${own} LIMIT ${ASKED} * $1) asked CROSS JOIN LATERAL (${OF_DRAFT}) parties
          UNION ALL
          (SELECT r.peer || ' ' || r.id, ${OF_RECORD('Developer|开发方')}, ${OF_RECORD('Deployer|部署方')} ${others} LIMIT ${ASKED} * $1)
        ) events) AS organisations`;
  });
  const rows = await reader.query<{ at: number; fit: number; organisations: number }>(
    counts.join('\nUNION ALL\n'),
    values,
  );
  return sets.map((_, nth) => {
    const { at: _at, ...count } = rows.find(({ at }) => at === nth)!;
    return count;
  });
}

/** Of so many times as many accounts it is asked whose they are: where these are all of a few, those who come after are not looked for. */
const ASKED = 20;

/** Of several the first by its code: an event is of one organisation. */
const OF_DRAFT = `SELECT min(code) FILTER (WHERE kind = 'developer') AS developer, min(code) FILTER (WHERE kind = 'deployer') AS deployer
  FROM (SELECT changes FROM drafts WHERE case_id = asked.id ORDER BY version DESC LIMIT 1) d,
    jsonb_to_recordset(d.changes) AS c (kind text, by text, place text, written text),
    substring(written FROM '[0-9A-F]{4,6}') AS code
  WHERE by = 'term' AND kind IN ('developer', 'deployer') AND place NOT LIKE 'public:%'`;
const OF_RECORD = (words: string) =>
  `r.peer || ' ' || substring(concat_ws(' ', r.fields->>'title', r.fields->>'summary') FROM '(?:${words}) ?([0-9A-F]{4,6})')`;

/** A record as it now is, though that be withdrawn. */
const IS_NEWEST =
  'NOT EXISTS (SELECT FROM received l WHERE l.peer = r.peer AND l.id = r.id AND l.tick > r.tick AND l.revoked_at IS NULL)';

/** Reports of one entry of a registry are of one event. */
const OWN_EVENT = `coalesce((source->>'registry') || ' ' || (source->>'id'), id::text)`;

function condition(trait: string, isOwn: boolean, values: unknown[]): string {
  const field = trait.slice(0, trait.indexOf(':'));
  const rest = trait.slice(field.length + 1);
  if (!/^[a-z_]+$/.test(field)) throw new TypeError(`no trait: ${field}`);
  if (field === 'hazard_domain') {
    values.push(JSON.parse(rest));
    return `${isOwn ? "coalesce(hazard_domain, fields->>'hazard_domain')" : "fields->>'hazard_domain'"} = $${values.length}`;
  }
  if (rest.startsWith('^')) {
    values.push(JSON.parse(rest.slice(1)));
    return `EXISTS (SELECT FROM jsonb_array_elements_text(nullif(fields->'${field}', 'null')) one WHERE starts_with(one, $${values.length}))`;
  }
  if (field === 'occurred_month') {
    const months = rest.split('|');
    values.push(
      months,
      months.map((month) => JSON.parse(month)),
    );
    // A day alone tells its month.
    return `(fields->'occurred_month' @> ANY ($${values.length - 1}::jsonb[])
      OR fields->>'occurred_month' IS NULL AND left(fields->>'occurred', 7) = ANY ($${values.length}))`;
  }
  values.push(rest);
  return `fields->'${field}' @> $${values.length}::jsonb`;
}

/** `name` is for officers: a case, a version or a peer's record. `level` is up to where its fields are known; `isOut`: others have it, and
 *  no draft of the case takes its place. */
export type EventAccount = {
  name: string;
  tlp: string;
  level: number;
  fields: Record<string, unknown>;
  /** Of its draft; a record of a peer has none. */
  findings: { place: string; kind: string; text: string; done: string; by?: string }[];
  changes: { place: string; kind: string; was: string; by: string }[];
  isOut: boolean;
};

/** The accounts of each case's event beside its newest draft: the newest drafts of other cases of the same entry of a registry or with the
 *  same reference as evidence, what was last released of the case itself with what any version before has hidden, and received records that
 *  give the same reference. One question for all cases; those without any are not there. */
export async function eventAccounts(reader: Reader, caseIds: readonly string[]): Promise<Map<string, EventAccount[]>> {
  const rows = await reader.query<EventAccount & { case_id: string }>(
    `WITH own AS (SELECT id, source, exercise, fields FROM cases WHERE id = ANY ($1::uuid[])),
     given AS (
       SELECT own.id, own.exercise, jsonb_build_array(jsonb_build_object('reference', reference)) AS evidence
       FROM own CROSS JOIN LATERAL jsonb_path_query(own.fields, '$.evidence[*].reference') AS reference),
     others AS (
       SELECT own.id AS case_id, c.id
       FROM own JOIN cases c ON c.source->>'registry' = own.source->>'registry' AND c.source->>'id' = own.source->>'id'
         AND c.source IS NOT NULL
       UNION SELECT given.id, d.case_id FROM given JOIN drafts d ON d.fields->'evidence' @> given.evidence)
     SELECT others.case_id, 'case ' || c.id AS name, c.tlp, 5 AS level, d.fields, d.findings, d.changes,
       EXISTS (SELECT FROM records r WHERE r.case_id = c.id) AS "isOut"
     FROM others JOIN own ON own.id = others.case_id
     JOIN cases c ON c.id = others.id AND c.id <> own.id AND c.exercise = own.exercise AND c.status <> 'retracted'
     CROSS JOIN LATERAL (SELECT * FROM drafts WHERE case_id = c.id ORDER BY version DESC LIMIT 1) d
     UNION ALL
     SELECT r.case_id, 'version ' || r.digest, r.tlp, 5, d.fields, hidden.findings, hidden.changes, false
     FROM own CROSS JOIN LATERAL (
       SELECT * FROM records WHERE case_id = own.id AND NOT edition ORDER BY tick DESC LIMIT 1) r
     JOIN drafts d ON d.case_id = r.case_id AND d.version = r.draft
     CROSS JOIN LATERAL (
       SELECT jsonb_path_query_array(jsonb_agg(w.findings ORDER BY v.tick DESC), '$[*][*]') AS findings,
         jsonb_path_query_array(jsonb_agg(w.changes ORDER BY v.tick DESC), '$[*][*]') AS changes
       FROM records v JOIN drafts w ON w.case_id = v.case_id AND w.version = v.draft
       WHERE v.case_id = own.id AND NOT v.edition AND NOT v.retracted) hidden
     WHERE NOT r.retracted
     UNION ALL
     SELECT DISTINCT given.id, 'record ' || r.digest || ' of ' || r.peer, r.tlp, r.level::int, r.fields, '[]'::jsonb, '[]'::jsonb, true
     FROM given JOIN received r ON r.fields->'evidence' @> given.evidence AND r.exercise = given.exercise
     WHERE NOT r.retracted AND r.revoked_at IS NULL AND r.purged_at IS NULL
       AND ${IS_NEWEST}
     ORDER BY name`,
    [caseIds],
  );
  const accounts = new Map<string, EventAccount[]>();
  for (const { case_id, ...account } of rows) {
    const own = accounts.get(case_id) ?? [];
    own.push(account);
    accounts.set(case_id, own);
  }
  return accounts;
}
