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

-- While the row stands the worker does not know that this is the whole of our own log. It alone writes here; the exchange asks
-- the peers, and fetches what is missing.
create table log_recovery (
  single   boolean primary key default true check (single),
  since    timestamptz not null default now(),    -- what peers said before does not count
  everyone boolean not null default false,        -- the log was taken back: not one peer may be left unasked
  size     bigint,                                -- leaves to take back up to; absent while nobody is known to have seen more
  note     text,                                  -- our own checkpoint of that size, as a peer has it
  refused  text[] not null default '{}',          -- peers whose leaves did not lead to it
  check ((size is null) = (note is null))
);

-- What each peer says to have seen of our own log. Nothing of it is verified.
create table own_log_seen (
  peer       text primary key references peers,
  asked_at   timestamptz not null,
  size       bigint,                              -- of the checkpoint; absent: none
  note       text,
  fault      text,                                -- why it has not said it
  tail_fault text                                 -- why it has not given the leaves that are missing
);

-- Leaves of our own log that are missing here, in bundles, as a peer mirrors them. Nothing of it is verified.
create table own_tail (
  peer   text not null references peers,
  index  bigint not null,
  leaves bytea not null,
  primary key (peer, index)
);
