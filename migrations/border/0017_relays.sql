-- Records of one peer that are passed on to another: late items of another log.

-- Origins whose records we take from the peer as their relay.
alter table terms add column relays text[] not null default '{}';

-- What is passed on, as far as anybody may have it.
create table relayed (
  digest    text primary key,
  origin    text not null references peers,
  record_id uuid not null,
  cell      text not null,                        -- type/domain/band
  least     smallint not null,                    -- the least level that its TLP asks for
  body      text not null,
  lengths   integer[] not null,                   -- of level 0 to 5, cut to what body holds
  place     bigint not null                       -- index in its origin's log
);

-- To whom, and how much of it at most: what the peer's grants give of the cell caps it further.
create table relays (
  peer     text not null references peers,
  digest   text not null references relayed,
  number   bigint not null,                       -- in the peer's late list
  level    smallint,                              -- absent: nothing any more
  followed boolean not null,                      -- it has an earlier version, so the signed part of this one goes to it in any case
  outgoing bigint not null,                       -- number of the row that brought it: an earlier one changes nothing any more
  primary key (peer, digest)
);
create index relays_number on relays (peer, number);

alter table landing
  add column origin   text,                       -- whose record a peer passed on; absent: its own
  add column evidence jsonb;                      -- {proof, checkpoint} of its origin's log
