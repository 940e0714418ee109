// case leave-out: an officer takes what is offered where few events fit: the case says a field no more, and a new draft follows.

import { dataOf } from '@detente/client';
import type { Command } from 'commander';
import { type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { print, printJson } from '../output.ts';

const CASES = 'detente case list shows those there are';
/** What says the same more exactly goes with it. */
const WITH: Readonly<Record<string, readonly string[]>> = { occurred_month: ['occurred', 'detected'] };

/** @param cases the command `case` */
export function addLeaveOut(cases: Command): void {
  examples(
    withConnection(
      cases
        .command('leave-out <id> <field...>')
        .description('fields that the case says no more, as where few events fit'),
    ),
    'case leave-out 8e03978e-40d5-43dd-bc93-6894a57f9324 countries_affected --reason "one of its kind" --data ./cn',
  )
    .addHelpText(
      'after',
      '\nWith occurred_month the exact days go as well. hazard_domain is of triage, not of the fields.',
    )
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(leaveOut);
}

async function leaveOut(
  id: string,
  named: readonly string[],
  options: ConnectionOptions & { reason: string },
): Promise<void> {
  const client = connectCasework(options);
  const params = { path: { id } };
  const seen = await lookingFor(`case ${id}`, CASES, () => client.GET('/casework/v1/cases/{id}', { params }));
  const { fields } = dataOf(seen);
  const unknown = named.find((field) => field === 'hazard_domain' || (fields[field] ?? null) === null);
  if (unknown !== undefined)
    throw new CommandError(
      'refused',
      `The case has no field ${unknown} to leave out: detente case show has its fields.`,
    );
  const left = new Set(named.flatMap((field) => [field, ...(WITH[field] ?? [])]));
  const rest = Object.fromEntries(Object.entries(fields).filter(([field]) => !left.has(field)));
  const header = { 'if-match': seen.response.headers.get('etag') ?? '' };
  const body = { fields: rest as never, reason: options.reason };
  const answer = dataOf(await client.PUT('/casework/v1/cases/{id}/fields', { params: { ...params, header }, body }));
  if (options.json) return printJson(answer);
  print(`Left out: ${named.join(', ')}; a new draft is being made: detente case show ${id}`);
}
