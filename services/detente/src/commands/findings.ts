// case findings, case take-out, case keep: what was found in a case and no vault knows, and an officer's word on it.

import { type Contracts, dataOf } from '@detente/client';
import type { Command } from 'commander';
import { type Casework, type ConnectionOptions, connectCasework, lookingFor, withConnection } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { formatTable, plain, print, printJson, printTable } from '../output.ts';

type Draft =
  Contracts['casework']['/casework/v1/cases/{id}/draft']['get']['responses'][200]['content']['application/json'];
type Place = Draft['findings'][number];
/** The same words, of one kind. `number`: of the draft, and in the order in which they stand in it: `2.1`. */
type Found = { number: string; kind: string; text: string; places: Place[] };
type Verdict = 'remove' | 'keep';

const CASES = 'detente case list shows those there are';
const AROUND = 24;

/** @param cases the command `case` */
export function addFindingCommands(cases: Command): void {
  examples(
    withConnection(
      cases
        .command('findings <id>')
        .description('what was found in a case that no vault knows, and what was done with it'),
    ),
    'case findings 8e03978e-40d5-43dd-bc93-6894a57f9324 --data ./cn',
    'case findings 8e03978e-40d5-43dd-bc93-6894a57f9324 --changes --data ./cn',
    'case findings 8e03978e-40d5-43dd-bc93-6894a57f9324 --changes --draft 1 --data ./cn',
  )
    .option('--changes', 'what the draft says instead of what came in')
    .option('--draft <number>', 'of an earlier draft, such as the one that a version says')
    .action(listFindings);
  addVerdict(cases, 'take-out', 'remove', 'accept findings: they are taken out wherever their words stand in the case');
  addVerdict(cases, 'keep', 'keep', 'reject findings: their words stay as they are');
}

function addVerdict(cases: Command, name: string, verdict: Verdict, description: string): void {
  examples(
    withConnection(cases.command(`${name} <id> <finding...>`).description(description)),
    `case ${name} 8e03978e-40d5-43dd-bc93-6894a57f9324 2.1 2.3 --reason "read by Chen" --data ./cn`,
    `case ${name} 8e03978e-40d5-43dd-bc93-6894a57f9324 Xq3kZ8bPw0 --reason "this place alone" --data ./cn`,
  )
    .addHelpText(
      'after',
      '\nA finding is a number of case findings, which means each of its places in that draft, or the beginning of the id of one place.',
    )
    .requiredOption('--reason <text>', 'why; kept with the act')
    .action((id: string, findings: string[], options: ConnectionOptions & { reason: string }) =>
      judge({ id, findings, verdict }, options),
    );
}

type ListOptions = ConnectionOptions & { changes?: true; draft?: string };

async function listFindings(id: string, options: ListOptions): Promise<void> {
  const draft = await readDraft(connectCasework(options), id, versionOf(options));
  const found = numbered(draft);
  if (options.json)
    return printJson({
      draft: draft.digest,
      version: draft.version,
      findings: found,
      ...(options.changes && { changes: draft.changes }),
    });
  if (options.changes) {
    const rows = draft.changes.map(({ place, was, written, by }) => [
      place,
      plain(was, 40),
      plain(written ?? 'left out', 40),
      by,
    ]);
    return printTable(['place', 'was', 'is', 'by'], rows, 'The draft says what came in.');
  }
  if (found.length === 0) return print('Nothing was found that no vault knows.');
  const rows = found.map(({ number, kind, text, places }) => {
    const [first] = places;
    const { confidence, reason, id } = first!;
    return [
      number,
      doneText(places),
      kind,
      confidence,
      reason,
      plain(text, 32),
      places.length,
      aroundText(draft, first!),
      id.slice(0, 10),
    ];
  });
  print(formatTable(['no', 'done', 'kind', 'sure', 'why', 'words', 'places', 'in', 'first id'], rows));
}

async function judge(
  { id, findings, verdict }: { id: string; findings: readonly string[]; verdict: Verdict },
  options: ConnectionOptions & { reason: string },
): Promise<void> {
  const client = connectCasework(options);
  const params = { path: { id } };
  const seen = await lookingFor(`case ${id}`, CASES, () => client.GET('/casework/v1/cases/{id}', { params }));
  const draft = await readDraft(client, id);
  const places = new Map(findings.flatMap((name) => placesNamed(name, draft)).map((place) => [place.id, place]));
  const body = { verdicts: [...places.keys()].map((one) => ({ id: one, verdict })), reason: options.reason };
  const header = { 'if-match': seen.response.headers.get('etag') ?? '' };
  const answer = await client.PUT('/casework/v1/cases/{id}/findings', { params: { ...params, header }, body });
  if (options.json) return printJson(dataOf(answer));
  const what = places.size === 1 ? '1 place' : `${places.size} places`;
  const words = [...new Set(Array.from(places.values(), ({ text }) => plain(text, 32)))].join(', ');
  const done = verdict === 'remove' ? 'To be taken out' : 'To be kept';
  print(`${done}, in ${what}: ${words}; a new draft is being made: detente case show ${id}`);
}

/** @throws CommandError `usage` */
function versionOf({ draft }: ListOptions): number | undefined {
  if (draft === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(draft)) throw new CommandError('usage', `${draft} is no number of a draft: --draft 1.`);
  return Number(draft);
}

/** @throws CommandError `refused` when the case, or its first draft, is not there */
async function readDraft(client: Casework, id: string, version?: number): Promise<Draft> {
  const params = { path: { id }, ...(version !== undefined && { query: { version } }) };
  return dataOf(
    await lookingFor(`draft of a case ${id}`, CASES, () => client.GET('/casework/v1/cases/{id}/draft', { params })),
  );
}

function numbered({ version, findings }: Draft): Found[] {
  const found = new Map<string, Found>();
  for (const place of findings) {
    const { kind, text } = place;
    const key = JSON.stringify([kind, text]);
    const one = found.get(key) ?? { number: `${version}.${found.size + 1}`, kind, text, places: [] };
    one.places.push(place);
    found.set(key, one);
  }
  return [...found.values()];
}

/** What an officer names: as it stood in the draft that he saw.
 *  @throws CommandError `refused` */
function placesNamed(name: string, draft: Draft): Place[] {
  const [, seen] = /^(\d{1,9})\.\d{1,5}$/.exec(name) ?? [];
  if (seen !== undefined && Number(seen) !== draft.version)
    throw new CommandError(
      'refused',
      `${name} is of draft ${seen}, and the newest is ${draft.version}: look again with detente case findings.`,
    );
  const places =
    seen === undefined
      ? draft.findings.filter(({ id }) => name.length >= 8 && id.startsWith(name))
      : (numbered(draft).find(({ number }) => number === name)?.places ?? []);
  if (places.length > 0) return places;
  throw new CommandError('refused', `There is no finding ${name}: detente case findings shows those there are.`);
}

function doneText(places: readonly Place[]): string {
  const all = new Set(places.map(({ done, by }) => (by === undefined ? done : `${done} by ${by}`)));
  return [...all].join(', ');
}

/** The words in their place, in brackets; or what is written for them. */
function aroundText(draft: Draft, { place, start, end }: Place): string {
  const isPublic = place.startsWith('public:');
  let value: unknown = isPublic ? draft.public_fields : draft.fields;
  for (const name of place.slice(isPublic ? 8 : 1).split('/'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  if (typeof value !== 'string') return `${place}: left out`;
  const [before, after] = [value.slice(Math.max(0, start - AROUND), start), value.slice(end, end + AROUND)];
  return `${place}: ${plain(before, AROUND)}⟨${plain(value.slice(start, end), 40)}⟩${plain(after, AROUND)}`;
}
