-- What a peer's quota has no room for is one row of each kind, with how many there were and when the last one came.

update quarantine q set detail = json_build_object('not_kept', counted.n)::text, received_at = counted.latest
from (
  select min(number) as number, sum((detail::json ->> 'not_kept')::bigint) as n, max(received_at) as latest
  from quarantine where code = 'quarantine_full' group by peer, kind
) counted
where q.number = counted.number;
delete from quarantine q using quarantine first
where q.code = 'quarantine_full' and first.code = 'quarantine_full'
  and first.peer = q.peer and first.kind = q.kind and first.number < q.number;
create unique index quarantine_full on quarantine (peer, kind) where code = 'quarantine_full';

-- The exchange may not look into the quarantine, nor change what is there.
create function count_not_kept(of_peer text, of_kind text, more bigint)
returns void language sql security definer set search_path = pg_catalog, public as $$
  insert into quarantine (peer, kind, code, detail, body)
  values (of_peer, of_kind, 'quarantine_full', json_build_object('not_kept', more)::text, '')
  on conflict (peer, kind) where code = 'quarantine_full' do update
    set detail = json_build_object('not_kept', (quarantine.detail::json ->> 'not_kept')::bigint + more)::text,
      received_at = now();
$$;
