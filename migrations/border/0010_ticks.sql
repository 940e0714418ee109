-- When the last batch was taken, by this database's clock: of several workers only one takes that of a tick.
alter table tree add column ticked_at timestamptz;
