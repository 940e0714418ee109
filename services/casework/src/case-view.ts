// Cases as officers see them: whole, but for what is in the vault.

import type { Case, CaseSummary } from '@detente/contract/casework';
import { etagOf } from '@detente/server';
import { type listCases, readCase } from '@detente/store/casework';
import type { Reader } from '@detente/store/database';
import { shown } from './shown.ts';

type CaseRow = Awaited<ReturnType<typeof listCases>>[number];

export function toSummary(row: CaseRow): CaseSummary {
  return shown(row) as CaseSummary;
}

/** The answer that shows a case; its tag is the case's change number. Undefined when there is no such case. */
export async function showCase(
  reader: Reader,
  id: string,
): Promise<{ status: 200; body: Case; headers: { etag: string } } | undefined> {
  const found = await readCase(reader, id);
  if (!found) return undefined;
  const body = { ...shown(found), updates: found.updates.map(shown), versions: found.versions.map(shown) } as Case;
  return { status: 200, body, headers: { etag: etagOf(body.change) } };
}
