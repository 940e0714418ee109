// The services of a whole node, each with its contract and with what its callers need to be let in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileNode } from '../hostile/node.ts';
import type { Test, TestNode } from '../node.ts';
import { type Document, readContract } from './document.ts';
import type { Target } from './run.ts';
import type { Authorize } from './send.ts';
import { offerBody, startWorld } from './world.ts';

export const CONTRACTS = ['reporting', 'casework', 'exchange', 'publication'] as const;
export type ContractName = (typeof CONTRACTS)[number];

const OPENAPI = new URL('../../../../openapi/', import.meta.url);

/** Rules of a record's fields that no schema says: real countries, the month of the day, the level of the axes. */
const fields = {
  occurred_month: ['2026-10'],
  occurred: ['2026-10-03'],
  detected: ['2026-10-05'],
  countries_affected: [['SG'], ['CN', 'US']],
  severity: ['unrated', { level: 4, axes: { people: 4, safeguards: 0, reach: null } }],
  proposals: [[], [{ field: 'root_cause', value: 'A flag.', basis: 'The log says so.' }]],
};
/** Where nobody listens, so that officers can add peers. */
const origins = [1, 2, 3, 4, 5, 6].map((last) => `http://127.0.0.${last}:9`);
const officers = {
  values: { ...fields, origin: origins },
  bodies: {
    offerPeer: [{ offer: offerBody, reason: 'test' }],
    checkOffer: [{ offer: offerBody }],
    attestObligation: ['drill', 'suite_adopted/a'].map((obligation) => ({ obligation, reason: 'test' })),
    simulateOffer: [{ offer: offerBody }],
  },
};
const tiles = ['0/000', '0/000.p/16', '0/000.p/32', '1/000', 'entries/000', 'entries/000.p/16'];

/** Starts the node until the test ends. */
export async function startTargets(t: Test): Promise<Record<ContractName, Target>> {
  const { node, key, caller, signed } = await startWorld(t);
  const { casework } = JSON.parse(readFileSync(join(node.data, 'state.json'), 'utf8')) as { casework: string };
  const base = node.address;
  return {
    reporting: { ...contractOf('reporting'), base, authorize: bearer(key), examples: { values: fields } },
    casework: {
      ...contractOf('casework'),
      ...{ base: casework, authorize: bearer(node.token), examples: officers },
      // Else officers would soon expel the peer that calls, and disable their own token.
      hidden: ['caller', caller.origin, 'first-officer'],
    },
    exchange: {
      ...contractOf('exchange'),
      ...{ base, authorize: signature(node, caller), examples: { bodies: signed, values: { path: tiles } } },
    },
    publication: { ...contractOf('publication'), base, authorize: () => [], examples: { values: { path: tiles } } },
  };
}

function contractOf(name: ContractName): Pick<Target, 'contract'> {
  return {
    contract: readContract(name, JSON.parse(readFileSync(new URL(`${name}.json`, OPENAPI), 'utf8')) as Document),
  };
}

function bearer(token: string): Authorize {
  const values = { right: `Bearer ${token}`, wrong: `Bearer ${token.slice(0, -4)}AAAA`, garbled: 'Bearer \u00e9  ,x' };
  return (_, credential) => [['authorization', values[credential]]];
}

function signature(node: TestNode, caller: HostileNode): Authorize {
  const [right, wrong] = [caller.signer('transport'), caller.signer('receipt')];
  return ({ method, path, headers, body }, credential) => {
    const contentType = headers.find(([name]) => name === 'content-type')?.[1];
    const call = { method, path, body: body ?? Buffer.alloc(0), ...(contentType !== undefined && { contentType }) };
    const signed = caller.sign(node.origin, call, credential === 'wrong' ? wrong : right).headers;
    return ['content-digest', 'signature-input', 'signature']
      .filter((name) => signed[name] !== undefined)
      .map((name) => [name, credential === 'garbled' ? signed[name]!.slice(1, -5) : signed[name]] as [string, string]);
  };
}
