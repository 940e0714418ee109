// One logger a process: one line an entry, and nothing in it that a stranger could use.

import { type DestinationStream, type Logger, pino } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
export type { Logger };

const longest = 256;
/** Bytes that wait for room on the disk. */
const mostUnwritten = 65_536;
const secret =
  /^(authorization|cookie|set-cookie|signature|signature-input|body|rawbody|payload|token|password|secret|key|apikey|api_key|api-key|privatekey|private_key|d|disclosure|disclosures|presentation|record|jws)$/i;

/** A logger that writes JSON lines. Every text is cut at 256 characters and freed of characters that a terminal would
 *  obey or break a line at; members named like bodies, keys, tokens or disclosures are left out.
 *  @param destination standard output when absent */
export function createLogger(options: { name: string; level?: LogLevel }, destination?: DestinationStream): Logger {
  const settings = {
    name: options.name,
    level: options.level ?? 'info',
    base: { name: options.name, pid: process.pid },
    serializers: { err: describeError, error: describeError, req: describeRequest, res: describeReply },
    formatters: { log: (entry: Record<string, unknown>) => clean(entry, 0) as Record<string, unknown> },
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...args: unknown[]) => void) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? cleanText(arg) : arg)),
        );
      },
    },
  };
  return pino(settings, destination ?? standardOutput()) as unknown as Logger;
}

/** A log that cannot be written, its disk being full, is no reason to end: what finds no room is lost. */
function standardOutput(): DestinationStream {
  // Not in the background: what is left there at the end would be tried for ever.
  const output = pino.destination({ dest: 1, sync: true, maxLength: mostUnwritten });
  output.on('error', () => undefined);
  return output;
}

/** A text as it may stand in a log: at most 256 characters, on one line. */
export function cleanText(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
  return cut.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (value instanceof Error) return describeError(value);
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (typeof value !== 'object' || value === null) return value;
  // What the serializers take apart is left to them.
  if (depth === 1 && ('raw' in value || 'headers' in value)) return value;
  if (depth === 4) return '…';
  if (Array.isArray(value)) return value.slice(0, 32).map((item) => clean(item, depth + 1));
  const members = Object.entries(value).slice(0, 64);
  return Object.fromEntries(
    members.map(([name, member]) => [cleanText(name), secret.test(name) ? '…' : clean(member, depth + 1)]),
  );
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return clean(error, 1);
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: error.name,
    ...(typeof code === 'string' && { code: cleanText(code) }),
    message: cleanText(error.message),
    at: frames.slice(0, 8).map((frame) => cleanText(frame.trim())),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}

type RequestFacts = { id?: unknown; method?: unknown; url?: unknown };

function describeRequest(request: RequestFacts): unknown {
  return { id: request.id, method: clean(request.method, 1), path: cleanText(String(request.url).split('?')[0]!) };
}

function describeReply(reply: { statusCode?: unknown }): unknown {
  return { status: reply.statusCode };
}
