-- What nobody new is given any more goes to border as a row of its own.
alter table outgoing drop constraint outgoing_kind_check;
alter table outgoing add constraint outgoing_kind_check check (kind in
  ('leaf', 'record', 'edition', 'peer', 'statement', 'descriptor', 'terms', 'notice', 'conformance', 'relay', 'withheld'));

-- What came in is kept when an officer corrects it: what was changed from raw to released starts there.
alter table cases add column reported jsonb; -- the fields as they came; absent while they are as they came
