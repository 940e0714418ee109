-- A batch size that was set anew waits for the next UTC day, so that no batch within a day differs from another.
alter table tree
  add column next_batch_size integer,
  add column next_batch_day  date,                -- the first UTC day on which it holds
  add constraint tree_next check ((next_batch_size is null) = (next_batch_day is null));
