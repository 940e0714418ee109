// A node that an adversary runs: its own keys for every purpose, its own signer, its own listener, and no scruples.

import { createPrivateKey, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedPage } from '@detente/feed';
import { parseRequestSignature, SignatureError, signResponse } from '@detente/http-signature';
import {
  type Descriptor,
  descriptorKeys,
  holderOf,
  initKeys,
  loadKeys,
  logNameOf,
  type PublicKeys,
  type Signer,
  type SigningPurpose,
  type StatementTyp,
  signStatement,
  statementPurpose,
  witnessNameOf,
} from '@detente/keys';
import { type IssuedRecord, issueRecord, type SignedPart } from '@detente/record';
import { signByHand } from './by-hand.ts';
import { HostileLog } from './log.ts';
import { type Answered, type Call, type RawRequest, type Signing, sendRaw, signCall } from './request.ts';

type Test = { teardown(end: () => unknown): unknown };

/** A request that came in. */
export type Heard = { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer };

export type HostileNode = Awaited<ReturnType<typeof startHostileNode>>;

/** Starts one on a free port of this machine until the test ends. It answers as an honest node would, but for what its
 *  `answer` and `spoil` say. */
export async function startHostileNode(t: Test) {
  const root = mkdtempSync(join(tmpdir(), 'detente-hostile-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const { publicKeys, fingerprint } = initKeys(root);
  const signer = (purpose: SigningPurpose): Signer => loadKeys(join(root, holderOf(purpose))).signer(purpose);
  const successor = (purpose: SigningPurpose): Signer =>
    readSigner(join(root, holderOf(purpose), `${purpose}.next.json`));
  const transport = signer('transport');
  const heard: Heard[] = [];
  const origin = await listen(t, hear);
  const log = new HostileLog(logNameOf(origin), signer('log').privateKey);
  const descriptor = describe(origin, publicKeys, signer('identity'));

  const node = {
    ...{ origin, fingerprint, publicKeys, log, signer, successor, descriptor, heard },
    /** What it shows of itself: a right descriptor, until it is replaced. */
    shown: descriptor(),
    /** Answers a request in its own way; returns false for those that it leaves to the honest half. */
    answer: (_: Heard, __: ServerResponse): boolean => false,
    /** Changes a page that is right, before it is signed: in place, or by returning another text. */
    spoil: (_: FeedPage): string | undefined => undefined,
    /** Late items that its pages bring. */
    late: [] as Late[],
    /** The fields by which an answer is signed for a request. */
    sealed: (to: Heard, status: number, body: string, by = transport) => seal(by, to, status, body),
    /** A record that is right in everything. */
    record: (fields: Record<string, unknown> = {}, part: Partial<SignedPart> = {}, key = signer('record')) =>
      issue(origin, fields, part, key),
    /** A right statement of one of its keys, unless another one signs. */
    state: async (
      typ: StatementTyp,
      body: object,
      more: { aud?: string; seq?: number; iss?: string; by?: Signer } = {},
    ) => {
      const { iss = origin, seq = 1, aud, by = signer(statementPurpose[typ]) } = more;
      const input = { typ, iss, seq, body, ...(aud !== undefined && { aud }) };
      return (await signStatement(input, by)).jws;
    },
    /** A call signed with its transport key, but for what is said otherwise. */
    sign: (to: string, call: Call, signing: Partial<Signing> = {}): RawRequest =>
      signCall(call, { ...transport, origin: to, ...signing }),
    send: (port: number, raw: RawRequest): Promise<Answered> => sendRaw(port, raw),
  };

  function hear(request: Heard, outgoing: ServerResponse): void {
    heard.push(request);
    const { url } = request;
    if (node.answer(request, outgoing)) return;
    if (url === '/.well-known/detente') {
      outgoing.writeHead(200, { 'content-type': 'application/jose' }).end(node.shown);
    } else if (url.startsWith('/exchange/v1/feed')) reply(outgoing, request, 200, pageFor(url, node));
    else reply(outgoing, request, 204, '');
  }

  function reply(outgoing: ServerResponse, to: Heard, status: number, body: string): void {
    outgoing.writeHead(status, { 'content-type': 'application/json', ...seal(transport, to, status, body) }).end(body);
  }

  return node;
}

/** Listens until the test ends, and hands on whole requests.
 *  @returns the origin */
async function listen(t: Test, hear: (request: Heard, outgoing: ServerResponse) => void): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    const { method = '', url = '', headers } = incoming;
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => hear({ method, url, headers, body: Buffer.concat(chunks) }, outgoing));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Late = { number: number; listed: HostileLog['listed'][number]; rule?: string };
type Feed = { log: HostileLog; late: Late[]; spoil: (page: FeedPage) => string | undefined };

/** The page that was asked for: a right one, spoilt. */
function pageFor(url: string, { log, late, spoil }: Feed): string {
  const query = new URL(url, 'http://feed').searchParams;
  const [after, lateAfter, limit] = ['after', 'late', 'limit'].map((name) => Number(query.get(name)));
  const waiting = late.filter(({ number }) => number > lateAfter!);
  const page = log.page({ after: after!, lateAfter: lateAfter!, limit: limit!, late: waiting });
  return spoil(page) ?? JSON.stringify(page);
}

/** A key that is announced and not yet in use. */
function readSigner(file: string): Signer {
  const { kid, kty, crv, x, d } = JSON.parse(readFileSync(file, 'utf8'));
  return { kid, privateKey: createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' }), publicJwk: { kty, crv, x } };
}

/** The fields that sign an answer; none where the request has no signature that it could be bound to. */
function seal(transport: Signer, to: Heard, status: number, body: string): Record<string, string> {
  try {
    const request = parseRequestSignature({ headers: to.headers }, Date.now());
    return signResponse({ status, body: Buffer.from(body) }, transport, { request, now: Date.now() });
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    return {};
  }
}

/** Makes descriptors: right ones, but for what `change` does to the body; by the identity key, unless another one signs. */
function describe(origin: string, publicKeys: PublicKeys, identity: Signer) {
  return (
    change: (body: Descriptor) => unknown = () => undefined,
    more: { seq?: number; iss?: string; by?: Signer } = {},
  ) => {
    const { seq = 1, iss = origin, by = identity } = more;
    const body: Descriptor = {
      keys: structuredClone(descriptorKeys(publicKeys)),
      endpoints: { exchange: `${origin}/exchange/v1`, log: `${origin}/log/v1` },
      ...{ types: { incident: [1] }, contract: randomBytes(32).toString('base64url') },
      ...{ log: logNameOf(origin), witness: witnessNameOf(origin), contact: { name: 'duty officer' } },
      day: new Date().toISOString().slice(0, 10),
    };
    change(body);
    // By hand: what signs a right descriptor would refuse a wrong one.
    const payload = { iss, seq, jti: randomBytes(16).toString('base64url'), ...body };
    return signByHand({ alg: 'Ed25519', typ: 'detente-descriptor+jwt', kid: by.kid }, payload, by.privateKey);
  };
}

function issue(iss: string, fields: Record<string, unknown>, part: Partial<SignedPart>, key: Signer): IssuedRecord {
  const whole = { iss, id: randomUUID(), type: 'incident/1', tlp: 'clear' as const, tick: 0 };
  const said = {
    ...{ kind: 'incident', title: 'A planner ran unapproved commands', language: 'en' },
    ...{ summary: 'An agent issued commands that nobody had approved.', hazard_domain: 'cyber', root_cause: 'A flag.' },
    ...fields,
  };
  return issueRecord({ ...whole, exercise: false, retracted: false, ...part, fields: said } as never, key);
}
