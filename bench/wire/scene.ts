// A node with two labs, a report of each, and a peer that others may not know of.
import {
  addLab,
  type HostileNode,
  type RawRequest,
  startHostileNode,
  startNode,
  type TestNode,
  until,
} from '@detente/testkit';

/** Makes a request, and returns what sends it and reads the answer. */
export type Ask = () => () => Promise<{ status: number; text: string }>;

export type Scene = Awaited<ReturnType<typeof startScene>>;

export async function startScene() {
  const ends: (() => unknown)[] = [];
  const t = { teardown: (end: () => unknown) => ends.push(end) };
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    return { ...(await setUp(t)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function setUp(t: Parameters<typeof startNode>[0]) {
  const node = await startNode(t, { name: 'bench', witnessesRequired: 0 });
  const peer = await startHostileNode(t);
  await addUnlisted(node, peer);
  const [lab, other] = [await addLab(node, 'one'), await addLab(node, 'other')];
  const foreign = await report(node, other);
  const port = Number(new URL(node.address).port);
  const ask =
    (make: () => RawRequest): Ask =>
    () => {
      const raw = make();
      return () => peer.send(port, raw);
    };
  return { node, peer, lab, foreign, ask };
}

async function addUnlisted(node: TestNode, { origin, fingerprint }: HostileNode): Promise<void> {
  const body = { name: 'peer', origin, fingerprint, listed: false, reason: 'bench' };
  await node.casework.POST('/casework/v1/peers', { body });
  await until('the peer is enrolled', async () => {
    const { data } = await node.casework.GET('/casework/v1/peers');
    return data?.items[0]?.status === 'active';
  });
}

/** @returns the id of a lab's report */
async function report(node: TestNode, key: string): Promise<string> {
  const response = await fetch(`${node.address}/reporting/v1/cases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ fields: { kind: 'incident', title: 'Wrong doses', summary: 'Ten times.', language: 'en' } }),
  });
  if (!response.ok) throw new Error(`no report: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  return id;
}
