-- Who may touch what in home. Applied after every migration; packages/store/test/roles.test.ts checks the whole matrix.
-- A role that is not named here for a table has no right on it at all.

revoke all on all tables in schema public from public, detente_reporting, detente_casework, detente_worker;
revoke all on all sequences in schema public from public, detente_reporting, detente_casework, detente_worker;
revoke all on all functions in schema public from public, detente_reporting, detente_casework, detente_worker;
grant usage on schema public to detente_reporting, detente_casework, detente_worker;

-- reporting: takes reports in; reads back status, receipt and stored reply, never a body.
grant select (id, key_hash, disabled_at) on labs to detente_reporting;
grant insert (id, lab, source, fields, proposals, exercise) on cases to detente_reporting;
grant select (id, lab, status, received_at, source) on cases to detente_reporting;
grant insert on case_updates, vault, intake_leaves, receipts, idempotency to detente_reporting;
grant select (case_id, number, received_at) on case_updates to detente_reporting;
grant select on receipts, idempotency to detente_reporting;
-- For a lab's proof: hashes, and whose they are only by way of its own case.
grant select on intake_leaves to detente_reporting;
grant select (day, root, size, leaves, nodes, log_proof, seed) on intake_days to detente_reporting;
grant usage on sequence case_changes to detente_reporting;
grant execute on function open_intake_day(), enqueue_drafts(), ask_drafts(uuid[]) to detente_reporting;

-- casework, its HTTP process: reads cases and decides; cannot read the vault, sign, grant or write to a peer.
grant select on cases, case_updates, drafts, records, decisions, acts, received, statements, terms, grants, carried,
  recalls, approvals, relays to detente_casework;
grant select (id, created_at, disabled_at) on labs to detente_casework;
grant insert (id, key_hash, name_sealed) on labs to detente_casework;
grant update (disabled_at) on labs to detente_casework;
grant select, insert on tokens to detente_casework;
grant update (disabled_at) on tokens to detente_casework;
grant update (severity, hazard_domain, tlp, exercise, fields, reported, status, change) on cases to detente_casework;
grant insert (case_id, kind, draft, public, actor, reason) on decisions to detente_casework;
grant select, insert (case_id, finding, kind, text, verdict, actor, reason) on finding_verdicts to detente_casework;
grant select (day, closed_at, root, size) on intake_days to detente_casework;
grant usage on sequence case_changes to detente_casework;
grant select (number) on outgoing to detente_casework;
grant execute on function record_acts(jsonb), settled_change(), ask_drafts(uuid[]), enqueue_decisions(), enqueue_peer(json)
  to detente_casework;

-- casework's worker: scrubs, checks, signs, grants, carries; alone deletes.
grant select on labs, tokens, vault, receipts, acts, case_updates, intake_days, intake_leaves, cases, carried,
  finding_verdicts to detente_worker;
grant update (status, severity, hazard_domain, draft_due, change) on cases to detente_worker;
grant select, insert on drafts, statements, terms, grants, records, decisions, recalls, approvals to detente_worker;
grant update (answer, answered_at), delete on recalls to detente_worker;
grant delete on approvals to detente_worker;
grant update (void_at, turns) on statements to detente_worker;
grant update (border_level, place) on records to detente_worker;
grant update (done_at, outcome) on decisions to detente_worker;
grant update (number) on carried to detente_worker;
grant select, insert, update on received, log_room, relays to detente_worker;
grant select, insert, delete on outgoing to detente_worker;
grant insert, update on intake_days to detente_worker;
grant update (place) on intake_leaves to detente_worker;
grant delete on idempotency, log_room to detente_worker;
grant select (created_at) on idempotency to detente_worker;
grant usage on sequence case_changes, outgoing_number to detente_worker;
grant execute on function record_acts(jsonb), write_outgoing(jsonb), open_intake_day(), enqueue_drafts(),
  enqueue_decisions() to detente_worker;
