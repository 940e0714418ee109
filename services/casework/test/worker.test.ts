// A case's way through the worker: draft, policy or decision, signature, border, log.

import { createPublicKey } from 'node:crypto';
import { verifyRecord } from '@detente/record';
import { hashLeaf, inclusionProof, tileReader, verifyCheckpoint, verifyInclusion } from '@detente/tlog';
import { test } from 'tap';
import { carryOut, carryPlaces } from '../src/jobs/carry.ts';
import { carryOutDecision } from '../src/jobs/decide.ts';
import { makeDraft } from '../src/jobs/draft.ts';
import { sequence } from '../src/jobs/sequence.ts';
import { startWorkerNode } from './worker-node.ts';

const policy = {
  release: [
    {
      sources: ['lab'],
      domains: ['*' as const],
      bands: ['unrated' as const],
      take_proposals: false,
      public_edition: true,
    },
  ],
};
const fields = {
  kind: 'incident',
  title: 'Assistant of Quillmark Systems revealed a key',
  summary: 'An assistant built by Quillmark Systems printed a signing key when asked twice.',
  language: 'en',
};
const parties = { developer: ['Quillmark Systems'] };

test('a clean case is drafted, released by policy, signed once, carried and logged', async (t) => {
  const { worker, home, border, report } = await startWorkerNode(t, { origin: 'https://cn.example', policy });
  const id = await report({ fields, parties });
  await makeDraft(worker, id);
  await makeDraft(worker, id);
  const drafts = (await home.query('SELECT * FROM drafts')).rows;
  t.equal(drafts.length, 1, 'the same draft is made once');
  t.notMatch(JSON.stringify(drafts[0]), /quillmark/i, 'no name is left in the draft');
  const { rows: decisions } = await home.query('SELECT number, actor FROM decisions');
  t.same(
    decisions.map(({ actor }) => actor),
    ['policy'],
  );
  await carryOutDecision(worker, Number(decisions[0].number));
  await carryOutDecision(worker, Number(decisions[0].number));
  const { rows: records } = await home.query('SELECT * FROM records ORDER BY edition');
  t.equal(records.length, 2, 'one record and its public edition, however often the job runs');
  t.not(records[0].id, records[1].id, 'the public edition is a record of its own');
  t.equal((await home.query('SELECT status FROM cases')).rows[0].status, 'released');

  await carryOut(worker);
  t.equal(
    (await border.query('SELECT FROM presentations')).rowCount,
    0,
    'nobody is granted it, so border has no byte of it',
  );
  t.equal((await border.query('SELECT FROM editions')).rowCount, 1);
  const { rows: pending } = await border.query('SELECT leaf, tick FROM pending_leaves');
  t.equal(pending.length, 3, 'record, edition and descriptor wait for their batches');
  for (let tick = 0; tick < 6; tick++) await sequence(worker);
  const { rows: tree } = await border.query('SELECT size, tick FROM tree');
  t.same(tree[0], { size: '96', tick: '6' }, 'six batches of 16, whatever there was to log');
  await carryPlaces(worker);
  const { rows: placed } = await home.query('SELECT digest, place, tick, token FROM records WHERE NOT edition');
  t.ok(Number(placed[0].place) >= Number(placed[0].tick) * 16, 'not before the batch that its tick names');

  const { rows: tiles } = await border.query('SELECT level, index, hashes AS bytes FROM tiles');
  const read = tileReader(tiles.map((tile) => ({ ...tile, index: Number(tile.index) })));
  const { rows: notes } = await border.query('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1');
  const logKey = createPublicKey({ key: worker.publicKeys.log.jwk, format: 'jwk' });
  const checkpoint = verifyCheckpoint(notes[0].note, { name: 'cn.example/log/v1', publicKey: logKey });
  const index = Number(placed[0].place);
  verifyInclusion({
    ...{ index, size: checkpoint.size, root: checkpoint.root },
    leafHash: hashLeaf(Buffer.from(placed[0].digest, 'base64url')),
    proof: inclusionProof(index, checkpoint.size, read),
  });
  const recordKey = createPublicKey({ key: worker.publicKeys.record.jwk, format: 'jwk' });
  const verified = verifyRecord(placed[0].token, { iss: 'https://cn.example', keyFor: () => recordKey });
  t.match(verified.fields.title, /Developer [0-9A-F]{4}/);
});
