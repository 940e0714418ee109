// Questions after what a caller may not know of, each beside one after what is not there.
import { hash, randomUUID } from 'node:crypto';
import type { RawRequest } from '@detente/testkit';
import type { Ask, Scene } from './scene.ts';

type Pair = { name: string; status: number; hidden: Ask; absent: Ask };

const feed = { method: 'GET', path: '/exchange/v1/feed' };
const NOBODY = hash('sha256', 'nobody', 'base64url');

export async function pairsOf(scene: Scene): Promise<Pair[]> {
  const { peer, node, foreign } = scene;
  await witness(scene);
  const monitor = (log: string) => scene.ask(() => plain('GET', `/witness/v1/${hash('sha256', log)}/checkpoint`));
  const byOther = peer.signer('agency').privateKey;
  const signedAs = (kid: string) => scene.ask(() => peer.sign(node.origin, feed, { kid, privateKey: byOther }));
  return [
    ...ofLabs(scene, foreign),
    {
      name: 'the log of an unlisted peer',
      status: 404,
      hidden: monitor(peer.log.name),
      absent: monitor('nobody.example/log/v1'),
    },
    {
      name: 'the key of a peer under a bad signature',
      status: 401,
      hidden: signedAs(peer.signer('transport').kid),
      absent: signedAs(NOBODY),
    },
  ];
}

/** Another lab's report, by each call that names one. */
function ofLabs({ lab, ask }: Scene, foreign: string): Pair[] {
  const update = JSON.stringify({ text: 'news' });
  const calls: [string, (id: string) => RawRequest][] = [
    ['another lab’s report', (id) => plain('GET', `/reporting/v1/cases/${id}`, lab)],
    ['its receipt', (id) => plain('GET', `/reporting/v1/cases/${id}/receipts/0`, lab)],
    ['its update', (id) => plain('POST', `/reporting/v1/cases/${id}/updates`, lab, update)],
  ];
  return calls.map(([name, call]) => {
    const [hidden, absent] = [ask(() => call(foreign)), ask(() => call(randomUUID()))];
    return { name, status: 404, hidden, absent };
  });
}

/** A request that nobody signed. */
export function plain(method: string, path: string, key?: string, body = ''): RawRequest {
  const headers: RawRequest['headers'] = {
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(body !== '' && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
  };
  return { method, path, headers, body: Buffer.from(body) };
}

/** The node has cosigned the peer's log. */
async function witness({ node, peer }: Scene): Promise<void> {
  await node.sql('border', 'INSERT INTO witnessed (log, peer, size, root, note) VALUES ($1, $2, 1, $3, $4)', [
    peer.log.name,
    peer.origin,
    Buffer.alloc(32),
    'note',
  ]);
}
