-- Own cases that give the same reference as evidence are accounts of one event (docs/decisions/0044-reports-of-one-entry-are-of-one-event.md).
-- Of drafts, which nobody updates; with what waits in a list beside the index, each question would read all of that.
create index drafts_evidence on drafts using gin ((fields->'evidence') jsonb_path_ops) with (fastupdate = off);

-- Where no month stands, a day tells it.
create index cases_day on cases (left(fields->>'occurred', 7)) where fields->>'occurred_month' is null;
create index received_day on received (left(fields->>'occurred', 7)) where fields->>'occurred_month' is null;
