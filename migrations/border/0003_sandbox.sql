-- Peering that is tried before anything is given.

alter table peers add column sandbox boolean not null default false;   -- the wire works, and nothing is given until it is enrolled

-- What the exchange found a peer's node to do, when an officer last asked.
create table conformance (
  peer       text primary key references peers,
  asked_at   timestamptz not null default now(),
  checked_at timestamptz,
  checks     jsonb not null default '[]'          -- of { check, passed, detail }
);
