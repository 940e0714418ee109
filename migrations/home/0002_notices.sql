-- When a peer warned of a version, before or after its log showed it.
alter table received add column warned_at timestamptz;
-- When an officer answered a recall with its purge: what was cut away does not come back.
alter table received add column purged_at timestamptz;
create index received_warned on received (peer, warned_at) where warned_at is not null;

alter table outgoing drop constraint outgoing_kind_check;
alter table outgoing add constraint outgoing_kind_check
  check (kind in ('leaf', 'record', 'edition', 'peer', 'statement', 'descriptor', 'terms', 'notice'));

-- Recalls of both directions; statement and answer stand in `statements`.
create table recalls (
  digest      text primary key,                   -- of the recall
  peer        text not null,                      -- whom we ask, or who asks us
  own         boolean not null,
  made_at     timestamptz not null default now(),
  due_at      timestamptz not null,
  answer      text,                               -- digest of the answer
  answered_at timestamptz
);
create index recalls_open on recalls (due_at) where answer is null;

-- Of two standings of one peer the later one holds; two answers to one recall are one job.
create or replace function enqueue_peer(request json)
returns void language sql security definer set search_path = pg_catalog, public as $$
  select queue_worker.add_job('peer', request, queue_name := 'peer',
    job_key := case request->>'op' when 'offer' then 'offer:' || (request->>'peer')
      when 'standing' then 'standing:' || (request->>'peer')
      when 'answer' then 'answer:' || (request->'answer'->>'recall') end);
$$;
