-- How much a peer brought in a day is summed with each statement, from the index alone.

create index notices_in_day on notices_in (peer, received_at) include (kind, length);
drop index notices_in_recent;
