// Calls a node as somebody, and shows the watch every byte of the answer.

import { Agent, request } from 'node:http';
import type { EndpointDefinition } from '@detente/contract';
import { contracts } from '@detente/contract/contracts';
import type { HostileNode } from '@detente/testkit';
import type { Audience } from './phrases.ts';
import type { Watch } from './watch.ts';

export type Call = {
  method: string;
  path: string;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string>;
};
// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the service says
export type Answer = { status: number; headers: Record<string, unknown>; text: string; json: any };

export type Callers = {
  /** Where casework listens, and where everybody else calls. */
  casework: string;
  origin: string;
  bearers: Map<Audience, string>;
  peers: Map<Audience, HostileNode>;
};

const ENDPOINTS: readonly EndpointDefinition[] = Object.values(contracts).flatMap((contract) => [
  ...contract.endpoints,
]);
const PATTERNS = ENDPOINTS.map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.path.replace(/\{[a-z_]+\*\}$/, '.+').replace(/\{[a-z_]+\}/g, '[^/]+')}$`),
}));

const AT_ONCE = 8;

export class Caller {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  readonly #callers: Callers;
  readonly #watch: Watch;
  /** Operations that answered somebody well. */
  readonly answered = new Set<string>();
  calls = 0;

  constructor(callers: Callers, watch: Watch) {
    this.#callers = callers;
    this.#watch = watch;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** All of them, some at once. */
  async all(audience: Audience, calls: readonly Call[]): Promise<void> {
    const waiting = calls.values();
    const take = async () => {
      for (const call of waiting) await this.as(audience, call);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
  }

  async as(audience: Audience, call: Call): Promise<Answer> {
    const { method, path } = call;
    const answer = await this.#send(audience, call);
    this.calls += 1;
    this.#watch.look(audience, `${method} ${path}`, answer.bytes);
    if (answer.status < 400) {
      const [plain] = path.split('?');
      const found = PATTERNS.find(({ endpoint, pattern }) => endpoint.method === method && pattern.test(plain!));
      if (found) this.answered.add(found.endpoint.operationId);
    }
    return answer;
  }

  #send(
    audience: Audience,
    { method, path, body, contentType, headers = {} }: Call,
  ): Promise<Answer & { bytes: Buffer }> {
    const { casework, origin, bearers, peers } = this.#callers;
    const base = new URL(path.startsWith('/casework') ? casework : origin);
    const bytes = Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
    const type = contentType ?? 'application/json';
    const call = { method, path, ...(body !== undefined && { body: bytes, contentType: type }) };
    const signed = peers.get(audience)?.sign(origin, call).headers;
    const bearer = bearers.get(audience);
    const fields = {
      ...(body !== undefined && { 'content-type': type }),
      'content-length': `${bytes.length}`,
      ...signed,
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const { hostname: host, port } = base;
      const out = request({ host, port, method, path, headers: fields, agent: this.#agent }, async (reply) => {
        const chunks: Buffer[] = [];
        for await (const chunk of reply) chunks.push(chunk as Buffer);
        const told = Buffer.concat(chunks);
        const head = `HTTP/1.1 ${reply.statusCode} ${reply.statusMessage}\r\n${headOf(reply.rawHeaders)}\r\n\r\n`;
        const text = told.toString();
        const isJson =
          /json/.test(reply.headers['content-type'] ?? '') && !/ndjson/.test(reply.headers['content-type']!);
        resolve({
          status: reply.statusCode!,
          headers: reply.headers,
          text,
          json: isJson && text !== '' ? JSON.parse(text) : undefined,
          bytes: Buffer.concat([Buffer.from(head), told]),
        });
      });
      out.on('error', reject);
      out.end(bytes);
    });
  }
}

function headOf(raw: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < raw.length; at += 2) lines.push(`${raw[at]}: ${raw[at + 1]}`);
  return lines.join('\r\n');
}
