// What a log shows to anyone, asked for over HTTP: small answers, no redirect, nothing believed.

import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { MonitorFault } from './monitor-fault.ts';

/** A descriptor, or a checkpoint with its signatures. */
const MOST_TEXT = 262_144;
const TIMEOUT_MS = 15_000;
/** How often a node that says 429 or 503 to the question for a tile is asked again, and how long it may ask to wait, seconds. */
const ATTEMPTS = 6;
const LONGEST_WAIT = 60;

export type LogClient = {
  /** A text at a path of the node; undefined when it answers 404.
   *  @throws MonitorFault `unreachable`, `stopped` for 503 */
  text(path: string): Promise<string | undefined>;
  /** Exactly so many bytes below the log; a node that is busy is asked again.
   *  @throws MonitorFault `unreachable`, `tile_missing` */
  bytes(path: string, length: number): Promise<Buffer>;
  close(): Promise<void>;
};

/** @param origin such as `https://cn.example`
 *  @param end ends what is under way */
export function openLog(origin: string, end: AbortSignal): LogClient {
  const agent = new Agent({ connections: 4, connect: { timeout: TIMEOUT_MS }, maxHeaderSize: 16_384 });

  async function get(path: string, most: number) {
    try {
      const { statusCode, headers, body } = await agent.request({
        origin,
        path,
        method: 'GET',
        headers: { 'accept-encoding': 'identity' },
        signal: AbortSignal.any([end, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of body) {
        length += chunk.length;
        if (length > most) throw new MonitorFault('unreachable', `${path} is longer than ${most} bytes`);
        chunks.push(chunk);
      }
      return { status: statusCode, retryAfter: Number(headers['retry-after']), body: Buffer.concat(chunks, length) };
    } catch (error) {
      if (error instanceof MonitorFault) throw error;
      const { message, code } = error as Error & { code?: string };
      throw new MonitorFault('unreachable', `${origin} does not answer: ${code ?? message}`, { cause: error });
    }
  }

  return {
    async text(path) {
      const { status, body } = await get(path, MOST_TEXT);
      if (status === 404) return undefined;
      if (status === 503) throw new MonitorFault('stopped', `${origin} answers 503 to ${path}: it shows none now`);
      if (status !== 200) throw new MonitorFault('unreachable', `${origin} answers ${status} to ${path}`);
      return decode(body, path);
    },
    async bytes(path, length) {
      for (let attempt = 1; ; attempt++) {
        const { status, retryAfter, body } = await get(path, length);
        if (status === 200 && body.length === length) return body;
        const isBusy = status === 429 || status === 503;
        if (!isBusy || attempt === ATTEMPTS) {
          const what = status === 200 ? `${body.length} bytes, not ${length},` : `${status}`;
          throw new MonitorFault(isBusy ? 'unreachable' : 'tile_missing', `${origin} answers ${what} to ${path}`);
        }
        const seconds = Math.min(LONGEST_WAIT, Number.isFinite(retryAfter) ? retryAfter : attempt);
        await sleep(1000 * seconds, undefined, { signal: end }).catch(() => undefined);
      }
    },
    close: () => agent.close(),
  };
}

function decode(body: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new MonitorFault('not_text', `${path} is no text in UTF-8`, { cause });
  }
}
