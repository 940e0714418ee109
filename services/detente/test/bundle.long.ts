// Two nodes that cannot reach each other exchange all they have by `detente bundle`, and hold what the wire would have brought.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKeys, signBundle } from '@detente/keys';
import type { TestNode } from '@detente/testkit';
import { test } from 'tap';
import { meetByBundles } from './by-bundle.ts';
import { settle } from './whole.ts';

/** Whatever of a node a bundle could change, and nothing that its own processes do meanwhile. */
async function stateOf(node: TestNode): Promise<unknown> {
  const asked = [
    'SELECT * FROM bundles_in',
    'SELECT peer, after, late, pages FROM cursors',
    'SELECT peer, seq, jws FROM receipts_in',
    'SELECT peer, kind, digest FROM notices_in',
    'SELECT peer, kind, code FROM quarantine',
    'SELECT peer, seq FROM receipts_out',
    'SELECT peer, kind, digest FROM landing',
  ];
  return Promise.all([
    ...asked.map((text) => node.sql('border', `${text} ORDER BY 1, 2`)),
    node.sql('home', 'SELECT peer, digest, presentation FROM received ORDER BY 1, 2'),
  ]);
}

test('two nodes that cannot reach each other exchange by bundles alone', { timeout: 280_000 }, async (t) => {
  const { one, other, bag } = await meetByBundles(t);
  const [cn, us] = [one.node, other.node];
  await t.test('what is altered, for another, too old or of another time changes nothing', async (t) => {
    const file = await bag.pack(cn, us);
    const bytes = readFileSync(file);
    const flipped = Buffer.from(bytes);
    flipped[bytes.length - 100]! ^= 1;
    const content = bytes.subarray(bytes.indexOf(10) + 1, -1).toString();
    const future = content.replace('detente/bundle/1', 'detente/bundle/2');
    const signer = loadKeys(join(cn.data, 'keys', 'exchange')).signer('transport');
    const sign = async (text: string, aud: string) => {
      const made = Math.floor(Date.now() / 1000);
      const input = { iss: cn.origin, aud, seq: made + 1000, made, content: Buffer.from(text) };
      return bag.put(`${(await signBundle(input, signer)).jws}\n${text}\n`);
    };
    const before = await stateOf(us);
    const says = async (name: string, sentence: RegExp, ...more: string[]) => {
      const { code, stderr, stdout } = await bag.take(us, name, ...more);
      t.equal(code, 1, stderr);
      t.match(stderr, sentence);
      t.equal(stderr.trim().split('\n').length, 1, stderr);
      t.match(JSON.parse(stdout), { error: 'refused', message: sentence });
    };
    await Promise.all([
      says(bag.put(flipped), /not as its sender signed it \(content_mismatch\): copy it again/),
      says(await sign(content, 'https://sg.example'), /it is for another node: carry it there/),
      says(await sign(future, us.origin), /version 2, and this node reads version 1: update it first/),
      says(file, /more than 0 days ago: ask for a new one, or name more days with --max-age/, '--max-age', '0'),
    ]);
    t.same(await stateOf(us), before, 'nothing was changed');
    t.match(await bag.take(us, file), { code: 0, outcome: 'taken' });
    const after = await stateOf(us);
    t.match(await bag.take(us, file), { code: 0, outcome: 'same' });
    t.same(await stateOf(us), after, 'imported twice, it is taken in once');
  });

  await t.test('what each holds is what it would hold by the wire', async (t) => {
    const received = () =>
      Promise.all(
        [cn, us].map((node) => node.sql('home', 'SELECT peer, digest, presentation FROM received ORDER BY 1, 2')),
      );
    const carried = await received();
    one.connect();
    other.connect();
    await settle(t, [one, other]);
    t.same(await received(), carried, 'the wire brings nothing more');
  });
});
