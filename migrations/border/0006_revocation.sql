-- A receipt of a key that was stolen counts for nothing; it is kept, and its number is free again.
alter table receipts_in add column void_at timestamptz;
alter table receipts_in drop constraint receipts_in_pkey;
create unique index receipts_in_number on receipts_in (peer, seq) where void_at is null;
