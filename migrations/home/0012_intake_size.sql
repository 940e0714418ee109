-- A day's tree is made after its close, has as many places on every day, and its padding comes from a seed.

alter table intake_days
  add column seed bytea;                          -- of the padding, 32 bytes; absent: `leaves` has it
drop index intake_leaves_day;
create index intake_leaves_day on intake_leaves (day, place);
