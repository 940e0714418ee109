-- How much a peer brought in a day is summed with each statement, from the index alone.

create index notices_in_day on notices_in (peer, received_at) include (kind, length);
drop index notices_in_recent;

-- The record on which a receipt disagrees with what its peer was given; empty: on none. Absent: it is still to be compared.
alter table receipts_in add column disagrees text;
create index receipts_in_uncompared on receipts_in (peer, seq) where disagrees is null and void_at is null;
create index receipts_in_disagreeing on receipts_in (peer, seq) where disagrees <> '' and void_at is null;
