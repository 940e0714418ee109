import { test } from 'tap';
import { carryOut } from '../../src/jobs/carry.ts';
import { takeIn } from '../../src/jobs/landing.ts';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { landStatement } from '../worker-pair.ts';
import { acquaint, land, rotating } from './acquaintance.ts';

test('a peer that shows one descriptor after the other does not undo what an officer decides meanwhile', async (t) => {
  const { us, mallory } = await acquaint(t);
  let seq = 1;
  const decide = async (standing: 'expelled' | 'good') => {
    for (let count = 0; count < 12; count++) {
      seq += 1;
      const change = (body: { contact: { name: string } }) => {
        body.contact = { name: `officer ${seq}` };
      };
      await landStatement(us, mallory.descriptor(change, { seq }), 'descriptor', mallory.origin);
    }
    const act = handlePeerRequest(us.worker, { op: 'standing', peer: mallory.origin, standing });
    await Promise.all([takeIn(us.worker), act]);
    await carryOut(us.worker);
    return (await us.border.query('SELECT status FROM peers')).rows[0].status;
  };
  for (let time = 0; time < 6; time++) {
    t.equal(await decide('expelled'), 'expelled');
    t.equal(await decide('good'), 'active');
  }
  const { rows } = await us.border.query('SELECT descriptor FROM peers');
  const shown = JSON.parse(Buffer.from(rows[0].descriptor.split('.')[1], 'base64url').toString());
  t.equal(shown.contact.name, `officer ${seq}`, 'nor does what an officer decides undo what it shows');
});

test('another descriptor does not better a standing', async (t) => {
  const both = await acquaint(t);
  const { us, mallory } = both;
  const standings = async () =>
    (
      await us.home.query(`SELECT seq::int, body FROM statements WHERE iss = $1 AND typ LIKE '%standing%'`, [
        us.worker.origin,
      ])
    ).rows;
  await us.home.query(
    `UPDATE statements SET body = body || '{"standing":"suspended"}' WHERE iss = $1 AND typ LIKE '%standing%'`,
    [us.worker.origin],
  );
  const before = await standings();
  await land(us, mallory, 'descriptor', mallory.descriptor(rotating(both, 'record'), { seq: 2 }));
  t.match(before, [{ seq: 1, body: { standing: 'suspended' } }]);
  t.same(await standings(), before);
});
