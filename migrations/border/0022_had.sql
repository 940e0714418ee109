-- A version that another one came after, or that names somebody who became known since, is given to nobody new.
alter table presentations add column had text[];  -- absent: to whom it is granted; else to these alone, who were served past it
update presentations p
  set had = array(select peer from served where mark > p.place)
  where exists (select from presentations later where later.record_id = p.record_id and later.tick > p.tick);

-- Of what is passed on the newest version alone is late.
create index relayed_record on relayed (origin, record_id);
