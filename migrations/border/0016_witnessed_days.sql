-- When this node cosigned each peer's log: the last time of each UTC day, for the ledger.

create table witnessed_days (
  log  text not null,
  peer text not null,
  day  date not null,
  at   timestamptz not null,
  note text not null,                             -- the checkpoint, with our cosignature
  primary key (log, day)
);
create index witnessed_days_peer on witnessed_days (peer, day);
-- Of no log: from this day on they are kept, and nobody is blamed for those before.
insert into witnessed_days values ('', '', (now() at time zone 'utc')::date, now(), '');
-- When this node stood still is seen from its own checkpoints.
create index checkpoints_made on checkpoints (made_at);
