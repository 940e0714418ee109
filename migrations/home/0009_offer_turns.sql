-- Which offer counts from which day on, carried forward with each that comes.

alter table statements
  add column turns jsonb;                         -- of an offer, after it: [{from, seq}] in order; absent: the worker finds them
create index statements_to_turn on statements (iss, aud, seq)
  where typ = 'detente-offer+jwt' and turns is null and void_at is null;
