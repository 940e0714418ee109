-- What is found in a case's texts that no vault knows, what officers say of it, and what each draft changed.

alter table drafts
  add column findings jsonb not null default '[]', -- [{id, place, start, end, kind, confidence, reason, text, done, by}]
  add column changes jsonb not null default '[]';  -- [{place, start, end, was, written, kind, by, finding}] from what came in

-- Append-only: the newest row of a finding counts. `text` are words of the case. Persons and organisations that are removed by the newest
-- row are protected terms of the whole node.
create table finding_verdicts (
  number    bigint generated always as identity primary key,
  case_id   uuid not null references cases,
  finding   text not null,
  kind      text not null,
  text      text not null,
  verdict   text not null check (verdict in ('remove', 'keep')),
  actor     text not null,
  reason    text not null,
  at        timestamptz not null default now()
);
create index finding_verdicts_finding on finding_verdicts (case_id, finding, number desc);
