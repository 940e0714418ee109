-- Former log keys of peers stay known: a checkpoint that one of them signed is judged, and proves a fork, like any other.

-- The last descriptors that showed a former identity or log key, oldest first; `descriptor` comes after them.
alter table peers add column earlier text[] not null default '{}';

-- The descriptors that show the keys of both checkpoints, in the order in which they are verified.
alter table forks add column descriptors text[];
update forks set descriptors = array[descriptor];
alter table forks alter column descriptors set not null, drop column descriptor;

-- Those that show the key of the checkpoint, as they were told with it.
alter table gossiped add column descriptors text[] not null default '{}';
