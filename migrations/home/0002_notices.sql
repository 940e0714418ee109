-- When a peer warned of a version, before or after its log showed it.
alter table received add column warned_at timestamptz;
create index received_warned on received (peer, warned_at) where warned_at is not null;
