-- Events beside each other: how many fit what a record shows, and the reports of one event.

create index cases_traits on cases using gin (
  (fields->'occurred_month') jsonb_path_ops, (fields->'countries_affected') jsonb_path_ops, (fields->'sector') jsonb_path_ops,
  (fields->'deployment') jsonb_path_ops, (fields->'techniques') jsonb_path_ops
);
create index received_traits on received using gin (
  (fields->'occurred_month') jsonb_path_ops, (fields->'countries_affected') jsonb_path_ops, (fields->'sector') jsonb_path_ops,
  (fields->'deployment') jsonb_path_ops, (fields->'techniques') jsonb_path_ops, (fields->'evidence') jsonb_path_ops
);
-- Several labs may report the same entry of a registry.
create index cases_entry on cases ((source->>'registry'), (source->>'id')) where source is not null;
