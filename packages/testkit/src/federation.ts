// Several nodes that know each other, and what a test asks of them.

import { setTimeout as sleep } from 'node:timers/promises';
import { dataOf } from '@detente/client';
import type { TestNode } from './node.ts';

export type OfferTier = 'clear' | 'green' | 'amber' | 'amber-strict' | 'red';

/** Adds each as the other's peer, by the fingerprints that `init` printed. */
export async function introduce(a: TestNode, b: TestNode): Promise<void> {
  for (const [node, peer] of [
    [a, b],
    [b, a],
  ] as const) {
    const { name, origin, fingerprint } = peer;
    await node.casework.POST('/casework/v1/peers', { body: { name, origin, fingerprint, reason: 'test' } });
  }
  await until(`${a.name} and ${b.name} are enrolled`, async () => {
    const statuses = await Promise.all([statusOf(a, b.name), statusOf(b, a.name)]);
    return statuses.every((status) => status === 'active');
  });
}

async function statusOf(node: TestNode, peer: string): Promise<string | undefined> {
  const { items } = dataOf(await node.casework.GET('/casework/v1/peers'));
  return items.find(({ name }) => name === peer)?.status;
}

/** One tier for everything, unconditionally. */
export async function offer(
  giver: TestNode,
  taker: Pick<TestNode, 'name'>,
  tier: OfferTier | null,
  backlog = true,
): Promise<void> {
  const rule = { type: 'incident', domains: ['*' as const], bands: ['*' as const], tier, onward: null };
  const body = {
    gives: [{ ...rule, condition: 'unconditional' as const }],
    ...{
      access: [],
      obligations: [],
      waives: [],
      notice_days: 0,
      backlog,
      valid_from: '2026-01-01',
      valid_until: null,
    },
  };
  await giver.casework.PUT('/casework/v1/peers/{name}/offer', {
    params: { path: { name: taker.name } },
    body: { offer: body, reason: 'test' },
  });
}

/** Registers a lab and returns its API key. */
export async function addLab(node: TestNode, name: string): Promise<string> {
  return dataOf(await node.casework.POST('/casework/v1/labs', { body: { name, reason: 'test' } })).key;
}

/** Asks again and again until it is so; a question that fails is asked again too.
 *  @throws Error naming what did not happen within the time (60 s when absent), with the last failure as its cause */
export async function until(what: string, ask: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    let cause: unknown = 'it is not so';
    try {
      if (await ask()) return;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) throw new Error(`it did not come to this: ${what} (${cause})`, { cause });
    await sleep(100);
  }
}

/** A policy by which a node decides on all cases of labs by itself, taking out what would leave one to an officer. */
export function releasing(change: { sources?: string[]; domains?: string[]; public_edition?: boolean } = {}) {
  const all = { sources: ['lab'], domains: ['*'], bands: ['unrated', '0-1', '2-3', '4', '5-7'] };
  return { release: [{ ...all, take_proposals: true, public_edition: false, findings: 'redact', ...change }] };
}
