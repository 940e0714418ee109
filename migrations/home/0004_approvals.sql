-- Second approvals of warnings, ours and peers'. A warning does not wait for one; that it is missing is shown.
create table approvals (
  peer        text not null default '',           -- whose record it is; '' for ours
  record      text not null,                      -- digest of the version
  approved_at timestamptz not null default now(),
  primary key (peer, record)
);
