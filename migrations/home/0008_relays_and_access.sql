-- Records of one peer that are passed on to another, and what came here that way; and what terms open beside records.

alter table received
  add column relay     text,                      -- the peer that passed on what is held; absent: its own node gave it
  add column direct    smallint,                  -- as much as its own node gave; absent: nothing
  add column evidence  jsonb,                     -- {proof, checkpoint} of its own log, as a relay brought it
  add column relay_due boolean not null default true;  -- changed since it was last looked at for passing on
update received set direct = level;
create index received_relay_due on received (peer, place) where relay_due;

-- As much of a record version as a peer is passed on.
create table relays (
  peer   text not null,                           -- to whom
  origin text not null,                           -- whose record
  digest text not null,
  id     uuid not null,
  level  smallint,                                -- absent: nothing any more
  most   smallint not null,                       -- the most that it ever was
  reason jsonb not null,                          -- {code, params} of the rule
  primary key (peer, origin, digest)
);
create index relays_record on relays (origin, id);

alter table outgoing drop constraint outgoing_kind_check;
alter table outgoing add constraint outgoing_kind_check check (kind in
  ('leaf', 'record', 'edition', 'peer', 'statement', 'descriptor', 'terms', 'notice', 'conformance', 'relay'));

-- Whether any terms have changed since they were looked at last.
create index terms_computed on terms (computed_at);

-- What else is open under the terms, beside records: {kind, name, isOpen, rule} of each thing that the giver's offer names.
alter table terms add column access jsonb not null default '[]';
