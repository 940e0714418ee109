-- Second approvals of warnings go the way of the warnings.
alter table notices_out drop constraint notices_out_kind_check;
alter table notices_out add constraint notices_out_kind_check
  check (kind in ('warning', 'recall', 'answer', 'canary', 'approval'));
alter table landing drop constraint landing_kind_check;
alter table landing add constraint landing_kind_check
  check (kind in ('record', 'statement', 'descriptor', 'warning', 'recall', 'answer', 'canary', 'approval'));
