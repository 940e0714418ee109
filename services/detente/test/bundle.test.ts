// Two nodes that cannot reach each other exchange all they have by `detente bundle`, and hold what the wire would have brought.

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf } from '@detente/client';
import { loadKeys, signBundle } from '@detente/keys';
import {
  offer,
  type Ran,
  recordWire,
  runDetente,
  type Seam,
  spawnDetente,
  startNode,
  stopAt,
  stopAtCommit,
  type TestNode,
  until,
} from '@detente/testkit';
import { type Test, test } from 'tap';
import { type Lab, patientLab } from './lab.ts';
import { settle } from './whole.ts';

const bands = ['unrated', '0-1', '2-3', '4', '5-7'];
const rule = { sources: ['lab'], domains: ['*'], bands, take_proposals: true, public_edition: false };

/** A node whose origin leads nowhere until it is connected. */
async function startApart(t: Test, name: string): Promise<{ node: TestNode; connect: () => void }> {
  const wire = await recordWire(t);
  let port = 0;
  const cut = {
    ...wire,
    leadTo: (to: number) => {
      port = to;
    },
  };
  // Nobody can be asked whether the log is whole, or to witness it.
  const node = await startNode(t, {
    name,
    wire: cut,
    policy: { release: [rule] },
    batchSize: 16,
    witnessesRequired: 0,
  });
  return { node, connect: () => wire.leadTo(port) };
}

type Imported = { outcome: string; records: number; receipts: number; refused: unknown[]; fault: string | null };

/** Files that go from one node to another, by the command alone. */
class Bag {
  readonly folder: string;
  #count = 0;

  constructor(t: Test) {
    this.folder = mkdtempSync(join(tmpdir(), 'detente-bag-'));
    t.teardown(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  async pack(from: TestNode, to: TestNode): Promise<string> {
    const file = join(this.folder, `${from.name}-${++this.#count}.bundle`);
    const { code, stderr } = await runDetente(['bundle', 'export', to.name, '-o', file, '--data', from.data]);
    if (code !== 0) throw new Error(stderr);
    return file;
  }

  async take(node: TestNode, file: string, ...more: string[]): Promise<Ran & Imported> {
    const ran = await runDetente(['bundle', 'import', file, '--data', node.data, '--json', ...more]);
    return { ...ran, ...JSON.parse(ran.stdout) };
  }

  /** A file with other bytes, beside the one that was carried. */
  put(bytes: Uint8Array | string): string {
    const file = join(this.folder, `${++this.#count}.bundle`);
    writeFileSync(file, bytes);
    return file;
  }
}

/** Whatever of a node a bundle could change, and nothing that its own processes do meanwhile. */
async function stateOf(node: TestNode): Promise<unknown> {
  const asked = [
    'SELECT * FROM bundles_in',
    'SELECT peer, after, late, pages FROM cursors',
    'SELECT * FROM receipts_in',
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

const addPeer = ({ casework }: TestNode, { name, origin, fingerprint }: TestNode) =>
  casework.POST('/casework/v1/peers', { body: { name, origin, fingerprint, reason: 'test' } });

async function enrolled(node: TestNode, { name }: TestNode): Promise<void> {
  await until(`${node.name} has enrolled ${name}`, async () => {
    const { items } = dataOf(await node.casework.GET('/casework/v1/peers'));
    return items.some((one) => one.name === name && one.status === 'active');
  });
}

/** Waits until all that labs have reported is in the log and may be given. */
async function logged(node: TestNode, lab: Lab): Promise<void> {
  await until(`the log of ${node.name} has ${lab.made} records`, async () => {
    const [row] = await node.sql(
      'border',
      `SELECT count(*)::int AS count FROM presentations WHERE place < (SELECT max(size) FROM checkpoints)`,
    );
    return row!.count === lab.made;
  });
}

async function held(node: TestNode, count: number): Promise<void> {
  await until(`${node.name} holds ${count}`, async () => {
    const [row] = await node.sql('home', 'SELECT count(*)::int AS count FROM received');
    return row!.count === count;
  });
}

/** Kills the command, and the process that it runs, as a power cut would. */
async function killCommand(command: ChildProcess): Promise<void> {
  const children = readFileSync(`/proc/${command.pid}/task/${command.pid}/children`, 'utf8').trim().split(' ');
  const gone = new Promise((resolve) => command.once('close', resolve));
  for (const pid of [command.pid!, ...children.map(Number)]) process.kill(pid, 'SIGKILL');
  await gone;
}

test('two nodes that cannot reach each other exchange by bundles alone', { timeout: 280_000 }, async (t) => {
  const [one, other] = await Promise.all([startApart(t, 'cn'), startApart(t, 'us')]);
  const [cn, us] = [one.node, other.node];
  const bag = new Bag(t);
  // On their way at once: neither knows what is in the other.
  const both = async () => {
    const [out, back] = await Promise.all([bag.pack(cn, us), bag.pack(us, cn)]);
    return Promise.all([bag.take(us, out), bag.take(cn, back)]);
  };
  await Promise.all([addPeer(cn, us), addPeer(us, cn)]);
  const labs = await Promise.all([patientLab(cn), patientLab(us)]);
  const sides = [
    { node: cn, lab: labs[0] },
    { node: us, lab: labs[1] },
  ];

  await t.test('the first bundles show keys, the next bring records out and receipts back', async (t) => {
    for (const ran of await both()) t.match(ran, { code: 4, outcome: 'keys', stderr: /import it again in a minute/ });
    await Promise.all([enrolled(cn, us), enrolled(us, cn)]);
    await Promise.all([offer(cn, us, 'amber'), offer(us, cn, 'amber')]);
    await Promise.all([labs[0].report(3, 'cyber'), labs[1].report(2, 'bio')]);
    await until('all of it is signed, granted and logged', async () => {
      const found = [cn, us].flatMap((node) => [
        node.sql('border', 'SELECT FROM statements_out OFFSET 1'),
        node.sql('border', 'SELECT FROM grants'),
      ]);
      return (await Promise.all(found)).every((rows) => rows.length > 0);
    });
    await Promise.all([logged(cn, labs[0]), logged(us, labs[1])]);
    const [out, back] = await both();
    t.match(out, { code: 0, outcome: 'taken', records: 3, refused: [], fault: null });
    t.match(back, { code: 0, outcome: 'taken', records: 2, refused: [], fault: null });
    await Promise.all([held(us, 3), held(cn, 2)]);
    t.match(await bag.take(cn, await bag.pack(us, cn)), { code: 0, receipts: 1, fault: null });
  });

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

  let file = '';
  await t.test(
    'the transport key is rotated while a bundle is on its way, and its import is killed twice',
    async (t) => {
      await labs[0].report(2, 'cyber');
      await logged(cn, labs[0]);
      file = await bag.pack(cn, us);
      const descriptors = async () => (await cn.sql('border', 'SELECT FROM descriptor')).length;
      const before = await descriptors();
      const rotated = await runDetente(['keys', 'rotate', 'transport', '--data', cn.data]);
      t.equal(rotated.code, 0, rotated.stderr);
      await until('cn tells of it', async () => (await descriptors()) > before);
      const seam: Seam = {
        ...{ node: us, database: 'border', session: 'detente bundle' },
        ...{ hold: 'LOCK TABLE landing IN SHARE MODE', statement: 'INSERT INTO landing .peer, kind, digest, place' },
      };
      const importing = () => spawnDetente(['bundle', 'import', file, '--data', us.data]);
      const receipts = () => us.sql('border', 'SELECT seq::int FROM receipts_out ORDER BY seq');
      const stop = await stopAt(seam);
      let command = importing();
      await stop.reached();
      await killCommand(command);
      await stop.release();
      t.same(await receipts(), [{ seq: 1 }], 'the page has not landed');
      const again = await stopAt(seam);
      command = importing();
      const session = await again.reached();
      const commit = await stopAtCommit(us);
      await again.release();
      await commit.reached(session);
      await killCommand(command);
      await commit.release();
      await until('the page has landed', async () => (await receipts()).length === 2);
      t.match(await bag.take(us, file), { code: 0, outcome: 'taken', records: 0, fault: null });
      await held(us, 5);
      t.same(await receipts(), [{ seq: 1 }, { seq: 2 }]);
    },
  );

  await t.test('the next one shows the new key, and what the old one has signed is the peer’s no more', async (t) => {
    const next = await bag.pack(cn, us);
    t.match(await bag.take(us, next), { code: 4, outcome: 'keys' });
    await until('us has the new key', async () => {
      const [peer] = await us.sql('border', 'SELECT descriptor FROM peers WHERE origin = $1', [cn.origin]);
      const [own] = await cn.sql('border', 'SELECT jws FROM descriptor ORDER BY seq DESC LIMIT 1');
      return peer!.descriptor === own!.jws;
    });
    t.match(await bag.take(us, next), { code: 0, outcome: 'taken', fault: null });
    t.match(await bag.take(us, file), {
      code: 1,
      stderr: /its key is not the one that the peer signs with now: ask/,
    });
  });

  await t.test('what each holds is what it would hold by the wire', async (t) => {
    const received = () =>
      Promise.all(
        [cn, us].map((node) => node.sql('home', 'SELECT peer, digest, presentation FROM received ORDER BY 1, 2')),
      );
    const carried = await received();
    one.connect();
    other.connect();
    await settle(t, sides);
    t.same(await received(), carried, 'the wire brings nothing more');
  });
});
