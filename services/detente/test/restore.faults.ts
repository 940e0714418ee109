// Stale restores: a node that starts on an older database than its peers have seen signs nothing that contradicts it, takes its
// log back from a mirror, and goes on.

import { setTimeout as sleep } from 'node:timers/promises';
import { introduce, startNode, type TestNode, until } from '@detente/testkit';
import { parseCheckpoint, parseNote, readFrontier, rootOf, tileReader } from '@detente/tlog';
import { type Test, test } from 'tap';
import { backUp, restore, sizeOf, untilGrown } from './backups.ts';

/** Each takes a restart; the long run is `npm run soak`. */
const RESTORES = Number(process.env.DETENTE_RESTORES ?? 2);

/** Every checkpoint of a node's log that anybody has seen, and whether two of one size differ. */
class Seen {
  readonly node: TestNode;
  readonly peers: readonly TestNode[];
  readonly roots = new Map<number, string>();
  readonly forks: number[] = [];
  /** Whether the node has said that it does not know its newest checkpoint. */
  refused = false;

  constructor(node: TestNode, peers: readonly TestNode[]) {
    this.node = node;
    this.peers = peers;
  }

  get largest(): number {
    return Math.max(0, ...this.roots.keys());
  }

  /** The largest that a peer holds. What no peer has seen yet, nobody can tell the node. */
  heard = 0;

  keep(note: string, isPeers = false): void {
    const { size, root } = parseCheckpoint(parseNote(note).text);
    if (isPeers) this.heard = Math.max(this.heard, size);
    const hex = root.toString('hex');
    if ((this.roots.get(size) ?? hex) !== hex) this.forks.push(size);
    this.roots.set(size, hex);
  }

  /** What peers hold, what anybody is shown, and what the node itself has. */
  async look(): Promise<void> {
    const held = `SELECT checkpoint AS note FROM cursors WHERE peer = $1 AND checkpoint IS NOT NULL
      UNION SELECT note FROM witnessed WHERE peer = $1
      UNION SELECT note FROM mirrors WHERE peer = $1 AND note IS NOT NULL`;
    for (const peer of this.peers)
      for (const { note } of await peer.sql('border', held, [this.node.origin])) this.keep(note as string, true);
    const shown = await fetch(`${this.node.origin}/log/v1/checkpoint`).catch(() => undefined);
    if (shown?.status === 200) this.keep(await shown.text());
    else if (shown?.status === 503 && shown.headers.get('content-type')?.startsWith('application/problem+json'))
      this.refused ||= shown.headers.has('retry-after');
    for (const { note } of await this.node.sql('border', 'SELECT note FROM checkpoints')) this.keep(note as string);
  }
}

/** Whether every checkpoint that was seen is one of the tree that is there. */
async function checkNoFork(t: Test, seen: Seen): Promise<void> {
  await seen.look();
  const { node } = seen;
  const tiles = await node.sql('border', 'SELECT level, index::int, hashes AS bytes FROM tiles');
  const read = tileReader(tiles as { level: number; index: number; bytes: Buffer }[]);
  const forked = [...seen.roots].filter(([size, root]) => rootOf(readFrontier(size, read)).toString('hex') !== root);
  t.same([seen.forks, forked], [[], []], `${seen.roots.size} checkpoints are of one tree`);
  for (const peer of seen.peers) {
    t.same(await peer.sql('border', 'SELECT FROM forks'), []);
    const faults = `SELECT fault FROM mirrors WHERE peer = $1 AND fault LIKE '%does not lead%'`;
    t.same(await peer.sql('border', faults, [node.origin]), []);
  }
}

const stopOf = async (node: TestNode) =>
  (await node.sql('border', 'SELECT kind, reason FROM signing_stops'))[0] as
    | { kind: string; reason: string }
    | undefined;

/** Restores a backup and waits until the node signs again. What happened to be in nobody's mirror is taken from a newer backup. */
async function restoreOnce(t: Test, seen: Seen, name: string, kill: boolean): Promise<'mirror' | 'backup'> {
  const { node } = seen;
  await until('a peer has seen the newest checkpoint', async () => {
    await seen.look();
    return seen.heard === seen.largest;
  });
  const largest = seen.largest;
  await restore(node, name);
  // The worker that signs again is one that has asked.
  let asked = false;
  let caught = false;
  let killed = !kill;
  let from: 'mirror' | 'backup' = 'mirror';
  await until(`${node.name} signs again after ${name}`, async () => {
    await seen.look();
    const stop = await stopOf(node);
    asked ||= stop !== undefined;
    caught ||= stop?.kind === 'behind' || stop?.reason.includes('taken back') === true;
    if (stop?.kind === 'behind' && !killed) {
      killed = true;
      await node.kill('worker');
    }
    if (stop?.reason.includes('No peer has given back')) {
      from = 'backup';
      await restore(node, 'newest');
      asked = false;
    }
    return asked && stop === undefined && (await sizeOf(node)) > largest;
  });
  t.ok(killed, 'the worker was killed while it took the log back, where it was to be');
  t.ok(caught, `${name} was found to be older than ${largest} leaves`);
  return from;
}

test(`${RESTORES} stale restores of ${RESTORES} are caught, and none forks`, {
  timeout: 160_000 + 60_000 * RESTORES,
}, async (t) => {
  const [cn, us] = await Promise.all([startNode(t, { name: 'cn' }), startNode(t, { name: 'us' })]);
  await introduce(cn, us);
  const seen = new Seen(cn, [us]);
  const names = Array.from({ length: RESTORES }, (_, at) => `backup_${at}`);
  for (const name of names) {
    await backUp(cn, name);
    const size = await sizeOf(cn);
    // Each at another moment between ticks, pulls and cosignatures.
    await untilGrown(cn, size);
    await sleep(Math.random() * 200);
    await seen.look();
  }
  await until('the peer has seen more', async () => {
    await seen.look();
    return seen.largest > (await sizeOf(cn)) - 64;
  });
  const ways = { mirror: 0, backup: 0 };
  for (const [at, name] of names.map((name, at) => [at, name] as const).sort(() => Math.random() - 0.5))
    ways[await restoreOnce(t, seen, name, at % 10 === 1)] += 1;
  t.comment(`${ways.mirror} from mirrors, ${ways.backup} from newer backups`);
  t.ok(seen.refused, 'the checkpoint was refused with 503 meanwhile');
  await checkNoFork(t, seen);
});
