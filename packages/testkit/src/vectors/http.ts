// Signed requests and responses: the base that is signed, the fields, and what is refused.

import { sign } from 'node:crypto';
import { contentDigest, signRequest, signResponse } from '@detente/http-signature';
import { cn, fixedText, testKey, us } from './test-keys.ts';
import type { Case, VectorFile } from './vector.ts';

const now = 1_795_521_600;
const caller = testKey(us, 'transport');
const answerer = testKey(cn, 'transport');
const bare = { method: 'GET', targetUri: `${cn}/exchange/v1/feed?after=0&late=0&limit=1000`, body: '' };
const put = { method: 'PUT', targetUri: `${cn}/exchange/v1/statements`, body: '{"statement":"a.b.c"}' };

export function contentDigests(): VectorFile {
  const cases = ['', '{}', '{"statement":"a.b.c"}', '中文\n'].map((body) => {
    return { name: JSON.stringify(body), body, expected: { content_digest: contentDigest(body) } };
  });
  return { description: 'Content-Digest of a body, given as text in UTF-8.', section: '8', cases };
}

type Request = { method: string; targetUri: string; body: string };

function signed({ method, targetUri, body }: Request) {
  const headers: Record<string, string> = body === '' ? {} : { 'content-type': 'application/json' };
  const content = body === '' ? undefined : Buffer.from(body);
  const made = signRequest({ method, targetUri, headers, body: content }, caller, {
    now: now * 1000,
    nonce: fixedText(`${method} nonce`),
  });
  return { headers: { ...headers, ...made.headers }, signature: made.signature };
}

function requestCase(name: string, request: Request): Case {
  const { headers, signature } = signed(request);
  const base = baseOf(request, headers['signature-input']!, headers);
  return { name, now, ...plain(request), headers, expected: { signature, signature_base: base } };
}

/** RFC 9421 §2.5, put together by hand: the packages never show it. */
function baseOf({ method, targetUri, body }: Request, input: string, headers: Record<string, string>): string {
  const lines = [`"@method": ${method}`, `"@target-uri": ${targetUri}`];
  if (body !== '')
    lines.push(`"content-type": ${headers['content-type']}`, `"content-digest": ${headers['content-digest']}`);
  return [...lines, `"@signature-params": ${input.slice('detente='.length)}`].join('\n');
}

function plain({ method, targetUri, body }: Request) {
  return { method, target_uri: targetUri, body };
}

export function requests(): VectorFile {
  return {
    description:
      'Requests of us.example to cn.example. `now` is the receiver’s clock in seconds, `body` text in UTF-8, `headers` the fields ' +
      'that count. A refusal is the code of the problem that answers it.',
    section: '8',
    given: { keys: [caller.publicJwk] },
    cases: [requestCase('without a body', bare), requestCase('with a body', put), ...refusedRequests()],
  };
}

function refusedRequests(): Case[] {
  const good = signed(put);
  const input = good.headers['signature-input']!;
  const parameters = input.slice(input.indexOf(';created'));
  /** Signed again over other words, so that only the form is wrong. */
  const again = (change: (text: string) => string) => {
    const text = change(input);
    const base = baseOf(put, text, good.headers);
    const signature = sign(null, Buffer.from(base), caller.privateKey).toString('base64');
    return { ...good.headers, 'signature-input': text, signature: `detente=:${signature}:` };
  };
  const replaced = (from: string | RegExp, to: string) => again((text) => text.replace(from, to));
  const rows: [string, object, string][] = [
    ['another method', { method: 'POST' }, 'signature_invalid'],
    ['another query', { target_uri: `${put.targetUri}?x` }, 'signature_invalid'],
    ['another host', { target_uri: put.targetUri.replace('cn.', 'fr.') }, 'signature_invalid'],
    ['another body', { body: '{"statement":"a.b.d"}' }, 'signature_digest_mismatch'],
    ['another content-type', { headers: { ...good.headers, 'content-type': 'text/plain' } }, 'signature_invalid'],
    [
      'a body that is not covered',
      { headers: { ...signed(bare).headers }, ...plain({ ...put, method: 'GET' }) },
      'signature_incomplete',
    ],
    ['no signature', { headers: { 'content-type': 'application/json' } }, 'signature_missing'],
    ['a key that nobody knows', { headers: replaced(caller.kid, answerer.kid) }, 'signature_invalid'],
    ['61 s after its end', { now: now + 121 }, 'signature_expired'],
    ['from 61 s ahead', { now: now - 61 }, 'signature_expired'],
    ['a life of 301 s', { headers: replaced(/expires=\d+/, `expires=${now + 301}`) }, 'signature_expired'],
    [
      'an end that is not after the start',
      { headers: replaced(/expires=\d+/, `expires=${now}`) },
      'signature_malformed',
    ],
    ['no nonce', { headers: replaced(/;nonce="[^"]+"/, '') }, 'signature_incomplete'],
    ['no tag', { headers: replaced(';tag="detente"', '') }, 'signature_incomplete'],
    ['another tag', { headers: replaced(';tag="detente"', ';tag="web"') }, 'signature_malformed'],
    ['an alg', { headers: replaced(';tag', ';alg="ed25519";tag') }, 'signature_malformed'],
    [
      'parameters in another order',
      { headers: again((text) => text.replace(/(;created=\d+)(;expires=\d+)/, '$2$1')) },
      'signature_malformed',
    ],
    [
      'components in another order',
      { headers: replaced('"@method" "@target-uri"', '"@target-uri" "@method"') },
      'signature_malformed',
    ],
    ['a component twice', { headers: replaced('"@method"', '"@method" "@method"') }, 'signature_malformed'],
    ['a component missing', { headers: replaced('"@method" ', '') }, 'signature_incomplete'],
    ['another label', { headers: again((text) => text.replace('detente=', 'sig1=')) }, 'signature_malformed'],
    ['two signatures', { headers: again((text) => `${text}, sig1=("@method")${parameters}`) }, 'signature_malformed'],
    ['another hash', { headers: { ...good.headers, 'content-digest': 'sha-512=:AAAA:' } }, 'signature_malformed'],
  ];
  return rows.map(([name, change, refused]) => {
    return { name, now, ...plain(put), headers: good.headers, ...change, expected: { refused } };
  });
}

export function responses(): VectorFile {
  const { signature } = signed(bare);
  const request = { signature, created: now };
  const body = '{"statements":[]}';
  const answer = (status: number, content: string) => {
    const headers = signResponse({ status, body: Buffer.from(content) }, answerer, { request, now: (now + 1) * 1000 });
    return { now: now + 1, status, body: content, headers, request };
  };
  const cases = [answer(200, body), answer(204, ''), answer(429, '{"code":"rate_limited"}')].map((one): Case => {
    const { status, headers } = one;
    const base = [
      `"@status": ${status}`,
      `"content-digest": ${headers['content-digest']}`,
      `"signature";req;key="detente": :${signature}:`,
      `"@signature-params": ${headers['signature-input']!.slice('detente='.length)}`,
    ].join('\n');
    const own = headers.signature!.slice('detente=:'.length, -1);
    return { name: `${status}`, ...one, expected: { signature: own, signature_base: base } };
  });
  const good = answer(200, body);
  const other = { signature: signed({ ...bare, method: 'DELETE' }).signature, created: now };
  const rows: [string, object, string][] = [
    ['another status', { status: 201 }, 'signature_invalid'],
    ['another body', { body: '{"statements":[""]}' }, 'digest_mismatch'],
    ['the answer to another request', { request: other }, 'signature_invalid'],
    ['not signed', { headers: {} }, 'signature_missing'],
    ['no digest', { headers: { ...good.headers, 'content-digest': undefined } }, 'digest_missing'],
    [
      'older than its request by more than 60 s',
      { request: { signature, created: now + 62 } },
      'created_before_request',
    ],
    ['from 61 s ahead', { now: now - 60 }, 'created_in_future'],
  ];
  return {
    description:
      'Responses of cn.example. `request` has the signature that us.example sent and its time. A response that does not verify is no ' +
      'answer at all; the refusal is the name of its fault.',
    section: '8',
    given: { keys: [answerer.publicJwk] },
    cases: [...cases, ...rows.map(([name, change, refused]) => ({ name, ...good, ...change, expected: { refused } }))],
  };
}
