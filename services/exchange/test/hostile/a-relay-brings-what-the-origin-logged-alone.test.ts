import { logNameOf } from '@detente/keys';
import { inclusionProof, nodesForInclusion, tileReader, tilesForNodes } from '@detente/tlog';
import { test } from 'tap';
import { type Node, startNode } from '../exchange-node.ts';
import { quarantined, startHonest, startVictim } from './victim.ts';

/** A record of an honest node as its relay should bring it: with its proof to the node's newest checkpoint. */
async function itemOf(them: Node, { place, token }: { place: number; token: string }) {
  const [{ size, note }] = (await them.rows('SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1')) as [
    { size: string; note: string },
  ];
  const wanted = tilesForNodes(nodesForInclusion(place, Number(size)), Number(size));
  const tiles = await them.rows<{ level: number; index: string; bytes: Buffer }>(
    'SELECT level, index, hashes AS bytes FROM tiles WHERE level = ANY ($1)',
    [wanted.map(({ level }) => level)],
  );
  const read = tileReader(tiles.map((tile) => ({ ...tile, index: Number(tile.index) })));
  const proof = inclusionProof(place, Number(size), read).map((hash) => hash.toString('base64url'));
  return { log: logNameOf(them.origin), index: place, rule: 'relayed', proof, checkpoint: note, record: token };
}

test('a relay brings what the origin has signed and logged, and nothing else', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const them = await startHonest(t, us);
  const stranger = await startNode(t);
  const [first, second] = [await them.worker.release({}), await them.worker.release({})];
  const strange = await stranger.worker.release({});
  for (const node of [them, stranger]) {
    await node.worker.sequence();
    await node.worker.sequence();
  }
  const accept = (origins: string[]) =>
    us.rows('UPDATE terms SET relays = $2 WHERE peer = $1', [mallory.origin, origins]);
  let number = 0;
  /** Has the hostile node bring an item; the code under which it lies in quarantine, or where it has landed. */
  const bring = async (item: object) => {
    number += 1;
    const own = number;
    mallory.spoil = (page) => {
      if (page.late_next >= own) return undefined;
      page.late = [{ ...(item as (typeof page.late)[number]), number: own }];
      page.late_next = own;
      return undefined;
    };
    const before = (await quarantined(victim)).length;
    await us.pull(mallory);
    t.equal(await us.fault(mallory), null, 'the page is good');
    t.equal((await us.cursor(mallory))?.late, own);
    const rows = await us.rows(`SELECT origin, digest, place, rule FROM landing WHERE peer = $1 AND late = $2`, [
      mallory.origin,
      own,
    ]);
    const codes = await us.rows<{ code: string }>('SELECT code FROM quarantine ORDER BY number DESC LIMIT $1', [
      (await quarantined(victim)).length - before,
    ]);
    return rows[0] ?? codes[0]?.code;
  };
  const good = await itemOf(them, first);
  const other = await itemOf(them, second);
  const foreign = await itemOf(stranger, strange);

  await t.test('only of an enrolled origin that we take from this relay', async (t) => {
    t.equal(await bring(good), 'origin_unknown');
    await accept([stranger.origin]);
    t.equal(await bring(good), 'origin_unknown');
    t.equal(await bring(foreign), 'origin_unknown', 'a name in our offer enrols nobody');
    await accept([them.origin]);
    await us.rows(`UPDATE peers SET status = 'expelled' WHERE origin = $1`, [them.origin]);
    t.equal(await bring(good), 'origin_unknown');
    await us.rows(`UPDATE peers SET status = 'active' WHERE origin = $1`, [them.origin]);
    t.match(await bring(good), { origin: them.origin, digest: first.digest, place: `${first.place}`, rule: 'relayed' });
  });

  await t.test('with the proof of its own place in its own log', async (t) => {
    t.equal(await bring({ ...good, proof: other.proof }), 'late_proof_invalid');
    t.equal(await bring({ ...good, proof: good.proof.slice(1) }), 'late_proof_invalid');
    t.equal(await bring({ ...good, index: second.place }), 'late_proof_invalid', 'at another place');
    t.equal(await bring({ ...good, record: second.token }), 'late_proof_invalid', 'another record');
    t.equal(await bring({ ...good, checkpoint: foreign.checkpoint }), 'checkpoint_signature', 'of another log');
    t.equal(await bring({ ...good, checkpoint: mallory.log.checkpoint() }), 'checkpoint_signature');
  });

  await t.test('under its own signature, by a key that counts', async (t) => {
    t.equal(
      await bring({ ...good, record: first.token.replace(/\.[^.~]*~/, `.${'A'.repeat(86)}~`) }),
      'signature_invalid',
    );
    const [{ keys }] = (await us.rows('SELECT keys FROM peers WHERE origin = $1', [them.origin])) as [
      { keys: Record<'record' | 'agency', { jwk: object; kid: string }> },
    ];
    const revoked = { ...keys, record: { ...keys.record, former: [{ ...keys.record, before: 0 }] } };
    await us.rows('UPDATE peers SET keys = $2 WHERE origin = $1', [them.origin, JSON.stringify(revoked)]);
    t.equal(await bring(good), 'key_revoked');
    const rotated = { ...keys, record: keys.agency };
    await us.rows('UPDATE peers SET keys = $2 WHERE origin = $1', [them.origin, JSON.stringify(rotated)]);
    t.match(await bring(good), { digest: first.digest }, 'a key that is on its way is left to the worker');
    await us.rows('UPDATE peers SET keys = $2 WHERE origin = $1', [them.origin, JSON.stringify(keys)]);
    t.match(await bring(other), { origin: them.origin, digest: second.digest });
  });

  await t.test('an origin that shows its relay another history than us is found out', async (t) => {
    const back = await them.worker.remember();
    const third = await them.worker.release({});
    await them.worker.sequence();
    const elsewhere = await itemOf(them, third);
    await back();
    await them.worker.sequence();
    await us.pull(them);
    while (await us.mirror(them));
    t.equal(await us.count('forks'), 0);
    await bring(elsewhere);
    t.match(await us.rows('SELECT peer, log FROM forks'), [{ peer: them.origin, log: logNameOf(them.origin) }]);
  });
});
