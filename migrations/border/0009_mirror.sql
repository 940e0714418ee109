-- What this node keeps of its peers' logs, so that a peer that has lost its newest leaves can take them back.

-- How far a peer's log is mirrored. `size` only grows, together with the entries below it, and each step was verified against
-- a checkpoint of the log before it was kept.
create table mirrors (
  log      text primary key,                      -- the log's name
  peer     text not null references peers,
  size     bigint not null default 0,
  frontier bytea not null default '',
  note     text,                                  -- the largest checkpoint that is mirrored whole
  fault    text,                                  -- why the last attempt kept nothing
  fault_at timestamptz
);
create index mirrors_peer on mirrors (peer);

-- Entry bundles as C2SP tlog-tiles has them; the hash tiles of a log follow from its entries.
create table mirror_entries (
  log    text not null references mirrors,
  index  bigint not null,
  leaves bytea not null,
  primary key (log, index)
);
