// One and the same incident: what its owner, each peer and the public hold of it, and that each copy is the owner's.

import { dataOf } from '@detente/client';
import { type PublicJwk, publicKeyOf, thumbprint, verifyDescriptor } from '@detente/keys';
import { incident, tierOf, verifyRecord } from '@detente/record';
import { CommandError } from '../errors.ts';
import { formatTable, plain } from '../output.ts';
import { formatDossier, verifyDossier } from '../proofs/dossier.ts';
import type { DemoNode } from './federation.ts';

/** How many cases are looked at for the one that tells most. */
const LOOKED_AT = 20;

export type Copy = { holder: string; fields: Record<string, unknown>; level: number; verified: string };
export type Comparison = { title: string; digest: string; copies: Copy[] };

/** Collects the copies of one of the owner's incidents and verifies each against the owner's published keys.
 *  @throws CommandError `refused`, ProofError, RecordError when a copy is not the owner's */
export async function compareCopies(owner: DemoNode, peers: readonly DemoNode[]): Promise<Comparison> {
  const chosen = await choose(owner);
  const { recordKey } = await originKeys(owner);
  const expectation = {
    iss: owner.origin,
    keyFor: (kid: string) => (kid === thumbprint(recordKey) ? publicKeyOf(recordKey) : undefined),
  };
  const dossier = dataOf(
    await owner.casework.GET('/casework/v1/dossiers/{digest}', { params: { path: { digest: chosen.digest } } }),
  );
  const own = await verifyDossier(Buffer.from(formatDossier(dossier)), owner.fingerprint);
  const copies: Copy[] = [
    {
      holder: `${owner.name} (owner)`,
      fields: own.record.fields,
      level: own.record.level,
      verified: `entry ${own.log.index} of its signed log`,
    },
  ];
  for (const peer of peers) {
    const params = { path: { peer: owner.name, digest: chosen.digest } };
    const item = dataOf(await peer.casework.GET('/casework/v1/inbox/{peer}/{digest}', { params }));
    const record = verifyRecord(item.presentation, expectation);
    if (record.digest !== chosen.digest || !dossier.record.startsWith(item.presentation))
      throw new CommandError('refused', `What ${peer.name} holds is no prefix of what ${owner.name} signed.`);
    const verified = `the first ${item.presentation.length} of the owner’s ${dossier.record.length} bytes, signature and all`;
    copies.push({ holder: peer.name, fields: record.fields, level: record.level, verified });
  }
  const edition = await owner.publication.GET('/publication/v1/editions/{id}', {
    params: { path: { id: chosen.edition } },
  });
  const published = verifyRecord(dataOf(edition).token, expectation);
  copies.push({
    holder: 'public',
    fields: published.fields,
    level: published.level,
    verified: 'an edition of its own, signed by the owner',
  });
  return { title: String(own.record.fields.title), digest: chosen.digest, copies };
}

/** The released incident with most fields: the one on which tiers show best. */
async function choose(owner: DemoNode): Promise<{ digest: string; edition: string }> {
  const query = { status: 'released' as const, limit: LOOKED_AT };
  const { items } = dataOf(await owner.casework.GET('/casework/v1/cases', { params: { query } }));
  const cases = await Promise.all(
    items.map(({ id }) => owner.casework.GET('/casework/v1/cases/{id}', { params: { path: { id } } }).then(dataOf)),
  );
  const richness = (one: (typeof cases)[number]) =>
    Object.keys(one.fields).length + (one.severity === 'unrated' ? 0 : 10);
  const best = cases.sort((a, b) => richness(b) - richness(a))[0];
  const record = best?.versions.find(({ edition }) => !edition);
  const edition = best?.versions.find((version) => version.edition);
  if (!best || !record || !edition) throw new CommandError('refused', `${owner.name} has released nothing to compare.`);
  return { digest: record.digest, edition: edition.id };
}

/** The keys that the owner publishes, under the fingerprint that the peers pinned. */
async function originKeys(owner: DemoNode): Promise<{ recordKey: PublicJwk }> {
  const answer = await fetch(`${owner.origin}/.well-known/detente`, { redirect: 'error' });
  const { body } = await verifyDescriptor((await answer.text()).trim(), owner);
  return { recordKey: body.keys.record.jwk };
}

/** The table, 100 columns wide: a row a field; the owner's value, and who else has it. */
export function formatComparison({ copies }: Comparison): string {
  const [owner, ...others] = copies;
  const rows = incident.fields.map(({ name, tier }) => [
    name,
    tier,
    valueText(owner!.fields[name], 30),
    ...others.map(({ fields }) => cell(fields, name, owner!)),
  ]);
  return formatTable(['field', 'tier', ...copies.map(({ holder }) => holder)], rows);
}

/** How each copy was verified, a line a holder. */
export function formatProofs({ copies }: Comparison): string {
  return copies
    .map(({ holder, level, verified }) => {
      const tier = tierOf(level as 0 | 1 | 2 | 3 | 4 | 5) ?? 'nothing';
      return `  ✓ ${holder.padEnd(12)} up to ${tier.padEnd(12)}  ${verified}`;
    })
    .join('\n');
}

function cell(fields: Record<string, unknown>, name: string, owner: Copy): string {
  if (!(name in fields)) return '·';
  const same = JSON.stringify(fields[name]) === JSON.stringify(owner.fields[name]);
  return same ? '=' : valueText(fields[name], 22);
}

/** What there is in a value, each with the name of its member. */
function valueText(value: unknown, longest: number): string {
  const text = leavesOf(value).join(', ');
  return text === '' ? '–' : plain(text, longest);
}

function leavesOf(value: unknown, name = ''): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, name));
  if (typeof value === 'object') return Object.entries(value).flatMap(([member, item]) => leavesOf(item, member));
  return [name === '' ? String(value) : `${name} ${value}`];
}
