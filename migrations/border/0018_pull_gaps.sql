-- Times in which no page of a peer came, whosever door was shut: what lay there meanwhile nobody here could see.

create table pull_gaps (
  peer   text not null,
  since  timestamptz not null,                    -- the last page before
  until  timestamptz not null,                    -- the first page after
  primary key (peer, until)
);
