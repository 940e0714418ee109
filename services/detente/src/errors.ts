// What the command ends with: one sentence that says what to do, and an exit code for programs.

import { ProblemError } from '@detente/client';
import { InteropError } from '@detente/interop/errors';
import { KeysError } from '@detente/keys';

/** Exit codes; `detente --help` prints this table. */
export const EXIT = {
  ok: { code: 0, meaning: 'done' },
  refused: { code: 1, meaning: 'refused, or a check failed: the answer is no' },
  usage: { code: 2, meaning: 'the command was called wrongly' },
  setup: { code: 3, meaning: 'the set-up is wrong: folder, keys, port, disk, database' },
  unreachable: { code: 4, meaning: 'the node does not answer, or not now: try again' },
  internal: { code: 70, meaning: 'a fault of this program' },
} as const;
export type Outcome = keyof typeof EXIT;

/** The end of a command that did not do what was asked. The message is one sentence for the person at the terminal. */
export class CommandError extends Error {
  readonly code: Exclude<Outcome, 'ok'>;

  constructor(code: Exclude<Outcome, 'ok'>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.code = code;
  }
}

/** What any error means for the person at the terminal. What is not known here is a fault of this program. */
export function explain(error: unknown): { outcome: Exclude<Outcome, 'ok'>; message: string } {
  if (error instanceof CommandError) return { outcome: error.code, message: error.message };
  if (error instanceof ProblemError) return explainProblem(error);
  if (error instanceof InteropError) return { outcome: 'refused', message: `${error.message}.` };
  if (error instanceof KeysError) return { outcome: 'setup', message: sentence(error.message) };
  // Both name settings of the machine and say what to do; their classes are not exported everywhere.
  if (error instanceof Error && (error.name === 'StoreError' || error.name === 'ServerError'))
    return { outcome: 'setup', message: explainPostgres(error) ?? sentence(error.message) };
  const system = explainSystem(error);
  if (system !== undefined) return { outcome: 'setup', message: system };
  return { outcome: 'internal', message: error instanceof Error ? error.message : String(error) };
}

function explainProblem(error: ProblemError): { outcome: Exclude<Outcome, 'ok'>; message: string } {
  const lines = error.errors.map(({ in: part, pointer, detail }) => `${part}${pointer} ${detail}`);
  const message = sentence(lines.length > 0 ? `${error.message}: ${lines.join('; ')}` : error.message);
  if (error.code === 'unreachable')
    return { outcome: 'unreachable', message: `${message} Start the node, or name another with --url.` };
  if (error.status === 401)
    return { outcome: 'refused', message: `${message} Name a valid one with --token, --key or --data.` };
  return { outcome: error.status >= 500 || error.status === 429 ? 'unreachable' : 'refused', message };
}

const SYSTEM: Record<string, string> = {
  ENOSPC: 'The disk is full: make room or name another folder.',
  EDQUOT: 'Your share of the disk is used up: make room or name another folder.',
  EFBIG: 'A file may not grow any more for this user: raise the limit (ulimit -f) and try again.',
  EROFS: 'The file system is read-only: name another folder.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n) and try again.',
};

/** PostgreSQL says last what it died of; the system's words in it are known here. */
const WORDS: readonly [RegExp, keyof typeof SYSTEM][] = [
  [/No space left on device/, 'ENOSPC'],
  [/Disk quota exceeded/, 'EDQUOT'],
  [/File too large/, 'EFBIG'],
  [/Read-only file system/, 'EROFS'],
  [/Too many open files/, 'EMFILE'],
];

function explainPostgres(error: Error & { code?: unknown }): string | undefined {
  if (error.code !== 'postgres_failed') return undefined;
  const said = error.cause instanceof Error ? error.cause.message : '';
  const known = WORDS.find(([words]) => words.test(said));
  if (known) return SYSTEM[known[1]];
  const reason = said.split('\n').findLast((line) => /\b(FATAL|PANIC|error):/.test(line));
  const what = error.message.replace(/[.:].*$/s, '');
  return reason === undefined ? undefined : `${what}: ${reason.replace(/^.*?(FATAL|PANIC|error):\s*/, '')}.`;
}

function explainSystem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === undefined) return undefined;
  if (SYSTEM[code]) return SYSTEM[code];
  if (code === 'EACCES' || code === 'EPERM')
    return `${path ?? 'A file'} may not be read or written by this user: change its owner or name another folder.`;
  if (code === 'EISDIR') return `${path ?? 'What was named'} is a folder: name a file.`;
  if (code === 'ENOTDIR') return `${path ?? 'What was named'} leads through a file: correct the path.`;
  if (code === 'ENOENT' && path) return `${path} is not there: correct the path.`;
  if (code === 'EADDRINUSE') return `Port ${port} is taken: name another one with --port or stop what listens there.`;
  if (code === 'ECONNREFUSED') return `No database answers at ${address}:${port}: start it, or correct its URL.`;
  // What PostgreSQL itself says: five characters, SQLSTATE.
  if (/^[0-9A-Z]{5}$/.test(code)) {
    if (code === '53100') return SYSTEM.ENOSPC;
    if (code === '28P01' || code === '28000') return `The database refuses the login: ${error.message}.`;
    return `The database refuses: ${sentence(error.message)}`;
  }
  return undefined;
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}
