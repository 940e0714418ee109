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
-- of each level at most.
alter table mirror_entries drop column root;
create table mirror_tiles (
  log    text not null references mirrors,
  level  integer not null,
  index  bigint not null,
  hashes bytea not null,
  primary key (log, level, index)
);
-- Those of the mirrors that are there: RFC 6962 hashes of the leaves of full bundles, each 32 bytes behind two of length, and of
-- each complete tree above them.
with recursive nodes as (
  select log, 0 as height, index * 256 + i as index, sha256('\x00' || substring(leaves from i * 34 + 3 for 32)) as hash
    from mirror_entries cross join generate_series(0, 255) as i where octet_length(leaves) = 256 * 34
  union all
  select log, height + 1, index / 2, sha256('\x01' || hash || next)
    from (select *, lead(hash) over (partition by log order by index) as next from nodes) as pairs
    where index % 2 = 0 and next is not null
)
insert into mirror_tiles (log, level, index, hashes)
  select log, height / 8, index / 256, string_agg(hash, '' order by index)
  from nodes where height > 0 and height % 8 = 0 group by log, height, index / 256;
