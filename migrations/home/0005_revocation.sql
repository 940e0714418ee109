-- Keys of peers that were stolen: what they signed and does not count.

-- A record whose key its node revoked, and that its log does not show before that.
alter table received add column revoked_at timestamptz;
create index received_revoked on received (peer) where revoked_at is not null;
-- A version that does not count takes no tick from one that does.
alter table received drop constraint received_peer_id_tick_key;
alter table received add constraint received_version unique nulls not distinct (peer, id, tick, revoked_at);

-- A statement of a revoked key holds until its node says the same anew; it is kept, and its number is free again.
alter table statements add column void_at timestamptz;
alter table statements drop constraint statements_pkey;
create unique index statements_number on statements (iss, typ, aud, seq) where void_at is null;
