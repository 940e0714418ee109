// What reads the signature fields and the digest of an HTTP message.
import {
  contentDigest,
  pickHeaders,
  SignatureError,
  signRequest,
  signResponse,
  verifyContentDigest,
  verifyRequest,
  verifyResponse,
} from '@detente/http-signature';
import { type Parser, sameText } from './fuzz.ts';
import { keyFor, now, signer, us } from './samples.ts';

const names = new Set(['content-type', 'content-digest', 'signature-input', 'signature']);
const body = Buffer.from('{"a":1}');
const type = { 'content-type': 'application/json' };
const withBody = { method: 'POST', targetUri: `${us}/exchange/v1/notices`, headers: type, body };
const bare = { method: 'GET', targetUri: `${us}/exchange/v1/feed`, headers: {} };
const sent = signRequest(withBody, signer, { now });
const asked = signRequest(bare, signer, { now });
const answered = signResponse({ status: 200, body }, signer, { request: asked, now });

export const signatureParsers: readonly Parser[] = [
  {
    name: 'http-signature/request',
    as: 'text',
    seeds: [formatFields({ ...type, ...sent.headers })],
    run: (text) => verifyRequest({ ...withBody, headers: readFields(text) }, { keyFor, now }),
    refusals: [SignatureError],
  },
  {
    name: 'http-signature/request without body',
    as: 'text',
    seeds: [formatFields(asked.headers)],
    run: (text) => verifyRequest({ ...bare, headers: readFields(text) }, { keyFor, now }),
    refusals: [SignatureError],
  },
  {
    name: 'http-signature/response',
    as: 'text',
    seeds: [formatFields(answered)],
    run: (text) => verifyResponse({ status: 200, body, headers: readFields(text) }, { request: asked, keyFor, now }),
    refusals: [SignatureError],
  },
  {
    name: 'http-signature/content-digest',
    as: 'text',
    seeds: [contentDigest(body)],
    run: (text) => sameText(verifyContentDigest(text, body), contentDigest(body)),
    refusals: [SignatureError],
  },
];

function formatFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** The fields of a text, a line each, as Node hands them on. */
function readFields(text: string) {
  const pairs = text.split('\n').map((line) => /^([^:]*):? ?(.*)$/s.exec(line)!.slice(1));
  return pickHeaders(pairs.flat(), names);
}
