// Requests signed by hand, over whatever components and parameters one likes, and sent as they are.

import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';

export type Call = { method: string; path: string; body?: string | Uint8Array; contentType?: string };

/** A request as it goes out: anything may be changed in it before it is sent. */
export type RawRequest = {
  method: string;
  path: string;
  /** A field on several lines is an array. */
  headers: Record<string, string | string[]>;
  body: Buffer;
};

export type Signing = {
  kid: string;
  privateKey: KeyObject;
  /** Origin that the signature is for. */
  origin: string;
  /** Seconds that the signer's clock is ahead. */
  ahead?: number;
  /** Seconds from `created` to `expires`. */
  lifetime?: number;
  label?: string;
  /** Covered instead of what must be. */
  components?: (components: string[]) => string[];
  /** Parameters in structured form, in order: `['tag', '"detente"']`. */
  parameters?: (parameters: [string, string][]) => [string, string][];
};

export type Answered = {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The problem, when the answer is one; else whatever the service says. */
  json: { code: string; errors?: { pointer: string; code: string }[]; [name: string]: unknown };
};

/** Signs a call as the profile wants it, but for what `signing` says otherwise. */
export function signCall(call: Call, signing: Signing): RawRequest {
  const { method, path, body = '', contentType = 'application/json' } = call;
  const bytes = Buffer.from(body);
  const headers: RawRequest['headers'] = {};
  if (bytes.length > 0) {
    headers['content-type'] = contentType;
    headers['content-digest'] = digestField(bytes);
  }
  const unsigned = { method, path, headers, body: bytes };
  return { ...unsigned, headers: { ...headers, ...signatureFields(unsigned, signing) } };
}

function digestField(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

function signatureFields(raw: RawRequest, signing: Signing): Record<string, string> {
  const { kid, privateKey, origin, ahead = 0, lifetime = 60, label = 'detente' } = signing;
  const created = Math.floor(Date.now() / 1000) + ahead;
  const usual = raw.body.length > 0 ? ['content-type', 'content-digest'] : [];
  const components = (signing.components ?? ((same) => same))(['@method', '@target-uri', ...usual]);
  const parameters = (signing.parameters ?? ((same) => same))([
    ['created', `${created}`],
    ['expires', `${created + lifetime}`],
    ['nonce', `"${randomBytes(16).toString('base64url')}"`],
    ['keyid', `"${kid}"`],
    ['tag', '"detente"'],
  ]);
  const list = components.map((name) => `"${name}"`).join(' ');
  const input = `(${list})${parameters.map(([name, value]) => `;${name}=${value}`).join('')}`;
  const lines = components.map((name) => `"${name}": ${componentOf(name, raw, origin)}\n`);
  const base = `${lines.join('')}"@signature-params": ${input}`;
  const signature = sign(null, Buffer.from(base, 'latin1'), privateKey).toString('base64');
  return { 'signature-input': `${label}=${input}`, signature: `${label}=:${signature}:` };
}

/** RFC 9421 §2.1 and §2.2, as far as it is needed here. */
function componentOf(name: string, { method, path, headers }: RawRequest, origin: string): string {
  if (name === '@method') return method;
  if (name === '@target-uri') return origin + path;
  if (name === '@authority') return new URL(origin).host;
  return String(headers[name] ?? '');
}

/** Sends a request to a port of this machine and reads the answer; nothing of either is checked. */
export function sendRaw(port: number, { method, path, headers, body }: RawRequest): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const fields = { 'content-length': String(body.length), ...headers };
    const out = request({ host: '127.0.0.1', port, method, path, headers: fields, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        text,
        json: isJson ? JSON.parse(text) : undefined,
      });
    });
    out.on('error', reject);
    out.end(body);
  });
}
