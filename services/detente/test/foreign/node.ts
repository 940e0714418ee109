// A node as another country would write it: from docs/protocol.md alone, with nothing of Detente's packages.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FollowedLog, type Page, ShownLog } from './log.ts';
import {
  type Claims,
  digestOf,
  disclosedDigest,
  type ForeignRecord,
  issueRecord,
  type Jwk,
  type Key,
  makeKey,
  sha256,
  signStatement,
  thumbprint,
  verifyCompact,
  verifyRecord,
} from './signed.ts';
import { call, type Heard, judgeRequest, type Reply, send, signReply } from './wire.ts';

type Test = { teardown(end: () => unknown): unknown };
type Peer = { origin: string; keys: Record<string, Jwk>; log: FollowedLog };

const PURPOSES = 'identity record agency log transport receipt witness lab-receipt mailbox'.split(' ');
const today = () => new Date().toISOString().slice(0, 10);
const problem = (status: number, code: string): Reply => ({
  status,
  body: JSON.stringify({ type: `urn:detente:problem:${code}`, title: code, status, code }),
  type: 'application/problem+json',
});
const done: Reply = { status: 204, body: '' };

export class ForeignNode {
  readonly origin: string;
  readonly fingerprint: string;
  readonly log: ShownLog;
  readonly taken = {
    receipts: [] as Claims[],
    warnings: [] as Claims[],
    notices: [] as Claims[],
    records: [] as Claims[],
  };
  readonly #keys: Record<string, Key>;
  readonly #descriptor: string;
  readonly #statements = new Map<string, string>();
  readonly #nonces = new Set<string>();
  readonly #sequences = new Map<string, number>();
  #peer: Peer | undefined;

  constructor(origin: string) {
    this.origin = origin;
    const made = () =>
      Object.fromEntries(PURPOSES.map((one) => [one, makeKey(one === 'mailbox' ? 'X25519' : 'Ed25519')]));
    const next = made();
    this.#keys = made();
    this.fingerprint = this.#keys.identity!.kid;
    const host = new URL(origin).host;
    this.log = new ShownLog(`${host}/log/v1`, this.#keys.log!);
    const keys = Object.fromEntries(PURPOSES.map((one) => [one, { jwk: this.#keys[one]!.jwk, next: next[one]!.kid }]));
    this.#descriptor = this.#state('detente-descriptor+jwt', 'identity', {
      iss: origin,
      keys,
      endpoints: { exchange: `${origin}/exchange/v1`, log: `${origin}/log/v1` },
      types: { incident: [1] },
      contract: sha256('another contract').toString('base64url'),
      ...{ log: this.log.name, witness: `${host}/witness/v1`, contact: { name: 'duty officer' }, day: today() },
    });
    this.log.add(digestOf('detente-descriptor+jwt', this.#descriptor));
  }

  /** Reads the peer's descriptor under the fingerprint that was compared out of band. */
  async meet(origin: string, fingerprint: string): Promise<void> {
    const { body } = await send(`${origin}/.well-known/detente`);
    const text = body.toString();
    const shown = JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString()).keys as Record<
      string,
      { jwk: Jwk }
    >;
    if (thumbprint(shown.identity!.jwk) !== fingerprint) throw new Error('it shows another identity');
    const claims = verifyCompact(text, 'detente-descriptor+jwt', shown.identity!.jwk);
    if (claims.iss !== origin) throw new Error('it describes another node');
    const keys = Object.fromEntries(Object.entries(shown).map(([purpose, { jwk }]) => [purpose, jwk]));
    this.#peer = { origin, keys, log: new FollowedLog(`${claims.log}`, keys.log!) };
  }

  /** Puts an offer of one tier for everything and a good standing; whether both were taken. */
  async agree(tier: string): Promise<boolean> {
    const rule = { type: 'incident', domains: ['*'], bands: ['*'], tier, condition: 'unconditional', onward: null };
    const lists = { access: [], obligations: [], waives: [], notice_days: 0, backlog: true };
    const offer = { gives: [rule], ...lists, valid_from: today(), valid_until: null };
    const reason = { code: 'enrolled', params: {} };
    const standing = { standing: 'good', since: today(), reason, overridden: false };
    const bodies: [typ: string, body: Claims][] = [
      ['detente-offer+jwt', offer],
      ['detente-standing+jwt', standing],
    ];
    for (const [typ, body] of bodies) {
      const statement = this.#statements.get(`own ${typ}`) ?? this.#say(typ, 'agency', body);
      this.#statements.set(`own ${typ}`, statement);
      const answer = await this.#call('PUT', 'statements', { statement });
      if (answer.status !== 204 || answer.unsigned) return false;
    }
    return true;
  }

  issue(tlp: string, fields: Claims): ForeignRecord {
    return issueRecord(this.#keys.record!, { iss: this.origin, tlp, tick: 0 }, fields);
  }

  async warn(record: ForeignRecord): Promise<number> {
    return (await this.#call('POST', 'notices', { warning: record.at(2) })).status;
  }

  async sayHello(): Promise<number> {
    const canary = this.#say('detente-canary+jwt', 'agency', { day: today() });
    return (await this.#call('POST', 'notices', { canary })).status;
  }

  /** Pulls a page, and signs for what it brought. */
  async pull(): Promise<void> {
    const { log, origin, keys } = this.#peer!;
    const { after } = log;
    const answer = await this.#call('GET', `feed?after=${after}&late=${log.late}&limit=1000`);
    if (answer.status !== 200 || answer.unsigned) throw new Error(`answered ${JSON.stringify(answer)}`);
    const page = answer.json as Page;
    if (page.terms !== this.#terms(origin, this.origin, page.day)) throw new Error('its terms have another name');
    const brought = log.take(page);
    for (const { record } of brought) {
      const digest = digestOf('detente+sd-jwt', record);
      this.taken.records.push({ digest, ...verifyRecord(record, origin, keys.record!) });
    }
    if (brought.length > 0) await this.#receipt({ after, next: page.next }, brought);
  }

  async #receipt(page: { after: number; next: number } | null, brought: { record: string; late?: number }[]) {
    const records = brought.map(({ record, late }) => {
      const level = { 1: 0, 8: 1, 17: 2, 23: 3, 25: 4, 26: 5 }[record.split('~').length - 1]!;
      const said = { digest: digestOf('detente+sd-jwt', record), level, disclosed: disclosedDigest(record) };
      return late === undefined ? said : { ...said, late };
    });
    const log = `${new URL(this.#peer!.origin).host}/log/v1`;
    const receipt = this.#say('detente-receipt+jwt', 'receipt', { log, page, records });
    const answer = await this.#call('POST', 'receipts', { receipt });
    if (answer.status !== 204) throw new Error(`the receipt was answered ${JSON.stringify(answer)}`);
  }

  /** Section 7: the name of the terms of one direction. */
  #terms(giver: string, taker: string, day: string): string {
    const digest = (by: string, typ: string) => {
      const jws = this.#statements.get(`${by === this.origin ? 'own' : 'theirs'} ${typ}`);
      return jws === undefined ? '-' : digestOf(typ, jws);
    };
    const digests = ['detente-offer+jwt', 'detente-standing+jwt'].flatMap((typ) => [
      digest(giver, typ),
      digest(taker, typ),
    ]);
    const lines = ['detente/terms/1', giver, taker, day, ...digests];
    return sha256(lines.map((line) => `${line}\n`).join('')).toString('base64url');
  }

  #say(typ: string, purpose: string, body: Claims): string {
    return this.#state(typ, purpose, { iss: this.origin, aud: this.#peer!.origin, ...body });
  }

  #state(typ: string, purpose: string, claims: Claims): string {
    const seq = typ === 'detente-receipt+jwt' ? Date.now() : (this.#sequences.get(typ) ?? 0) + 1;
    this.#sequences.set(typ, seq);
    return signStatement(typ, this.#keys[purpose]!, { ...claims, seq });
  }

  #call(method: string, path: string, body?: object) {
    const { origin, keys } = this.#peer!;
    const to = { origin, transport: keys.transport! };
    return call(to, this.#keys.transport!, { method, path: `/exchange/v1/${path}`, ...(body && { body }) });
  }

  /** Answers a request, with the fields of its signature where there is one. */
  hear(heard: Heard): Reply & { fields: Record<string, string> } {
    const path = heard.url.split('?')[0]!;
    if (!path.startsWith('/exchange/')) return { ...this.#showPublic(path), fields: {} };
    if (!this.#peer) return { ...problem(401, 'signature_invalid'), fields: {} };
    const peer = this.#peer.keys.transport!;
    const judged = judgeRequest(heard, { origin: this.origin, peer });
    if ('code' in judged) return { ...problem(401, judged.code), fields: {} };
    const reply = this.#nonces.has(judged.nonce) ? problem(409, 'nonce_replayed') : this.#serve(heard, path);
    this.#nonces.add(judged.nonce);
    return { ...reply, fields: signReply(reply, judged.signature, this.#keys.transport!) };
  }

  #showPublic(path: string): Reply {
    if (path === '/.well-known/detente') return { status: 200, body: this.#descriptor, type: 'application/jose' };
    if (path === '/log/v1/checkpoint') return { status: 200, body: this.log.checkpoint(), type: 'text/plain' };
    return problem(404, 'not_found');
  }

  #serve({ method, url, body }: Heard, path: string): Reply {
    const query = new URL(url, this.origin).searchParams;
    const call = `${method} ${path.slice('/exchange/v1/'.length)}`;
    if (call === 'GET feed') {
      const terms = this.#terms(this.origin, this.#peer!.origin, today());
      const number = (name: string, absent: number) => Number(query.get(name) ?? absent);
      const asked = { after: number('after', 0), late: number('late', 0), limit: number('limit', 1000) };
      const page = this.log.page(asked, { day: today(), terms });
      return { status: 200, body: JSON.stringify(page), type: 'application/json' };
    }
    if (call === 'GET mirror/checkpoint') return done;
    if (call === 'POST checkpoints') return { status: 200, body: '{"logs":[]}', type: 'application/json' };
    try {
      return this.#take(call, JSON.parse(body.toString()));
    } catch (error) {
      if (error instanceof Refusal) return problem(422, 'validation_failed');
      throw error;
    }
  }

  #take(call: string, body: Claims): Reply {
    const [name = '', ...more] = Object.keys(body);
    const jws = body[name];
    const wanted = {
      'PUT statements': ['statement'],
      'POST receipts': ['receipt'],
      'POST notices': Object.keys(NOTICES),
    };
    const names = wanted[call as keyof typeof wanted];
    if (names === undefined) return problem(404, 'not_found');
    if (more.length > 0 || !names.includes(name) || typeof jws !== 'string') throw new Refusal();
    const { origin, keys } = this.#peer!;
    if (name === 'warning') {
      this.taken.warnings.push(verifyRecord(jws, origin, keys.record!));
      // One that does not arrive is left out: this node keeps nothing.
      this.#receipt(null, [{ record: jws }]).catch(() => undefined);
      return done;
    }
    const typ = JSON.parse(Buffer.from(jws.split('.')[0]!, 'base64url').toString()).typ as string;
    const claims = verifyCompact(jws, typ, keys[name === 'receipt' ? 'receipt' : 'agency']!);
    if (claims.iss !== origin || claims.aud !== this.origin) throw new Refusal();
    if (name === 'receipt') this.taken.receipts.push(claims);
    else if (name === 'statement') this.#statements.set(`theirs ${typ}`, jws);
    else if (NOTICES[name as keyof typeof NOTICES] === typ) this.taken.notices.push({ typ, ...claims });
    else throw new Refusal();
    return done;
  }
}

class Refusal extends Error {}

const NOTICES = {
  warning: 'detente+sd-jwt',
  recall: 'detente-recall+jwt',
  answer: 'detente-recall-answer+jwt',
  canary: 'detente-canary+jwt',
  approval: 'detente-approval+jwt',
};

/** Starts one on a free port of this machine, until the test ends. */
export async function startForeignNode(t: Test): Promise<ForeignNode> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const { status, body, type, fields } = node.hear({ method, url, headers, body: Buffer.concat(chunks) });
      outgoing.writeHead(status, { ...fields, ...(type !== undefined && { 'content-type': type }) }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const node = new ForeignNode(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return node;
}
