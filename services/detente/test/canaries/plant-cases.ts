// Reports, and what officers make of them.

import { until } from '@detente/testkit';
import type { Audience } from './phrases.ts';
import { p } from './phrases.ts';
import { key, ok, toPeer, type World } from './world.ts';

type Fields = Record<string, unknown>;
type Triage = { level?: number; tlp?: string };

const tag = { function: p.openTag, tag: Buffer.alloc(32, 7).toString('base64url') };
/** Everything that has words. The names stand in the long text too, which is scrubbed. */
const openFields: Fields = {
  title: `A planner and a ${p.openTitle}`,
  summary: `It took the ${p.openSummary} for a door.`,
  mitigations: [{ text: `The ${p.openMitigation} was closed.`, worked: 'yes', nist_ai_rmf: null }],
  failure_pattern: `It follows a ${p.openPattern}.`,
  root_cause: `A ${p.openCause} stood in the way.`,
  safeguards_bypassed: [`the ${p.openSafeguard}`],
  detection: `Somebody heard the ${p.openDetection}.`,
  component_tags: [tag],
  narrative: `Under the ${p.openNarrative}, ${p.developer} and ${p.deployer} ran ${p.model} for ${p.customers}.`,
  capability_level: { suite: p.openSuite, band: 'high' },
  evidence: [{ kind: 'document', reference: p.openEvidence }],
};
const openParties = {
  reporter: [p.reporter],
  developer: [p.developer],
  deployer: [p.deployer],
  model: [p.model],
  customers: [p.customers],
  harmed: [p.harmed],
};

export async function plantCases(world: World): Promise<void> {
  for (const peer of ['green', 'amber', 'strict'] as const) await offerTo(world, peer);
  await offerTo(world, 'suspended');
  await suspend(world);
  const open = await report(world, openFields, { parties: openParties });
  const shown = await report(world, { title: `A ${p.shownTitle}`, root_cause: `A ${p.shownCause}.` }, { source });
  const grave = await report(world, {
    title: `A grave ${p.graveTitle}`,
    mitigations: [{ text: `Through the ${p.graveMitigation}.`, worked: null, nist_ai_rmf: null }],
    root_cause: `A ${p.graveCause}.`,
    narrative: `All about a ${p.graveNarrative}.`,
  });
  const hidden = await report(world, {
    title: `A ${p.redTitle}`,
    evidence: [{ kind: 'log', reference: p.redEvidence }],
  });
  const withdrawn = await report(world, { title: `A ${p.withdrawnTitle}`, root_cause: `A ${p.withdrawnCause}.` });
  await reportByAnother(world);
  await followUp(world, open);
  await release(world, open, { level: 2 }, true);
  await release(world, shown, { level: 3, tlp: 'green' });
  await release(world, grave, { level: 6, tlp: 'amber' });
  await release(world, hidden, { level: 1, tlp: 'red' });
  await release(world, withdrawn, { level: 2 }, true);
  await correct(world, shown);
  await untilLogged(world, 8);
  await ok(world, 'green', { method: 'GET', path: '/exchange/v1/feed?after=0&late=0&limit=1000' });
  await ok(world, 'officer', {
    method: 'POST',
    path: `/casework/v1/cases/${withdrawn}/retraction`,
    body: { reason: p.retractReason },
  });
  await untilLogged(world, 10);
  // What was logged before comes to this one late.
  await offerTo(world, 'red', { access: [{ kind: 'testbed', name: p.access, condition: 'unconditional' }] });
}

export const offerBody = (tier: string, more: object = {}) => ({
  gives: [{ type: 'incident', domains: ['*'], bands: ['*'], tier, condition: 'unconditional', onward: null }],
  ...{ access: [], obligations: [], waives: [], notice_days: 0, backlog: true },
  ...{ valid_from: '2026-01-01', valid_until: null },
  ...more,
});
const TIER_OF = { green: 'green', amber: 'amber', strict: 'amber-strict', red: 'red', suspended: 'red' } as const;

export async function offerTo(world: World, peer: keyof typeof TIER_OF, more: object = {}): Promise<void> {
  await toPeer(world, peer, 'offer', { offer: offerBody(TIER_OF[peer], more), reason: p.offerReason });
}

async function suspend(world: World): Promise<void> {
  const body = { standing: 'suspended', told: p.toldStanding, reason: p.standingReason };
  await toPeer(world, 'suspended', 'standing', body);
  await until('it is suspended', async () => {
    const { json } = await ok(world, 'officer', { method: 'GET', path: '/casework/v1/peers' });
    return json.items.some(({ status }: { status: string }) => status === 'suspended');
  });
}

export const source = {
  registry: 'aiid',
  id: '4711',
  url: `https://source.example/${p.sourceUrl}`,
  licence: p.licence,
  attribution: p.attribution,
  same_as: [p.sameAs],
  extra: { note: p.extra },
};

async function report(world: World, fields: Fields, more: object = {}): Promise<string> {
  const whole = { kind: 'incident', language: 'en', summary: 'It went on.', hazard_domain: 'cyber', ...fields };
  const body = { fields: whole, ...more };
  const call = { method: 'POST', path: '/reporting/v1/cases', body, headers: key() };
  return (await ok(world, 'lab-a', call)).json.id;
}

async function reportByAnother(world: World): Promise<void> {
  const fields = {
    ...{ kind: 'hazard', language: 'en', summary: 'Not yet, says Dr. Mary Jones.', title: `A ${p.keptTitle}` },
    ...{ root_cause: `A ${p.keptCause}.`, narrative: `Of a ${p.keptNarrative}.` },
  };
  const proposals = [{ field: 'detection', value: `By the ${p.proposed}`, basis: `As the ${p.basis} says` }];
  const line = JSON.stringify({ fields, parties: { developer: [p.otherDeveloper] }, proposals });
  const path = '/reporting/v1/cases/batch';
  await ok(world, 'lab-b', { method: 'POST', path, body: `${line}\n`, contentType: 'application/x-ndjson' });
  await judge(world);
}

/** Keeps what was found in a case. */
async function judge(world: World): Promise<void> {
  const found = async () =>
    (
      await world.node.sql(
        'home',
        `SELECT case_id, f->>'id' AS finding FROM drafts, jsonb_array_elements(findings) f WHERE f->>'text' LIKE '%Mary Jones'`,
      )
    )[0] as { case_id: string; finding: string } | undefined;
  await until('it is read', async () => (await found()) !== undefined);
  const { case_id, finding } = (await found())!;
  await change(world, case_id, 'findings', { verdicts: [{ id: finding, verdict: 'keep' }], reason: 'walk' });
}

async function followUp(world: World, id: string): Promise<void> {
  const body = { text: `The ${p.followUp} fell down.`, parties: { developer: [p.followUpDeveloper] } };
  await ok(world, 'lab-a', { method: 'POST', path: `/reporting/v1/cases/${id}/updates`, body, headers: key() });
}

/** Changes a case on its present state, again when it has changed meanwhile. */
async function change(world: World, id: string, what: string, body: object): Promise<void> {
  const path = `/casework/v1/cases/${id}`;
  await until(`${id} is changed`, async () => {
    const { headers } = await ok(world, 'officer', { method: 'GET', path });
    const match = { 'if-match': String(headers.etag) };
    const answer = await world.caller.as('officer', { method: 'PUT', path: `${path}/${what}`, body, headers: match });
    return answer.status === 200;
  });
}

async function release(world: World, id: string, { level = 0, tlp = 'clear' }: Triage, edition = false) {
  const severity = { level, axes: { people: level, safeguards: 0, reach: 0 } };
  await change(world, id, 'triage', { severity, hazard_domain: 'cyber', tlp, reason: p.triageReason });
  await decide(world, id, edition);
}

async function correct(world: World, id: string): Promise<void> {
  const { json } = await ok(world, 'officer', { method: 'GET', path: `/casework/v1/cases/${id}` });
  const fields = { ...json.fields, root_cause: `A ${p.shownCorrected}.` };
  await until('it is released', async () => (await statusOf(world, id)) === 'released');
  await change(world, id, 'fields', { fields, reason: p.correctReason });
  await decide(world, id, false);
}

async function decide(world: World, id: string, public_edition: boolean, as: Audience = 'officer'): Promise<void> {
  const path = `/casework/v1/cases/${id}`;
  await until(`${id} is decided on`, async () => {
    const { json } = await ok(world, as, { method: 'GET', path: `${path}/draft` });
    const body = { draft: json.digest, public_edition, reason: p.releaseReason };
    return (await world.caller.as(as, { method: 'POST', path: `${path}/release`, body })).status === 202;
  });
}

async function statusOf(world: World, id: string): Promise<string> {
  return (await ok(world, 'officer', { method: 'GET', path: `/casework/v1/cases/${id}` })).json.status;
}

async function untilLogged({ node }: World, count: number): Promise<void> {
  const text = 'SELECT count(*)::int AS n FROM records WHERE place IS NOT NULL';
  await until(`${count} versions are logged`, async () => (await node.sql('home', text))[0]!.n === count);
}
