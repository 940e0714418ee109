// Words of officers that a peer is told beside records: checked before they are signed, as records are.

import { leakCheck } from '@detente/redaction';
import { recordActs } from '@detente/store/worker';
import { tellLeaks } from '../leaks.ts';
import { ClosedError } from '../term-keeper.ts';
import type { Worker } from '../worker-context.ts';
import type { PeerRequest } from './peers.ts';

type Told = { peer: string; words: unknown };

/** What a request would tell a peer in an officer’s own words, at the places that they have in it; undefined when nothing. Codes,
 *  days, digests and the addresses of nodes are no words. */
export function wordsTold(request: PeerRequest): Told | undefined {
  if (request.op === 'offer') {
    const { gives, access, obligations, waives } = request.offer;
    const types = gives.map(({ type }) => ({ type }));
    const names = access.map(({ name }) => ({ name }));
    return { peer: request.peer, words: { gives: types, access: names, obligations, waives } };
  }
  if (request.op === 'contest') return { peer: request.peer, words: { told: request.contest.told } };
  if (request.op === 'attest') return { peer: request.peer, words: { obligation: request.obligation } };
  if (request.op === 'answer') {
    const { recall, legal_basis, passed_to } = request.answer;
    return { peer: recall, words: { legal_basis, passed_to } };
  }
  if ((request.op === 'standing' || request.op === 'offboard') && request.told !== undefined)
    return { peer: request.peer, words: { told: request.told } };
  return undefined;
}

/** Holds a request back whose words name what the vault holds or identify somebody for certain, and tells the officer by an act where, of which kind, and what to do.
 *  A standing does not wait for better words: it is said without them.
 *  @returns what may be carried out of the request; undefined for nothing */
export async function checkWords(worker: Worker, request: PeerRequest): Promise<PeerRequest | undefined> {
  const told = wordsTold(request);
  if (told === undefined) return request;
  const isUrgent = request.op === 'standing' || request.op === 'offboard';
  const { index, closed } = await worker.terms.known();
  if (closed.length > 0 && !isUrgent) throw new ClosedError(closed);
  const leaks = leakCheck(told.words, index);
  const others = leaks.length > 0 ? [] : await identifiersIn(told.words);
  if (leaks.length + others.length + closed.length === 0) return request;
  const way = isUrgent ? 'it was said without these words' : 'nothing was said: say it without the name';
  const act = `${request.op === 'answer' ? 'recall' : 'peer'}.${request.op}.${isUrgent ? 'cut' : 'held'}`;
  const found =
    leaks.length > 0
      ? tellLeaks(leaks)
      : others.length > 0
        ? `identifier: ${others.join(', ')}`
        : 'names of the vault do not open';
  const reason = `${found}; ${way}`;
  await worker.home.write((tx) => recordActs(tx, [{ actor: 'worker', act, object: told.peer, reason }]));
  if (!isUrgent) return undefined;
  const { told: _, ...rest } = request;
  return rest;
}

/** What is certain to identify somebody, whatever the vault holds: its kind and place. Links are told on purpose. */
async function identifiersIn(words: unknown, at = ''): Promise<string[]> {
  if (typeof words === 'object' && words !== null) {
    const found = Object.entries(words).map(([name, one]) => identifiersIn(one, `${at}/${name}`));
    return (await Promise.all(found)).flat();
  }
  if (typeof words !== 'string') return [];
  // Only here: what it reads by takes a while to load.
  const { findIdentifiers } = await import('@detente/redaction/findings');
  const certain = findIdentifiers(words).filter(({ kind, confidence }) => confidence === 1 && !TOLD.has(kind));
  return certain.map(({ kind }) => `${kind} at ${at}`);
}

const TOLD: ReadonlySet<string> = new Set(['url', 'hash', 'commit', 'model-id']);
