// Sends requests over connections that are kept, and tells them as a line for a shell.
import { Agent, request } from 'node:http';
import type { FuzzAnswer } from './check.ts';
import type { Credential, FuzzRequest } from './requests.ts';

export type Fields = readonly (readonly [name: string, value: string])[];

/** The fields by which a caller shows who he is, for a request that is complete but for them. */
export type Authorize = (request: FuzzRequest, credential: Exclude<Credential, 'absent'>) => Fields;

/** All fields of a request, those of the caller's choice last but for his credential. */
export function fieldsOf(request: FuzzRequest, base: string, authorize: Authorize): Fields {
  const { operation, body, headers, credential } = request;
  const chosen = new Set(headers.map(([name]) => name));
  const usual: Fields = [
    ['host', new URL(base).host],
    ...(body && body.length > 0 ? [['content-type', operation.body?.contentType ?? 'application/json'] as const] : []),
    ...(body || request.method !== 'GET' ? [['content-length', `${body?.length ?? 0}`] as const] : []),
  ];
  const sent = [...usual.filter(([name]) => !chosen.has(name)), ...headers];
  return credential === 'absent' ? sent : [...sent, ...authorize({ ...request, headers: sent }, credential)];
}

export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 4 });
  readonly #base: URL;

  constructor(base: string) {
    this.#base = new URL(base);
  }

  /** @throws Error when there is no answer, also not at the second try over a fresh connection */
  async send(asked: FuzzRequest, fields: Fields): Promise<FuzzAnswer> {
    try {
      return await this.#once(asked, fields, this.#agent);
    } catch {
      // A kept connection may have been closed by the other side just then.
      return this.#once(asked, fields, false);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #once({ method, path, body }: FuzzRequest, fields: Fields, agent: Agent | false): Promise<FuzzAnswer> {
    const { hostname: host, port } = this.#base;
    return new Promise((resolve, reject) => {
      const out = request(
        { host, port, method, path, headers: fields.flat(), agent, timeout: 30_000 },
        async (answer) => {
          const chunks: Buffer[] = [];
          try {
            for await (const chunk of answer) chunks.push(chunk as Buffer);
          } catch (error) {
            return reject(error);
          }
          const headers = Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          );
          resolve({ status: answer.statusCode!, headers, body: Buffer.concat(chunks) });
        },
      );
      out.on('error', reject);
      out.on('timeout', () => out.destroy(new Error('no answer within 30 s')));
      out.end(body);
    });
  }
}

/** The request as a line for a shell. */
export function curlOf({ method, path, body }: FuzzRequest, base: string, fields: Fields): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const shown = fields.filter(([name]) => name !== 'host' && name !== 'content-length');
  const parts = [
    ...['curl -i --path-as-is --globoff', method === 'HEAD' ? '-I' : `-X ${method}`],
    // `name;` is how curl sends a field without a value.
    ...shown.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body && body.length > 0 ? ['--data-binary @-'] : []),
    quote(base + path),
  ];
  if (!body || body.length === 0) return parts.join(' ');
  const isText = /^[\x20-\x7e]*$/.test(body.toString('latin1'));
  const input = isText ? `printf %s ${quote(body.toString())}` : `printf %s ${body.toString('base64')} | base64 -d`;
  return `${input} | ${parts.join(' ')}`;
}
