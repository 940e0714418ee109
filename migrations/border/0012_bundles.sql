-- Bundles: what peers without a connection carry to each other as files.

-- What each of our bundles for a peer carried, until the peer tells by one of its own that it took it in.
create table bundles_out (
  peer       text not null references peers,
  seq        bigint not null,
  receipts   bigint[] not null,                   -- numbers of receipts_out
  statements text[] not null,                     -- `typ seq` of statements_out
  notices    bigint[] not null,                   -- numbers of notices_out
  primary key (peer, seq)
);

-- The last bundle of a peer that was taken in whole, and how far the peer said there to be in our log.
create table bundles_in (
  peer   text primary key references peers,
  seq    bigint not null,
  digest text not null,
  after  bigint not null,
  late   bigint not null
);
