-- What a lab's proof is made from: that its receipt's promise was kept.

alter table intake_days
  add column nodes     bytea,                     -- roots of the tree's subtrees of 256 leaves, in order
  add column place     bigint,                    -- of the tree's root in the log
  add column log_proof jsonb,                     -- {index, proof, checkpoint, descriptor, witnesses}
  add column cosigned  smallint not null default 0; -- cosignatures in the proof's checkpoint
create index intake_days_root on intake_days (root);
create index intake_days_unproven on intake_days (day) where cosigned = 0 and closed_at is not null;
