-- Digests of the statements that terms follow from, as a page shows them: the giver's offer, the taker's, the giver's standing of the
-- taker, the taker's of the giver; null for none.

-- Absent for terms from before they were kept.
alter table terms add column inputs text[];

-- Under which terms a peer's last page was composed, and from what, as it says; absent where the page came in a bundle, which tells of the
-- past.
alter table cursors
  add column terms_day    date,
  add column terms        text,
  add column terms_inputs text[];
