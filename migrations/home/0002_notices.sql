-- When a peer warned of a version, before or after its log showed it.
alter table received add column warned_at timestamptz;
create index received_warned on received (peer, warned_at) where warned_at is not null;

alter table outgoing drop constraint outgoing_kind_check;
alter table outgoing add constraint outgoing_kind_check
  check (kind in ('leaf', 'record', 'edition', 'peer', 'statement', 'descriptor', 'terms', 'notice'));
