// Whether it is the database that cannot answer now, rather than the question that is wrong.

import pg from 'pg';

/** Connection exception, insufficient resources, operator intervention (PostgreSQL 18, appendix A). */
const classes = new Set(['08', '53', '57']);
const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether the same question may be answered later: no connection, none free, the server stopping or out of room. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return classes.has((error.code ?? '').slice(0, 2));
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) return network.has(code);
  // pg gives its own errors about connections no code.
  return /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect)/.test(
    error.message,
  );
}
