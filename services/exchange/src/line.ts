// The line to one peer: a few connections to its pinned origin, and nothing that leads anywhere else.

import type { LookupFunction } from 'node:net';
import { signedRequest, type VerifiedResponse } from '@detente/http-signature/undici';
import { parseOrigin, type Signer } from '@detente/keys';
import { checkedLookup, checkOrigin, type Reach, type Resolve, ServerError } from '@detente/server';
import { type Dispatcher, Pool } from 'undici';
import type { Enrolled } from './enrolled.ts';
import { PullFault, wayFault } from './pull-fault.ts';

export type LineSettings = {
  signer: Signer;
  /** Milliseconds for a whole call. */
  timeoutMs: number;
  /** Where peers may be. */
  reach: Reach;
  /** Looks a name up; the system's resolver when absent. */
  resolve?: Resolve;
  /** Ends all calls, as when the process stops. */
  signal: AbortSignal;
};

export type Line = {
  /** A signed call, and the answer that the peer signed for it, whatever its status.
   *  @throws WireError */
  call(
    peer: Enrolled,
    request: { method: 'GET' | 'PUT' | 'POST'; path: string; body?: string; clock?: () => number },
  ): Promise<Omit<VerifiedResponse, 'keyid'>>;
  /** The descriptor as the origin shows it to anyone; nothing of it is verified.
   *  @throws PullFault `descriptor_refused` */
  descriptor(): Promise<string>;
  /** A call as it stands, signed well, badly or not at all, and an answer of which nothing is verified.
   *  @throws PullFault `answer_refused` */
  plain(request: PlainRequest): Promise<PlainAnswer>;
  /** An earlier one, by its number; undefined when the origin shows none. */
  earlierDescriptor(seq: number): Promise<string | undefined>;
  close(): Promise<void>;
};

export type PlainRequest = {
  method: 'GET' | 'POST';
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
};
export type PlainAnswer = { status: number; headers: Dispatcher.ResponseData['headers']; body: string };

/** A page: 8 MB of records, and between a thousand of them the gaps' hashes and proofs. */
const maxAnswer = 33_554_432;
/** A descriptor, or a problem. */
const maxPlain = 65_536;
const DESCRIPTOR = '/.well-known/detente';

/** @param peer `ca`: PEM of the only authority that may vouch for it; WebPKI when null.
 *  @throws PullFault `address_refused` */
export function openLine(peer: { origin: string; ca: string | null }, settings: LineSettings): Line {
  const { origin, ca } = peer;
  const { signer, timeoutMs, signal } = settings;
  const lookup = checkedWay(parseOrigin(origin), settings);
  const pool = new Pool(origin, {
    connections: 2,
    pipelining: 1,
    // Said here, so that no variable of the environment says otherwise.
    connect: { timeout: Math.min(timeoutMs, 10_000), lookup, rejectUnauthorized: true, ...(ca !== null && { ca }) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16_384,
  });
  const ends = () => AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const shown = (query = '') => {
    const headers = { accept: 'application/jose' };
    const way = { pool, refuse: refuseDescriptor, ends: ends() };
    return readPlain(way, { method: 'GET', path: `${DESCRIPTOR}${query}`, headers });
  };
  return {
    call: ({ keys }, request) => {
      const keyFor = (keyid: string) => keys('transport').get(keyid);
      return signedRequest(
        pool,
        { ...request, origin, signer, keyFor, signal },
        { totalMs: timeoutMs, maxBytes: maxAnswer },
      );
    },
    descriptor: async () => {
      const { status, body } = await shown();
      if (status !== 200) throw refuseDescriptor(`status ${status}`);
      return body;
    },
    earlierDescriptor: async (seq) => {
      const { status, body } = await shown(`?seq=${seq}`);
      return status === 200 ? body : undefined;
    },
    plain: (request) => {
      const refuse = (what: string, cause?: unknown) =>
        new PullFault('answer_refused', `the peer’s answer could not be read: ${what}`, { cause });
      return readPlain({ pool, refuse, ends: ends() }, request);
    },
    close: () => pool.destroy(),
  };
}

function refuseDescriptor(what: string, cause?: unknown): PullFault {
  return new PullFault('descriptor_refused', `the peer’s descriptor could not be read: ${what}`, { cause });
}

/** An address that stands in the origin is never looked up, so it is checked here; every other at each connection. */
function checkedWay(url: URL, { reach, resolve }: LineSettings): LookupFunction {
  try {
    checkOrigin(url, reach);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new PullFault('address_refused', error.message, { cause: error });
  }
  return checkedLookup(url, reach, resolve);
}

type Plainly = { pool: Pool; refuse: (what: string, cause?: unknown) => PullFault; ends: AbortSignal };

async function readPlain({ pool, refuse, ends }: Plainly, request: PlainRequest): Promise<PlainAnswer> {
  const { method, path, body } = request;
  const headers = { ...request.headers, 'accept-encoding': 'identity' };
  try {
    const response = await pool.request({ method, path, headers, body: body ?? null, signal: ends });
    return { status: response.statusCode, headers: response.headers, body: await wholeBody(response, refuse) };
  } catch (error) {
    if (error instanceof PullFault) throw error;
    throw refuse(wayFault(error) ?? 'it took too long, or was cut off', error);
  }
}

async function wholeBody({ headers, body }: Dispatcher.ResponseData, refuse: Plainly['refuse']): Promise<string> {
  const stop = (what: string) => {
    body.on('error', () => {}).destroy();
    return refuse(what);
  };
  if (headers['content-encoding'] !== undefined) throw stop('it has a content-encoding');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxPlain) throw stop(`it is longer than ${maxPlain} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('latin1');
}
