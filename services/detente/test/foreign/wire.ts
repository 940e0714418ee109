// Signed calls of section 8 of docs/protocol.md, in both directions.

import { randomBytes, sign, verify } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { type Jwk, type Key, sha256, thumbprint } from './signed.ts';

export type Heard = { method: string; url: string; headers: IncomingHttpHeaders; body: Buffer };
export type Reply = { status: number; body: string; type?: string };
type Fields = Record<string, string>;

const contentDigest = (body: string | Buffer) => `sha-256=:${sha256(body).toString('base64')}:`;
const seconds = () => Math.floor(Date.now() / 1000);

function signBase(lines: string[], parameters: string, key: Key): Fields {
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  const signature = sign(null, Buffer.from(base), key.private).toString('base64');
  return { 'signature-input': `detente=${parameters}`, signature: `detente=:${signature}:` };
}

function isSigned(lines: string[], parameters: string, signature: string, jwk: Jwk): boolean {
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  return verify(null, Buffer.from(base), { key: jwk, format: 'jwk' }, Buffer.from(signature, 'base64'));
}

const REQUEST =
  /^detente=(\(("@method" "@target-uri"(?: "content-type" "content-digest")?)\);created=(\d+);expires=(\d+);nonce="([\w-]{22})";keyid="([\w-]{43})";tag="detente")$/;
const SIGNATURE = /^detente=:([A-Za-z0-9+/]{86}==):$/;

function requestLines({ method, url, headers }: Omit<Heard, 'body'>, origin: string, hasBody: boolean): string[] {
  const lines = [`"@method": ${method}`, `"@target-uri": ${origin}${url}`];
  const body = [`"content-type": ${headers['content-type']}`, `"content-digest": ${headers['content-digest']}`];
  return hasBody ? [...lines, ...body] : lines;
}

/** Judges a request to this node.
 *  @returns its signature, for the answer; or the code of the problem that answers it, unsigned */
export function judgeRequest(
  heard: Heard,
  about: { origin: string; peer: Jwk },
): { signature: string; nonce: string } | { code: string } {
  const { headers, body } = heard;
  if (headers.signature === undefined || headers['signature-input'] === undefined) return { code: 'signature_missing' };
  const input = REQUEST.exec(`${headers['signature-input']}`);
  const signature = SIGNATURE.exec(`${headers.signature}`)?.[1];
  if (!input || !signature) return { code: 'signature_malformed' };
  const [, parameters = '', components = '', created, expires, nonce = '', kid] = input;
  const [from, to, now] = [Number(created), Number(expires), seconds()];
  if (to <= from || to - from > 300 || from > now + 60 || to < now - 60) return { code: 'signature_expired' };
  const hasBody = components.includes('content-digest');
  if (hasBody !== body.length > 0) return { code: 'signature_incomplete' };
  if (hasBody && headers['content-digest'] !== contentDigest(body)) return { code: 'signature_digest_mismatch' };
  const lines = requestLines(heard, about.origin, hasBody);
  const isPeers = kid === thumbprint(about.peer) && isSigned(lines, parameters, signature, about.peer);
  return isPeers ? { signature, nonce } : { code: 'signature_invalid' };
}

/** The fields that sign an answer to the request with this signature. */
export function signReply({ status, body }: Reply, signature: string, key: Key): Fields {
  const digest = contentDigest(body);
  const parameters = `("@status" "content-digest" "signature";req;key="detente");created=${seconds()};keyid="${key.kid}";tag="detente"`;
  const lines = [
    `"@status": ${status}`,
    `"content-digest": ${digest}`,
    `"signature";req;key="detente": :${signature}:`,
  ];
  return { 'content-digest': digest, ...signBase(lines, parameters, key) };
}

/** Calls a peer.
 *  @returns what its transport key signed; `unsigned` with the status of an answer that it did not sign */
export async function call(
  to: { origin: string; transport: Jwk },
  key: Key,
  { method, path, body }: { method: string; path: string; body?: object },
): Promise<{ status: number; json: unknown; unsigned?: true }> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers: Fields =
    text === '' ? {} : { 'content-type': 'application/json', 'content-digest': contentDigest(text) };
  const components =
    text === '' ? '"@method" "@target-uri"' : '"@method" "@target-uri" "content-type" "content-digest"';
  const nonce = randomBytes(16).toString('base64url');
  const now = seconds();
  const parameters = `(${components});created=${now};expires=${now + 60};nonce="${nonce}";keyid="${key.kid}";tag="detente"`;
  const lines = requestLines({ method, url: path, headers }, to.origin, text !== '');
  const signed = signBase(lines, parameters, key);
  const answer = await send(`${to.origin}${path}`, method, { ...headers, ...signed }, text);
  const json = answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString());
  const own = signed.signature!.slice('detente='.length);
  return isReply(answer, own, to.transport)
    ? { status: answer.status, json }
    : { status: answer.status, json, unsigned: true };
}

const RESPONSE =
  /^detente=(\("@status" "content-digest" "signature";req;key="detente"\);created=(\d+);keyid="([\w-]{43})";tag="detente")$/;

function isReply({ status, headers, body }: Answer, request: string, transport: Jwk): boolean {
  const [, parameters = '', created, kid] = RESPONSE.exec(`${headers['signature-input']}`) ?? [];
  const signature = SIGNATURE.exec(`${headers.signature}`)?.[1];
  const digest = contentDigest(body);
  if (!signature || headers['content-digest'] !== digest || kid !== thumbprint(transport)) return false;
  if (Math.abs(Number(created) - seconds()) > 60) return false;
  const lines = [`"@status": ${status}`, `"content-digest": ${digest}`, `"signature";req;key="detente": ${request}`];
  return isSigned(lines, parameters, signature, transport);
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export function send(url: string, method = 'GET', headers: Fields = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length: Fields = body === '' ? {} : { 'content-length': `${Buffer.byteLength(body)}` };
    const out = request(url, { method, headers: { ...headers, ...length }, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    out.on('error', reject).end(body);
  });
}
