-- Who may touch what in border. Applied after every migration; packages/store/test/roles.test.ts checks the whole matrix.
-- A role that is not named here for a table has no right on it at all.

revoke all on all tables in schema public
  from public, detente_casework, detente_worker, detente_exchange, detente_publication;
revoke all on all sequences in schema public
  from public, detente_casework, detente_worker, detente_exchange, detente_publication;
revoke all on all functions in schema public
  from public, detente_casework, detente_worker, detente_exchange, detente_publication;
grant usage on schema public to detente_casework, detente_worker, detente_exchange, detente_publication;

-- casework, its HTTP process: looks, and changes nothing.
grant select on peers, presentations, grants, terms, tree, checkpoints, cursors, served, late_items, quarantine, editions,
  statements_out, receipts_out, receipts_in, applied, tiles, entries, descriptor, notices_out, conformance, witnessed,
  forks, cosignatures, signing_stops, mirrors, mirror_entries, mirror_tiles, log_recovery, own_log_seen, witnessed_days,
  pull_gaps, relays to detente_casework;
grant select (number) on landing to detente_casework;
grant select (tick) on pending_leaves to detente_casework;

-- casework's worker: carries in what was granted, sequences the log, verifies what landed, alone writes peers and deletes.
grant select, insert, update on peers, applied, descriptor, presentations, tree, tiles, entries, editions, statements_out,
  served, relayed, relays to detente_worker;
grant select, insert, update (asked_at) on conformance to detente_worker;
grant select, insert on grants, terms, checkpoints, late_items, quarantine to detente_worker;
-- Warnings that wait are cut or dropped when the terms narrow.
grant select, insert, update (body), delete on notices_out to detente_worker;
grant select, insert, update, delete on pending_leaves, sequenced, signing_stops, log_recovery to detente_worker;
grant select, delete on landing, nonces, own_tail to detente_worker;
grant select (received_at), delete on notices_in to detente_worker;
grant select on cursors, receipts_out, receipts_in, cosignatures, own_log_seen, forks to detente_worker;
grant select, delete on witnessed_days, pull_gaps to detente_worker;
-- How far peers' logs are mirrored: what is passed on is proven from there.
grant select (log, note) on mirrors to detente_worker;
grant update (void_at, disagrees) on receipts_in to detente_worker;
grant execute on function count_not_kept(text, text, bigint) to detente_worker;

-- exchange: faces peers. Reads what is granted, lands what comes in, moves its own cursors and marks.
grant select on peers, descriptor, presentations, grants, terms, tree, tiles, checkpoints, statements_out, late_items,
  cursors, served, receipts_out, receipts_in, statement_counters, notices_out, notices_in, conformance, witnessed,
  forks, gossiped, cosignatures, mirrors, mirror_entries, mirror_tiles, log_recovery, own_log_seen, bundles_out,
  bundles_in, relayed, relays to detente_exchange;
grant select (peer, index) on own_tail to detente_exchange;
grant insert on nonces, landing, quarantine, receipts_in, receipts_out, cursors, served, statement_counters, notices_in,
  witnessed, forks, gossiped, cosignatures, mirrors, mirror_entries, mirror_tiles, own_log_seen, own_tail,
  bundles_out, bundles_in, pull_gaps to detente_exchange;
grant update on cursors, own_log_seen, bundles_in to detente_exchange;
grant update (size, frontier, note, fault, fault_at) on mirrors to detente_exchange;
grant update (leaves) on mirror_entries to detente_exchange;
grant update (hashes) on mirror_tiles to detente_exchange;
grant update (note, size, descriptors), delete on gossiped to detente_exchange;
grant delete on bundles_out to detente_exchange;
grant update (mark, late) on served to detente_exchange;
grant update (number) on relays to detente_exchange;
grant update (checked_at, checks) on conformance to detente_exchange;
grant update (sent_at) on statements_out, receipts_out to detente_exchange;
grant update (seq) on statement_counters to detente_exchange;
grant update (attempts, next_at, fault, delivered_at) on notices_out to detente_exchange;
grant update (length) on notices_in to detente_exchange;
grant update (size, root, note, cosigned_at, refused_at) on witnessed to detente_exchange;
grant select, insert, update (at, note) on witnessed_days to detente_exchange;
grant execute on function count_not_kept(text, text, bigint) to detente_exchange;

-- publication: faces anyone. Public editions and the log.
grant select on editions, tree, tiles, entries, checkpoints, cosignatures, descriptor, signing_stops
  to detente_publication;
