-- The border database: what has been granted, the landing place, log and peers. Nothing here names what a peer or the
-- public may not see; of a record it holds the longest prefix that anybody has been granted.

create table peers (
  origin      text primary key,
  name        text not null unique,
  fingerprint text not null,                      -- RFC 7638 thumbprint of the identity key, checked out of band
  ca          text,                               -- PEM of a pinned CA; absent: WebPKI
  status      text not null default 'pending' check (status in ('pending', 'active', 'suspended', 'expelled')),
  keys        jsonb not null default '{}',        -- purpose → public JWK, from the verified descriptor
  log_name    text,
  descriptor  text,
  added_at    timestamptz not null default now()
);
create index peers_transport on peers ((keys #>> '{transport,kid}'));

-- The number of the last outgoing row applied; a row is applied with it in one transaction, so exactly once.
create table applied (
  single boolean primary key default true check (single),
  number bigint not null default 0
);
insert into applied default values;

create table descriptor (
  seq bigint primary key,
  jws text not null
);

create table presentations (
  digest    text primary key,
  record_id uuid not null,
  cell      text not null,                        -- type/domain/band
  least     smallint not null,                    -- the least level that its TLP asks for
  tick      bigint not null,
  body      text not null,
  lengths   integer[] not null,                   -- of level 0 to 5, cut to what body holds
  place     bigint unique,                        -- index in the log, once it has one
  unique (record_id, tick)
);
create index presentations_unplaced on presentations (digest) where place is null;

-- Append-only; folded by number (packages/reciprocity). Level absent: nothing.
create table grants (
  number     bigint not null,
  line       integer not null,
  peer       text not null references peers,
  cell       text,                                -- type/domain/band
  record_id  uuid,
  from_index bigint not null,
  level      smallint,
  rule       text not null,
  terms      text,
  primary key (number, line),
  check ((record_id is null) = (cell is not null))
);
create index grants_peer on grants (peer, number, line);

-- The UTC day and digest of the terms that a peer's pages are composed under.
create table terms (
  peer   text not null references peers,
  day    date not null,
  digest text not null,
  number bigint not null,
  primary key (peer, number)
);

-- Leaves that wait for their batch. `after` is the leaf of the version before, which must be in an earlier batch.
create table pending_leaves (
  leaf  bytea primary key,
  tick  bigint not null,
  after bytea
);
create index pending_leaves_tick on pending_leaves (tick);

-- Where a leaf went; the worker copies it home and clears it.
create table sequenced (
  leaf  bytea primary key,
  place bigint not null
);

create table tree (
  single     boolean primary key default true check (single),
  size       bigint not null default 0,
  tick       bigint not null default 0,           -- batches so far
  frontier   bytea not null default '',
  batch_size integer not null
);

create table tiles (
  level smallint not null,
  index bigint not null,
  hashes bytea not null,                          -- width × 32 bytes; a prefix of it is the partial tile of a smaller tree
  primary key (level, index)
);

create table entries (
  index  bigint primary key,
  leaves bytea not null                           -- C2SP entry bundle, 34 bytes an entry; a prefix of it is the partial bundle
);

create table checkpoints (
  size    bigint primary key,
  note    text not null,
  made_at timestamptz not null default now()
);

create table statements_out (
  peer    text not null references peers,
  typ     text not null,
  seq     bigint not null,
  digest  text not null unique,
  jws     text not null,
  sent_at timestamptz,
  primary key (peer, typ, seq)
);

create table statement_counters (
  typ  text not null,
  aud  text not null,
  seq  bigint not null,
  primary key (typ, aud)
);

create table nonces (
  keyid      text not null,
  nonce      text not null,
  expires_at timestamptz not null,
  primary key (keyid, nonce)
);
create index nonces_expiry on nonces (expires_at);

-- What we hold of a peer's log: cursor, frontier and checkpoint move together with the records that landed.
create table cursors (
  peer       text primary key references peers,
  after      bigint not null default 0,
  late       bigint not null default 0,
  frontier   bytea not null default '',
  checkpoint text,
  pages      bigint not null default 0,
  pulled_at  timestamptz,
  fault      text,                                -- why the last pull failed, if it did
  fault_at   timestamptz
);

-- The highest `next` ever composed for a peer, and the last number of its late list; one lock a peer.
create table served (
  peer text primary key references peers,
  mark bigint not null default 0,
  late bigint not null default 0
);

create table late_items (
  peer   text not null references peers,
  number bigint not null,
  digest text not null references presentations,
  rule   text not null,
  primary key (peer, number)
);

create table landing (
  number      bigint generated always as identity primary key,
  peer        text not null references peers,
  kind        text not null check (kind in ('record', 'statement', 'descriptor')),
  digest      text not null,
  place       bigint,
  late        bigint,
  rule        text,
  page_day    date,
  page_terms  text,
  body        text not null,
  received_at timestamptz not null default now()
);
-- The same statement waits once, however often a peer puts it.
create unique index landing_statements on landing (peer, kind, digest) where kind <> 'record';

create table quarantine (
  number      bigint generated always as identity primary key,
  peer        text not null references peers,
  kind        text not null,
  place       bigint,
  digest      text,
  code        text not null,
  detail      text not null,
  body        text not null,
  received_at timestamptz not null default now()
);

create table receipts_out (
  peer    text not null references peers,
  seq     bigint not null,
  jws     text not null,
  sent_at timestamptz,
  primary key (peer, seq)
);

create table receipts_in (
  peer        text not null references peers,
  seq         bigint not null,
  jws         text not null,
  received_at timestamptz not null default now(),
  primary key (peer, seq)
);

-- Public editions, as publication shows them; the current version of each.
create table editions (
  id          uuid primary key,
  digest      text not null unique,
  tick        bigint not null,
  place       bigint unique,
  retracted   boolean not null,
  exercise    boolean not null,
  kind        text,
  domain      text not null,
  band        text not null,
  severity    smallint,
  month       text,
  fields      jsonb not null,
  token       text not null,
  search      tsvector generated always as (
    to_tsvector('english', coalesce(fields->>'title', '') || ' ' || coalesce(fields->>'summary', ''))) stored
);
create index editions_search on editions using gin (search);
create index editions_order on editions (tick desc, id);
