-- Former log keys of peers stay known: a checkpoint that one of them signed is judged, and proves a fork, like any other.

-- The last descriptors that showed a former identity or log key, oldest first; `descriptor` comes after them.
alter table peers add column earlier text[] not null default '{}';

-- The descriptors that show the keys of both checkpoints, in the order in which they are verified.
alter table forks add column descriptors text[];
update forks set descriptors = array[descriptor];
alter table forks alter column descriptors set not null, drop column descriptor;

-- Those that show the key of the checkpoint, as they were told with it.
alter table gossiped add column descriptors text[] not null default '{}';

-- The tree above a mirrored log's bundles as the tiles of C2SP tlog-tiles, from level 1 up: whatever is proven of a log reads two
-- of each level at most. Nothing of the log is lost with the mirrors of before: they are taken again.
alter table mirror_entries drop column root;
delete from mirror_entries;
delete from mirrors;
create table mirror_tiles (
  log    text not null references mirrors,
  level  integer not null,
  index  bigint not null,
  hashes bytea not null,
  primary key (log, level, index)
);
