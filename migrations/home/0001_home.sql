-- The home database: cases, vault, intake, own and received records, decisions. No process that faces peers or the
-- public has a login here (docs/threat-model.md). Text is UTF-8; digests are base64url, 43 characters; days are UTC.

create table labs (
  id          uuid primary key default gen_random_uuid(),
  key_hash    text not null unique,               -- SHA-256 of the API key, base64url; the key itself is shown once
  name_sealed bytea not null,                     -- the lab's name, sealed to the vault
  created_at  timestamptz not null default now(),
  disabled_at timestamptz
);

create table tokens (
  hash        text primary key,                   -- SHA-256 of the bearer token, base64url
  name        text not null unique,
  scope       text not null check (scope in ('officer', 'reader')),
  created_at  timestamptz not null default now(),
  disabled_at timestamptz
);

-- What an officer works on: the report without the vault's part. `change` moves on every change, for the change feed.
create sequence case_changes;

-- A number is given before its transaction ends. Whoever gives numbers holds a lock that names the last one before, until then.
create function mark_change()
returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock_shared((7007::bigint << 40) + (select case when is_called then last_value else 0 end
    from case_changes));
  return null;
end $$;

-- Up to this number every change that there will ever be has committed. Ask for the rows in a statement after this one.
create function settled_change()
returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare last_given bigint; oldest bigint;
begin
  select case when is_called then last_value else 0 end into last_given from case_changes;
  select min(((classid::bigint << 32) | objid::bigint) - (7007::bigint << 40)) into oldest from pg_locks
  where locktype = 'advisory' and objsubid = 1 and (classid::bigint >> 8) = 7007
    and database = (select oid from pg_database where datname = current_database());
  return least(last_given, oldest);
end $$;

create table cases (
  id            uuid primary key,
  lab           uuid not null references labs,
  source        jsonb,                            -- {registry, id, url, licence, attribution} of an imported report
  status        text not null default 'received'
                check (status in ('received', 'drafted', 'held', 'releasing', 'released', 'retracting', 'retracted')),
  fields        jsonb not null,                   -- the incident's fields as reported
  proposals     jsonb not null default '[]',      -- an importer's proposals, each with its basis
  severity      jsonb not null default '"unrated"',
  hazard_domain text,
  tlp           text not null default 'clear' check (tlp in ('clear', 'green', 'amber', 'amber-strict', 'red')),
  exercise      boolean not null default false,
  received_at   timestamptz not null default now(),
  change        bigint not null default nextval('case_changes'),
  draft_due     boolean not null default true,    -- something came in that its newest draft has not seen
  search        tsvector generated always as (
    to_tsvector('english', coalesce(fields->>'title', '') || ' ' || coalesce(fields->>'summary', ''))) stored
);
create index cases_change on cases (change);
create index cases_status on cases (status, change);
create index cases_draft_due on cases (received_at, id) where draft_due;
create trigger cases_change before insert or update of change on cases for each statement execute function mark_change();
create index cases_search on cases using gin (search);
create unique index cases_source on cases (lab, (source->>'registry'), (source->>'id')) where source is not null;

create table case_updates (
  case_id     uuid not null references cases,
  number      integer not null,
  text        text not null,
  received_at timestamptz not null default now(),
  primary key (case_id, number)
);

-- Names and the report's exact bytes, sealed where they enter. `number` 0 is the report, 1 and on its updates.
create table vault (
  case_id        uuid not null,
  number         integer not null default 0,
  parties_sealed bytea not null,
  body_sealed    bytea not null,
  media_type     text not null,
  position       bigint generated always as identity unique,
  sealed_at      timestamptz not null default now(),
  primary key (case_id, number)
);

-- One row is open; the close locks it. Reports read the day from here, never from the clock.
create table intake_days (
  day       date primary key,
  closed_at timestamptz,
  root      text,
  size      integer,
  leaves    bytea                                 -- of the closed tree, padding too: what a lab's proof is made from
);
create unique index intake_days_open on intake_days ((closed_at is null)) where closed_at is null;

create table intake_leaves (
  day     date not null references intake_days,
  leaf    bytea not null primary key,
  case_id uuid not null,
  number  integer not null default 0,
  place   integer                                 -- its place in the day's tree, drawn at the close
);
create index intake_leaves_day on intake_leaves (day);
create unique index intake_leaves_case on intake_leaves (case_id, number);

create table receipts (
  case_id uuid not null,
  number  integer not null default 0,
  receipt jsonb not null,                         -- {jws, salt, leaf, index, size, path}
  primary key (case_id, number)
);

create table idempotency (
  lab         uuid not null references labs,
  key         text not null,
  body_digest text not null,
  status      integer not null,
  reply       text not null,
  created_at  timestamptz not null default now(),
  primary key (lab, key)
);

-- What would leave, before it is decided on. A decision names the digest of the draft that it saw.
create table drafts (
  case_id       uuid not null references cases,
  version       integer not null,
  digest        text not null,                    -- SHA-256 over type, tlp, exercise, fields and public fields
  fields        jsonb not null,
  public_fields jsonb not null,
  holds         jsonb not null,                   -- [{code, place, kind, start, end}]: empty when the check is clean
  created_at    timestamptz not null default now(),
  primary key (case_id, version)
);

-- Every version of an own record and of its public edition. `place` is its index in the log, once it has one.
create table records (
  digest       text primary key,
  id           uuid not null,
  case_id      uuid not null references cases,
  draft        integer,                           -- absent in a retraction
  edition      boolean not null default false,    -- true: a public edition, a record of its own
  type         text not null,
  domain       text not null,
  band         text not null,
  severity     smallint,
  tlp          text not null,
  tick         bigint not null,
  exercise     boolean not null,
  retracted    boolean not null,
  token        text not null,
  lengths      integer[] not null,
  border_level smallint,                          -- the longest prefix that border holds; absent: nothing
  place        bigint unique,
  issued_at    timestamptz not null default now(),
  unique (id, tick)
);
create index records_case on records (case_id);

-- How many leaves are promised to each coming batch of the log.
create table log_room (
  tick  bigint primary key,
  taken integer not null
);

create table decisions (
  number     bigint generated always as identity primary key,
  case_id    uuid not null references cases,
  kind       text not null check (kind in ('release', 'retraction')),
  draft      text,                                -- the digest decided on
  public     boolean not null default false,
  actor      text not null,
  reason     text not null,
  done_at    timestamptz,
  outcome    text
);
create index decisions_open on decisions (number) where done_at is null;

-- Append-only and chained: each row carries the hash of the one before. Written by record_acts alone.
create table acts (
  number    bigint primary key,
  at        timestamptz not null,
  actor     text not null,
  act       text not null,
  object    text not null,
  reason    text not null,
  approvals jsonb not null default '[]',
  previous  text not null,
  hash      text not null unique
);

-- Acts in order, as rows of actor, act, object, reason and perhaps approvals. `hash` is SHA-256, base64url, over the JSON array
-- ["detente/act/1", number, at, actor, act, object, reason, approvals, previous], a blank behind each comma, `at` as the API has it.
create function record_acts(new_acts jsonb)
returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  last acts%rowtype;
  one record;
  now_at timestamptz := date_trunc('milliseconds', clock_timestamp());
  now_text text := to_char(now_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
begin
  perform pg_advisory_xact_lock(7001);
  select * into last from acts order by number desc limit 1;
  for one in
    select value->>'actor' as actor, value->>'act' as act, value->>'object' as object, value->>'reason' as reason,
      coalesce(value->'approvals', '[]') as approvals
    from jsonb_array_elements(new_acts) with ordinality order by ordinality
  loop
    insert into acts (number, at, actor, act, object, reason, approvals, previous, hash)
    values (coalesce(last.number, 0) + 1, now_at, one.actor, one.act, one.object, one.reason, one.approvals,
      coalesce(last.hash, '-'),
      translate(encode(sha256(convert_to(jsonb_build_array('detente/act/1', coalesce(last.number, 0) + 1, now_text, one.actor,
        one.act, one.object, one.reason, one.approvals, coalesce(last.hash, '-'))::text, 'UTF8')), 'base64'), '+/=', '-_'))
    returning * into last;
  end loop;
end $$;

-- The only way from home to border: numbered, carried in order, once. Numbers are given under a lock that is held to the
-- commit, so that no lower number can appear after a higher one was read.
create table outgoing (
  number  bigint primary key,
  kind    text not null check (kind in ('record', 'leaf', 'peer', 'statement', 'descriptor', 'terms', 'edition')),
  body    jsonb not null,
  made_at timestamptz not null default now()
);
create sequence outgoing_number;

-- Rows of kind and body, in order; their numbers come back in that order.
create function write_outgoing(new_rows jsonb)
returns setof bigint language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7002);
  return query
    insert into outgoing (number, kind, body)
    select nextval('outgoing_number'), value->>'kind', value->'body'
    from jsonb_array_elements(new_rows) with ordinality order by ordinality
    returning number;
end $$;

-- What peers sent, verified twice. The version with the highest tick is current.
create table received (
  peer         text not null,                     -- the origin whose record it is
  digest       text not null,
  id           uuid not null,
  type         text not null,
  tick         bigint not null,
  place        bigint,                            -- index in its origin's log
  level        smallint not null,
  domain       text not null,
  band         text not null,
  tlp          text not null,
  exercise     boolean not null,
  retracted    boolean not null,
  presentation text not null,
  fields       jsonb not null,
  page_terms   text,
  rule         text,                              -- of a late item
  received_at  timestamptz not null default now(),
  change       bigint not null default nextval('case_changes'),
  primary key (peer, digest),
  unique (peer, id, tick)
);
create index received_change on received (change);
create trigger received_change before insert or update of change on received
  for each statement execute function mark_change();

-- Statements of both directions, as the bytes signed. `aud` is '' for public ones.
create table statements (
  iss         text not null,
  typ         text not null,
  aud         text not null,
  seq         bigint not null,
  jti         text not null,
  digest      text not null,
  jws         text not null,
  body        jsonb not null,
  received_at timestamptz not null default now(),
  primary key (iss, typ, aud, seq)
);

-- Terms in force per peer and direction, one row a day; the newest decides.
create table terms (
  peer       text not null,
  direction  text not null check (direction in ('given', 'taken')),
  day        date not null,
  digest     text not null,
  cells      jsonb not null,
  computed_at timestamptz not null default now(),
  primary key (peer, direction, day, digest)
);

-- Append-only; the copy that the worker folds. `number` is that of the outgoing row, `line` the place in it.
create table grants (
  number     bigint not null,
  line       integer not null,
  peer       text not null,
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

-- Which outgoing rows have arrived, and what has been copied back from border.
create table carried (
  single    boolean primary key default true check (single),
  number    bigint not null default 0
);
insert into carried default values;

-- The open intake day, locked until the caller's transaction ends, so that the close waits for it (and it for the close).
create function open_intake_day()
returns date language plpgsql security definer set search_path = pg_catalog, public as $$
declare open_day date;
begin
  select day into open_day from intake_days where closed_at is null for share;
  if open_day is null then
    perform pg_advisory_xact_lock(7003);
    select day into open_day from intake_days where closed_at is null for share;
    if open_day is null then
      insert into intake_days (day)
      values (greatest((now() at time zone 'utc')::date, coalesce((select max(day) + 1 from intake_days), '-infinity')))
      returning day into open_day;
    end if;
  end if;
  return open_day;
end $$;

-- The jobs that a service may ask the worker for, one function a kind, so that it needs no other right on the queue.
-- They name no case and no decision: a job takes all that is due or open, in groups, one job of a kind at a time.
create function enqueue_drafts()
returns void language sql security definer set search_path = pg_catalog, public as $$
  select queue_worker.add_job('draft', '{}', queue_name := 'drafts');
$$;

create function ask_drafts(case_ids uuid[])
returns void language sql security definer set search_path = pg_catalog, public as $$
  update cases set draft_due = true, change = nextval('case_changes') where id = any (case_ids);
  select enqueue_drafts();
$$;

create function enqueue_decisions()
returns void language sql security definer set search_path = pg_catalog, public as $$
  select queue_worker.add_job('decide', '{}', queue_name := 'decisions');
$$;

-- One after the other; and of offers to one peer the newest alone: an older one that failed half-way is not tried again behind
-- it, else what an officer has narrowed would be wide again.
create function enqueue_peer(request json)
returns void language sql security definer set search_path = pg_catalog, public as $$
  select queue_worker.add_job('peer', request, queue_name := 'peer',
    job_key := case request->>'op' when 'offer' then 'offer:' || (request->>'peer') end);
$$;
