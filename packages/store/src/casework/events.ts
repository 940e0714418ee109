// Events beside each other: how many fit what a record shows, and the accounts of one event (decision 44).

import type { Reader } from '../database.ts';

/** How many events, of own cases and of received records as they now are, have all the traits of each set; counted up to `most`. One
 *  question for all sets. A set without traits fits all.
 *  @param sets of traits as `traitsOf` of redaction writes them
 *  @param exercise whether drills are counted, or what is none */
export async function countFitting(
  reader: Reader,
  sets: readonly (readonly string[])[],
  { most, exercise }: { most: number; exercise: boolean },
): Promise<number[]> {
  if (sets.length === 0) return [];
  const values: unknown[] = [most, exercise];
  const counts = sets.map((traits, at) => {
    const where = (isOwn: boolean) => traits.map((trait) => condition(trait, isOwn, values)).join(' AND ') || 'true';
    return `SELECT ${at} AS at, count(*)::int AS fit FROM (SELECT DISTINCT event FROM (
        SELECT ${OWN_EVENT} AS event FROM cases WHERE status <> 'retracted' AND exercise = $2 AND ${where(true)}
        UNION ALL
        SELECT r.peer || ' ' || r.id FROM received r
        WHERE NOT r.retracted AND r.revoked_at IS NULL AND r.purged_at IS NULL AND r.exercise = $2 AND ${where(false)}
      ) events LIMIT $1) fitting`;
  });
  const rows = await reader.query<{ at: number; fit: number }>(counts.join('\nUNION ALL\n'), values);
  return sets.map((_, at) => rows.find((row) => row.at === at)!.fit);
}

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
  values.push(field === 'occurred_month' ? rest.split('|') : [rest]);
  return `fields->'${field}' @> ANY ($${values.length}::jsonb[])`;
}

/** `name` is for officers: a case, a version or a peer's record. `level` is up to where its fields are known. */
export type EventAccount = {
  name: string;
  tlp: string;
  level: number;
  fields: Record<string, unknown>;
  hidden: { kind: string; text: string }[];
};

/** The accounts of a case's event beside its newest draft: the newest drafts of other cases of the same entry of a registry, what was last
 *  released of the case itself, and received records that give the same reference as evidence. */
export async function eventAccounts(reader: Reader, caseId: string): Promise<EventAccount[]> {
  return reader.query<EventAccount>(
    `WITH own AS (SELECT id, source, exercise, fields FROM cases WHERE id = $1)
     SELECT 'case ' || c.id AS name, c.tlp, 5 AS level, d.fields, ${hidden('d')} AS hidden
     FROM own JOIN cases c ON c.source->>'registry' = own.source->>'registry' AND c.source->>'id' = own.source->>'id'
       AND c.source IS NOT NULL AND c.id <> own.id AND c.exercise = own.exercise AND c.status <> 'retracted'
     CROSS JOIN LATERAL (SELECT * FROM drafts WHERE case_id = c.id ORDER BY version DESC LIMIT 1) d
     UNION ALL
     (SELECT 'version ' || r.digest, r.tlp, 5, d.fields, ${hidden('d')}
      FROM records r JOIN drafts d ON d.case_id = r.case_id AND d.version = r.draft
      WHERE r.case_id = $1 AND NOT r.edition AND NOT r.retracted ORDER BY r.tick DESC LIMIT 1)
     UNION ALL
     SELECT DISTINCT 'record ' || r.digest || ' of ' || r.peer, r.tlp, r.level::int, r.fields, '[]'::jsonb
     FROM own CROSS JOIN LATERAL jsonb_path_query(own.fields, '$.evidence[*].reference') AS reference
     JOIN received r ON r.fields->'evidence' @> jsonb_build_array(jsonb_build_object('reference', reference))
     WHERE NOT r.retracted AND r.revoked_at IS NULL AND r.purged_at IS NULL AND r.exercise = own.exercise
       AND NOT EXISTS (SELECT FROM received l WHERE l.peer = r.peer AND l.id = r.id AND l.tick > r.tick AND l.revoked_at IS NULL)
     ORDER BY name`,
    [caseId],
  );
}

/** What was taken out of a draft's texts. */
function hidden(draft: string): string {
  return `jsonb_path_query_array(${draft}.findings, '$[*] ? (@.done == "removed")')`;
}
