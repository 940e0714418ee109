-- Peering that is tried before anything is given: officers ask for a check of a peer's node.

alter table outgoing drop constraint outgoing_kind_check;
alter table outgoing add constraint outgoing_kind_check check (kind in
  ('leaf', 'record', 'edition', 'peer', 'statement', 'descriptor', 'terms', 'notice', 'conformance'));
