-- Notices: what goes from node to node at once, without waiting for the log.

-- What peers are to be told; a row waits until its peer has taken it.
create table notices_out (
  number       bigint generated always as identity primary key,
  peer         text not null references peers,
  kind         text not null check (kind in ('warning', 'recall', 'answer', 'canary')),
  digest       text not null,                     -- of the record version or statement
  body         text not null,                     -- the presentation, as far as this peer is warned of it; or the statement
  created_at   timestamptz not null default now(),
  attempts     integer not null default 0,
  next_at      timestamptz not null default now(),
  fault        text,                              -- why the last attempt failed
  delivered_at timestamptz,
  unique (peer, kind, digest)
);
create index notices_out_waiting on notices_out (peer, next_at) where delivered_at is null;

-- Which notices a peer brought, so that one counts once, and against its budget.
create table notices_in (
  peer        text not null references peers,
  kind        text not null,
  digest      text not null,
  length      integer not null,                   -- of the longest presentation
  received_at timestamptz not null default now(),
  primary key (peer, kind, digest)
);
create index notices_in_recent on notices_in (peer, received_at);

alter table landing drop constraint landing_kind_check;
alter table landing add constraint landing_kind_check
  check (kind in ('record', 'statement', 'descriptor', 'warning', 'recall', 'answer', 'canary'));
drop index landing_statements;
create unique index landing_statements on landing (peer, kind, digest) where kind not in ('record', 'warning');
-- Warnings are taken home before everything else.
create index landing_warnings on landing (number) where kind = 'warning';
