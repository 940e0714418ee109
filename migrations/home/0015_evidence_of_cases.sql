-- Own cases that give the same reference as evidence are accounts of one event (docs/decisions/0044-reports-of-one-entry-are-of-one-event.md).

create index cases_evidence on cases using gin ((fields->'evidence') jsonb_path_ops);
