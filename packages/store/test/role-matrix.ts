// The whole of what each role may do: migrations/<database>/grants.sql once more, written as PostgreSQL tells it. A line
// here and a line there change together, and both are looked at by somebody who asks what the process needs it for.

export const matrix = {
  home: {
    detente_reporting: `
      ask_drafts(case_ids uuid[]): execute
      case_updates: select (case_id, number, received_at), insert
      cases: select (id, lab, source, status, received_at), insert (id, lab, source, fields, proposals, exercise)
      enqueue_drafts(): execute
      idempotency: select, insert
      intake_days: select (day, root, size, leaves, nodes, log_proof, seed)
      intake_leaves: select, insert
      labs: select (id, key_hash, disabled_at)
      open_intake_day(): execute
      receipts: select, insert
      sequence case_changes: usage
      vault: insert`,
    detente_casework: `
      acts: select
      approvals: select
      ask_drafts(case_ids uuid[]): execute
      carried: select
      case_updates: select
      cases: select, update (status, fields, severity, hazard_domain, tlp, exercise, change, reported)
      decisions: select, insert (case_id, kind, draft, public, actor, reason)
      drafts: select
      enqueue_decisions(): execute
      enqueue_peer(request json): execute
      finding_verdicts: select, insert (case_id, finding, kind, text, verdict, actor, reason)
      grants: select
      intake_days: select (day, closed_at, root, size)
      labs: select (id, created_at, disabled_at), insert (id, key_hash, name_sealed), update (disabled_at)
      outgoing: select (number)
      recalls: select
      received: select
      record_acts(new_acts jsonb): execute
      records: select
      relays: select
      sequence case_changes: usage
      settled_change(): execute
      statements: select
      terms: select
      tokens: select, insert, update (disabled_at)`,
    detente_worker: `
      acts: select
      approvals: select, insert, delete
      carried: select, update (number)
      case_updates: select
      cases: select, update (status, severity, hazard_domain, change, draft_due)
      decisions: select, insert, update (done_at, outcome)
      drafts: select, insert
      enqueue_decisions(): execute
      enqueue_drafts(): execute
      finding_verdicts: select
      grants: select, insert
      idempotency: select (created_at), delete
      intake_days: select, insert, update
      intake_leaves: select, update (place)
      labs: select
      log_room: select, insert, update, delete
      open_intake_day(): execute
      outgoing: select, insert, delete
      recalls: select, insert, update (answer, answered_at), delete
      receipts: select
      received: select, insert, update
      record_acts(new_acts jsonb): execute
      records: select, insert, update (border_level, place)
      relays: select, insert, update
      sequence case_changes: usage
      sequence outgoing_number: usage
      statements: select, insert, update (void_at, turns)
      terms: select, insert
      tokens: select
      vault: select
      write_outgoing(new_rows jsonb): execute`,
  },
  border: {
    detente_casework: `
      applied: select
      checkpoints: select
      conformance: select
      cosignatures: select
      cursors: select
      descriptor: select
      editions: select
      entries: select
      forks: select
      grants: select
      landing: select (number)
      late_items: select
      log_recovery: select
      mirror_entries: select
      mirror_tiles: select
      mirrors: select
      notices_out: select
      own_log_seen: select
      peers: select
      pending_leaves: select (tick)
      presentations: select
      pull_gaps: select
      quarantine: select
      receipts_in: select
      receipts_out: select
      relays: select
      served: select
      signing_stops: select
      statements_out: select
      terms: select
      tiles: select
      tree: select
      witnessed: select
      witnessed_days: select`,
    detente_worker: `
      applied: select, insert, update
      checkpoints: select, insert
      conformance: select, insert, update (asked_at)
      cosignatures: select
      count_not_kept(of_peer text, of_kind text, more bigint): execute
      cursors: select
      descriptor: select, insert, update
      editions: select, insert, update
      entries: select, insert, update
      forks: select
      grants: select, insert
      landing: select, delete
      late_items: select, insert
      log_recovery: select, insert, update, delete
      mirrors: select (log, note)
      nonces: select, delete
      notices_in: select (received_at), delete
      notices_out: select, insert, update (body), delete
      own_log_seen: select
      own_tail: select, delete
      peers: select, insert, update
      pending_leaves: select, insert, update, delete
      presentations: select, insert, update
      pull_gaps: select, delete
      quarantine: select, insert
      receipts_in: select, update (void_at, disagrees)
      receipts_out: select
      relayed: select, insert, update
      relays: select, insert, update
      sequenced: select, insert, update, delete
      served: select, insert, update
      signing_stops: select, insert, update, delete
      statements_out: select, insert, update
      terms: select, insert
      tiles: select, insert, update
      tree: select, insert, update
      witnessed_days: select, delete`,
    detente_exchange: `
      bundles_in: select, insert, update
      bundles_out: select, insert, delete
      checkpoints: select
      conformance: select, update (checked_at, checks)
      cosignatures: select, insert
      count_not_kept(of_peer text, of_kind text, more bigint): execute
      cursors: select, insert, update
      descriptor: select
      forks: select, insert
      gossiped: select, insert, update (note, size, descriptors), delete
      grants: select
      landing: insert
      late_items: select
      log_recovery: select
      mirror_entries: select, insert, update (leaves)
      mirror_tiles: select, insert, update (hashes)
      mirrors: select, insert, update (size, frontier, note, fault, fault_at)
      nonces: insert
      notices_in: select, insert, update (length)
      notices_out: select, update (attempts, next_at, fault, delivered_at)
      own_log_seen: select, insert, update
      own_tail: select (peer, index), insert
      peers: select
      presentations: select
      pull_gaps: insert
      quarantine: insert
      receipts_in: select, insert
      receipts_out: select, insert, update (sent_at)
      relayed: select
      relays: select, update (number)
      served: select, insert, update (mark, late)
      statement_counters: select, insert, update (seq)
      statements_out: select, update (sent_at)
      terms: select
      tiles: select
      tree: select
      witnessed: select, insert, update (size, root, note, cosigned_at, refused_at)
      witnessed_days: select, insert, update (at, note)`,
    detente_publication: `
      checkpoints: select
      cosignatures: select
      descriptor: select
      editions: select
      entries: select
      signing_stops: select
      tiles: select
      tree: select`,
  },
} as const;

/** The only role that may work on the jobs of a database, and what it may there. */
export const queues = {
  home: { schema: 'queue_worker', role: 'detente_worker' },
  border: { schema: 'queue_exchange', role: 'detente_exchange' },
} as const;

export const onQueue = [
  '_private_job_queues: select, insert, update, delete',
  '_private_jobs: select, insert, update, delete',
  '_private_known_crontabs: select, insert, update, delete',
  '_private_tasks: select, insert, update, delete',
  'jobs: select',
  'migrations: select',
];

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
}
