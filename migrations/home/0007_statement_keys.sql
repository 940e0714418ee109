-- Which key signed a statement, so that what a former or revoked key said is found by it, however much a peer has said.

alter table statements add column kid text;       -- thumbprint, as in its header
update statements set kid = convert_from(decode(rpad(head, 4 * ((length(head) + 3) / 4), '='), 'base64'), 'utf8')::json ->> 'kid'
  from (select digest as of, translate(split_part(substr(jws, 1, 512), '.', 1), '-_', '+/') as head from statements
        where jws like '%.%.%') heads
  where digest = of;
create index statements_kid on statements (iss, typ, aud, kid, seq) where void_at is null;
