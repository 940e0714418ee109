import { disclosedDigest } from '@detente/keys';
import { type Test, test } from 'tap';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { compareReceipts } from '../../src/jobs/receipts.ts';
import { log, offer, pair, releaseCase, talk, US } from '../worker-pair.ts';

const strange = 'A'.repeat(43);

/** A record of ours that the peer was given at amber, and what the exchange keeps of the receipts that it brings. */
async function given(t: Test, isLogged = true) {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  await releaseCase(
    cn,
    await cn.report({ fields: { kind: 'incident', title: 'A', summary: 'B', language: 'en', root_cause: 'C' } }),
  );
  if (isLogged) await log(cn);
  const [{ digest, token, lengths }] = (await cn.home.query('SELECT digest, token, lengths FROM records')).rows;
  const at = (level: number, of = level) => ({
    digest,
    level,
    disclosed: disclosedDigest(token.slice(0, lengths[of])),
  });
  const bring = async (seq: number, ...records: object[]) => {
    const body = Buffer.from(JSON.stringify({ page: null, records })).toString('base64url');
    await cn.border.query('INSERT INTO receipts_in (peer, seq, jws) VALUES ($1, $2, $3)', [US, seq, `h.${body}.s`]);
  };
  const found = async () => {
    await compareReceipts(cn.worker);
    const { rows } = await cn.border.query('SELECT disagrees FROM receipts_in ORDER BY seq');
    return rows.map(({ disagrees }) => disagrees);
  };
  return { cn, us, digest, at, bring, found };
}

test('a receipt of other bytes than were given, of more, or of what is not ours is told as it comes', async (t) => {
  const { digest, at, bring, found } = await given(t);
  await bring(1, at(3));
  await bring(2, at(1));
  await bring(3);
  await bring(4, at(3, 2));
  await bring(5, at(4));
  await bring(6, at(3), { ...at(3), digest: strange });
  t.same(await found(), ['', '', '', digest, digest, strange]);
});

test('what was given under wider terms is still no lie, and a peer that lies much holds up none of its own', async (t) => {
  const { cn, us, digest, at, bring, found } = await given(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('clear') });
  await talk(cn, us);
  for (let seq = 1; seq <= 25; seq++) await bring(seq, at(4));
  await bring(26, at(3));
  t.same(await found(), [...Array(20).fill(digest), ...Array(6).fill(null)], 'so many of a peer in its turn');
  t.same(await found(), [...Array(25).fill(digest), '']);
});

test('a receipt waits while it is not known here where the log has the record', async (t) => {
  const { cn, at, bring, found } = await given(t, false);
  await bring(1, at(3));
  t.same(await found(), [null]);
  await log(cn);
  t.same(await found(), ['']);
});
