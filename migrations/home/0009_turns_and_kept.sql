-- Which offer counts from which day on, carried forward with each that comes; and what who takes nothing more from a relay still has.

alter table statements
  add column turns jsonb;                         -- of an offer, after it: [{from, seq}] in order; absent: the worker finds them
create index statements_to_turn on statements (iss, aud, seq)
  where typ = 'detente-offer+jwt' and turns is null and void_at is null;

alter table relays
  add column kept smallint;                       -- as much as the receiver was passed and was not asked back; absent: nothing
update relays set kept = case when reason ->> 'code' = 'relay_not_accepted' then most else level end;
