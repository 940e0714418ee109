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
      '\nAn item or member is named behind a slash: countries_affected/1, deployment/tasks. With occurred_month the exact days go as well. hazard_domain is of triage, not of the fields.',
    )
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action(leaveOut);
}

async function leaveOut(
  id: string,
  places: readonly string[],
  options: ConnectionOptions & { reason: string },
): Promise<void> {
  const named = places.map((place) => place.replace(/^\//, ''));
  const client = connectCasework(options);
  const params = { path: { id } };
  const seen = await lookingFor(`case ${id}`, CASES, () => client.GET('/casework/v1/cases/{id}', { params }));
  const { fields } = dataOf(seen);
  const unknown = named.find((field) => field.startsWith('hazard_domain') || isAbsent(fields, field));
  if (unknown !== undefined)
    throw new CommandError(
      'refused',
      `The case has no field ${unknown} to leave out: detente case show has its fields.`,
    );
  const left = named.flatMap((field) => [field, ...(WITH[field] ?? [])]);
  const rest = Object.fromEntries(Object.entries(fields).flatMap(([field, value]) => keptOf(field, value, left)));
  const header = { 'if-match': seen.response.headers.get('etag') ?? '' };
  const body = { fields: rest as never, reason: options.reason };
  const answer = dataOf(await client.PUT('/casework/v1/cases/{id}/fields', { params: { ...params, header }, body }));
  if (options.json) return printJson(answer);
  print(`Left out: ${named.join(', ')}; a new draft is being made: detente case show ${id}`);
}

/** @param field a field, or behind a slash one of its items or members */
function isAbsent(fields: Readonly<Record<string, unknown>>, field: string): boolean {
  const [name = '', member] = field.split('/');
  const value = fields[name] as Record<string, unknown> | null | undefined;
  return (member === undefined ? value : value?.[member]) == null;
}

/** The field without what is left out of it; nothing where that is all of it. */
function keptOf(field: string, value: unknown, left: readonly string[]): [string, unknown][] {
  if (left.includes(field)) return [];
  const members = left.filter((one) => one.startsWith(`${field}/`)).map((one) => one.slice(field.length + 1));
  if (members.length === 0) return [[field, value]];
  if (Array.isArray(value)) {
    const kept = value.filter((_, nth) => !members.includes(String(nth)));
    return kept.length === 0 ? [] : [[field, kept]];
  }
  const none = (was: unknown) => (Array.isArray(was) ? [] : null);
  const told = Object.entries(value as object).map(([name, was]) => [name, members.includes(name) ? none(was) : was]);
  return [[field, Object.fromEntries(told)]];
}
