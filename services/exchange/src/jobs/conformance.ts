// A peer's node put to the test, as when it is in the sandbox: what it must answer, and what it must refuse.

import { generateKeyPairSync } from 'node:crypto';
import { clockSkew, formatTargetUri, type Signer, signRequest } from '@detente/http-signature';
import { type Descriptor, verifyDescriptor } from '@detente/keys';
import { type Conformance, type Peer, readDescriptor, storeConformance } from '@detente/store/exchange';
import { TlogError, verifyCheckpoint } from '@detente/tlog';
import type { Enrolled } from '../enrolled.ts';
import type { Line, PlainAnswer, PlainRequest } from '../line.ts';
import { faultSentence } from '../pull-fault.ts';
import type { Puller } from './pull.ts';

type Probed = { puller: Puller; peer: Peer; enrolled: Enrolled; line: Line };
type Finding = Omit<Conformance, 'check'>;

const FEED = '/exchange/v1/feed?after=0&late=0&limit=1';
const NOTICES = '/exchange/v1/notices';

/** Every check, in order; the name says what the peer's node does when it passes. */
const checks: Record<string, (probed: Probed) => Promise<Finding>> = {
  shows_its_descriptor: showsDescriptor,
  keeps_its_clock: keepsClock,
  signs_its_log: signsLog,
  serves_a_page: servesPage,
  refuses_unsigned: async ({ line }) => refused(await line.plain({ method: 'GET', path: FEED }), [401]),
  refuses_an_unknown_key: (probed) => refuses(probed, { signer: stranger() }),
  refuses_an_old_signature: (probed) => refuses(probed, { now: Date.now() - 600_000 }),
  refuses_what_is_for_another: (probed) => refuses(probed, { origin: 'https://another-node.invalid' }),
  refuses_a_swapped_body: refusesSwappedBody,
  refuses_an_unknown_member: refusesUnknownMember,
  refuses_a_replay: refusesReplay,
};

/** Looks at what a peer's node does and keeps it for the officer who has asked. */
export async function checkConformance(probed: Probed): Promise<void> {
  const found: Conformance[] = [];
  for (const [check, run] of Object.entries(checks)) found.push({ check, ...(await findingOf(run, probed)) });
  await probed.puller.border.write((tx) => storeConformance(tx, probed.peer.origin, found));
}

async function findingOf(run: (probed: Probed) => Promise<Finding>, probed: Probed): Promise<Finding> {
  try {
    return await run(probed);
  } catch (error) {
    const detail = error instanceof TlogError ? `the checkpoint is refused: ${error.code}` : faultSentence(error);
    if (detail === undefined) throw error;
    return { passed: false, detail };
  }
}

async function showsDescriptor({ puller, peer, line }: Probed): Promise<Finding> {
  const { origin, fingerprint, keys } = peer;
  const { body } = await verifyDescriptor(await line.descriptor(), { origin, fingerprint, next: keys.identity?.next });
  const jws = (await readDescriptor(puller.border.now))!;
  const own = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()) as Descriptor;
  const shared = Object.keys(own.types).filter((type) =>
    own.types[type]!.some((one) => body.types[type]?.includes(one)),
  );
  if (shared.length === 0)
    return { passed: false, detail: 'it reads no version of a record type that this node reads' };
  const same = body.contract === own.contract;
  return { passed: true, detail: same ? 'it has the same contract' : 'it has another version of the contract' };
}

async function keepsClock({ line }: Probed): Promise<Finding> {
  const { headers } = await line.plain({ method: 'GET', path: '/log/v1/checkpoint' });
  const apart = Math.abs(Date.parse(String(headers.date)) - Date.now()) / 1000;
  if (!Number.isFinite(apart)) return { passed: false, detail: 'its answers have no Date' };
  return { passed: apart <= clockSkew, detail: `its clock is ${Math.round(apart)} s from this node’s` };
}

async function signsLog({ enrolled, line }: Probed): Promise<Finding> {
  const { status, body } = await line.plain({ method: 'GET', path: '/log/v1/checkpoint' });
  if (status !== 200) return { passed: false, detail: `it answers ${status} to the question for its checkpoint` };
  const note = Buffer.from(body, 'latin1').toString();
  const { size } = verifyCheckpoint(note, { name: enrolled.log, publicKey: [...enrolled.keys('log').values()] });
  return { passed: true, detail: `its log has ${size} leaves` };
}

async function servesPage({ enrolled, line }: Probed): Promise<Finding> {
  const { status } = await line.call(enrolled, { method: 'GET', path: FEED });
  return { passed: status === 200, detail: `it answers ${status}, and signs it` };
}

/** A question for a page with one thing wrong in its signature. */
async function refuses(
  { puller, peer, line }: Probed,
  { signer = puller.keys.transport, now = Date.now(), origin = peer.origin }: Partial<Signing>,
): Promise<Finding> {
  return refused(await line.plain(signed({ method: 'GET', path: FEED }, { signer, now, origin })), [401]);
}

async function refusesSwappedBody({ puller, peer, line }: Probed): Promise<Finding> {
  const signing = { signer: puller.keys.transport, now: Date.now(), origin: peer.origin };
  const call = signed({ method: 'POST', path: NOTICES, body: '{"canary":"a"}' }, signing);
  return refused(await line.plain({ ...call, body: '{"canary":"b"}' }), [401]);
}

async function refusesUnknownMember({ puller, peer, line }: Probed): Promise<Finding> {
  const signing = { signer: puller.keys.transport, now: Date.now(), origin: peer.origin };
  return refused(
    await line.plain(signed({ method: 'POST', path: NOTICES, body: '{"unknown":1}' }, signing)),
    [400, 422],
  );
}

async function refusesReplay({ puller, peer, line }: Probed): Promise<Finding> {
  const signing = { signer: puller.keys.transport, now: Date.now(), origin: peer.origin };
  const call = signed({ method: 'GET', path: FEED }, signing);
  const first = await line.plain(call);
  if (first.status !== 200) return { passed: false, detail: `it answers ${first.status} the first time` };
  return refused(await line.plain(call), [409]);
}

type Signing = { signer: Signer; now: number; origin: string };

function signed(request: PlainRequest, { signer, now, origin }: Signing): PlainRequest {
  const { method, path, body } = request;
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const message = { method, targetUri: formatTargetUri(origin, path), headers };
  const whole = body === undefined ? message : { ...message, body: Buffer.from(body) };
  const signature = signRequest(whole, signer, { now });
  return { ...request, headers: { ...headers, ...signature.headers } };
}

/** Nothing that came from the network is in the detail but a number. */
function refused({ status, headers }: PlainAnswer, expected: readonly number[]): Finding {
  const isProblem = String(headers['content-type']).startsWith('application/problem+json');
  const should = `where ${expected.join(' or ')} is due`;
  if (!expected.includes(status)) return { passed: false, detail: `it answers ${status} ${should}` };
  return { passed: isProblem, detail: `it answers ${status}${isProblem ? '' : ' without problem details (RFC 9457)'}` };
}

function stranger(): Signer {
  return { kid: 'A'.repeat(43), privateKey: generateKeyPairSync('ed25519').privateKey };
}
