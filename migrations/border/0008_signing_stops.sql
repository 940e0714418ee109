-- Why this node's log stands still. While a row is here the sequencer appends nothing and signs nothing; reading goes on.
create table signing_stops (
  kind   text primary key check (kind in (
    'damaged',                                    -- leaves, tiles or records do not fit what was signed
    'unasked',                                    -- since the worker started no peer has said how much of the log it has seen
    'behind'                                      -- a peer has seen more of the log than is here: this is an older database
  )),
  reason text not null,                           -- a sentence for the officer
  place  bigint,                                  -- of the first leaf that is damaged, or the size that a peer has seen
  at     timestamptz not null default now()
);
