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
  ): Promise<VerifiedResponse>;
  /** The descriptor as the origin shows it to anyone; nothing of it is verified.
   *  @throws WireError as `call` does, PullFault `descriptor_refused` */
  descriptor(): Promise<string>;
  /** An earlier one, by its number; undefined when the origin shows none. */
  earlierDescriptor(seq: number): Promise<string | undefined>;
  close(): Promise<void>;
};

/** A page: 8 MB of records, and between a thousand of them the gaps' hashes and proofs. */
const maxAnswer = 33_554_432;
const maxDescriptor = 65_536;

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
  return {
    call: ({ keys }, request) => {
      const keyFor = (keyid: string) => keys('transport').get(keyid);
      return signedRequest(
        pool,
        { ...request, origin, signer, keyFor, signal },
        { totalMs: timeoutMs, maxBytes: maxAnswer },
      );
    },
    descriptor: () => readDescriptor(pool, '', endOf(settings)),
    earlierDescriptor: (seq) => readEarlier(pool, seq, endOf(settings)),
    close: () => pool.destroy(),
  };
}

function endOf({ signal, timeoutMs }: LineSettings): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
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

async function readEarlier(pool: Pool, seq: number, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await readDescriptor(pool, `?seq=${seq}`, signal);
  } catch (error) {
    // A status or a form that is wrong: it has none. What is no fault of the answer is told as ever.
    if (error instanceof PullFault && error.cause === undefined) return undefined;
    throw error;
  }
}

async function readDescriptor(pool: Pool, query: string, signal: AbortSignal): Promise<string> {
  const headers = { accept: 'application/jose', 'accept-encoding': 'identity' };
  try {
    const response = await pool.request({ method: 'GET', path: `/.well-known/detente${query}`, headers, signal });
    return (await wholeBody(response)).toString('latin1');
  } catch (error) {
    if (error instanceof PullFault) throw error;
    const why = wayFault(error) ?? 'it took too long, or was cut off';
    throw new PullFault('descriptor_refused', `the peer’s descriptor could not be read: ${why}`, { cause: error });
  }
}

async function wholeBody({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Buffer> {
  const refuse = (what: string) => {
    body.on('error', () => {}).destroy();
    return new PullFault('descriptor_refused', `the peer’s descriptor could not be read: ${what}`);
  };
  if (statusCode !== 200) throw refuse(`status ${statusCode}`);
  if (headers['content-encoding'] !== undefined) throw refuse('it has a content-encoding');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxDescriptor) throw refuse(`it is longer than ${maxDescriptor} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
