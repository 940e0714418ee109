// How much of what a peer sends and we refuse is kept as evidence.

/** Refusals of one peer that are kept with their bytes. A peer that sends more shows nothing new: it is counted. */
export const quarantineQuota = 1000;

/** Code of the row that stands for what was not kept of a peer's things of one kind; its detail says how many (`{"not_kept":12}`), and
 *  it has the time of the last one. */
export const quarantineFull = 'quarantine_full';

/** SQL: how many were refused, of rows of the quarantine; with those that were not kept. */
export const countQuarantined = `coalesce(sum(
  CASE code WHEN '${quarantineFull}' THEN (detail::json ->> 'not_kept')::bigint ELSE 1 END), 0)::bigint`;
