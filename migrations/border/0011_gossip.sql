-- Peers tell each other which checkpoints they were shown of the logs that both of them list.

alter table peers
  add column listed boolean not null default true; -- whether others may know that it is a peer of ours

-- RFC 6962 root over the 256 leaves of a full bundle: with these a proof reads the leaves of the log's edges alone.
alter table mirror_entries add column root bytea;

-- Two checkpoints that a peer's log has signed and that no tree holds both: the proof that it has forked.
create table forks (
  log          text not null,
  peer         text not null references peers,
  smaller_size bigint not null,
  larger_size  bigint not null,
  smaller      text not null,                     -- signed notes
  larger       text not null,
  root         bytea not null,                    -- what the larger tree has for a root at the smaller size
  proof        bytea[] not null,                  -- consistency proof from that root
  descriptor   text not null,                     -- that shows the log's key
  found_at     timestamptz not null default now(),
  primary key (log, smaller_size, larger_size)
);
create index forks_peer on forks (peer);
insert into forks (log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptor, found_at)
  select f.log, w.peer, f.size, f.size, f.held, f.offered, decode(split_part(f.offered, E'\n', 3), 'base64'), '{}', p.descriptor, f.at
  from witnessed_forks f join witnessed w using (log) join peers p on p.origin = w.peer
  where p.descriptor is not null;
drop table witnessed_forks;

-- Checkpoints that a peer was shown and that lie beyond what we mirror: looked at when we are there.
create table gossiped (
  log  text not null,
  peer text not null references peers,            -- who told of it
  note text not null,
  size bigint not null,
  primary key (log, peer)
);
