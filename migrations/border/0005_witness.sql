-- Witnesses (C2SP tlog-witness): what this node cosigned of its peers' logs, and what they cosigned of its own.

-- What was cosigned last of a peer's log; written before the cosignature goes out, and its size only grows.
create table witnessed (
  log         text primary key,                   -- the log's name
  peer        text not null references peers,
  size        bigint not null,
  root        bytea not null,
  note        text not null,                      -- the checkpoint as its log signed it, and our cosignature
  cosigned_at timestamptz not null default now(),
  refused_at  timestamptz                         -- when it last offered one that does not continue this one
);

-- Two checkpoints of one size that a log has signed, with different roots: together they prove a fork.
create table witnessed_forks (
  log     text not null references witnessed,
  size    bigint not null,
  held    text not null,
  offered text not null,
  at      timestamptz not null default now(),
  primary key (log, size)
);

-- Signature lines of peers' witnesses under our own checkpoints, each verified before it was kept.
create table cosignatures (
  size        bigint not null references checkpoints,
  peer        text not null references peers,
  line        text not null,
  cosigned_at timestamptz not null default now(),
  primary key (size, peer)
);
create index cosignatures_peer on cosignatures (peer, size);

alter table cursors add column witness_fault text;   -- why the peer's witness did not sign, when it was last asked
