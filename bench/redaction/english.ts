// The English sets: 750 texts that others labelled, and sentences in the style of incident reports.
import { readFileSync } from 'node:fs';
import type { Labelled, Span } from './score.ts';

const KINDS: Readonly<Record<string, string>> = {
  PERSON: 'person',
  ORGANIZATION: 'organisation',
  GPE: 'place',
  STREET_ADDRESS: 'place',
  DATE_TIME: 'date',
  CREDIT_CARD: 'card',
  PHONE_NUMBER: 'phone',
  EMAIL_ADDRESS: 'email',
  ZIP_CODE: 'postcode',
  DOMAIN_NAME: 'url',
  IBAN_CODE: 'iban',
  US_SSN: 'national-id',
  IP_ADDRESS: 'ip',
  US_DRIVER_LICENSE: 'driving-licence',
};

type Line = { text: string; spans: [kind: string, start: number, end: number][] };

/** @param file `identifiers.jsonl`, or the one that was written later: kinds as findings have them, of many countries and languages */
export function identifierTexts(file: string): Labelled[] {
  return linesOf(file).map((line) => {
    const { text, spans } = JSON.parse(line) as Line;
    return { text, spans: spans.map(([kind, start, end]) => ({ kind, start, end })) };
  });
}

export function labelledTexts(): Labelled[] {
  return linesOf('labelled-en.jsonl').map((line) => {
    const { text, spans } = JSON.parse(line) as Line;
    const ours = spans.map(([type, start, end]) => ({ start, end, kind: KINDS[type] ?? type }));
    return { text, spans: ours.flatMap((span) => (span.kind === 'date' ? exact(text, span) : [span])) };
  });
}

/** Neither a year nor a day of the week is an exact date; a date with a time is both. */
function exact(text: string, { start, end, kind }: Span): Span[] {
  const [date = '', time] = text.slice(start, end).split(' ');
  if (!/\d/.test(date) || /^\d{4}$/.test(date)) return [];
  const day = { start, end: start + date.length, kind };
  return time === undefined ? [day] : [day, { start: day.end + 1, end, kind: 'time' }];
}

/** @param file `incidents-en.txt`, or one of the others with labels in brackets; ` ¶ ` is the end of a line of the text */
export function sentences(file: string): Labelled[] {
  return linesOf(file).map((written) => {
    const line = written.replaceAll(' ¶', '\n').replaceAll('\n ', '\n');
    const kinds = { person: 'person', org: 'organisation', place: 'place' } as const;
    const spans: Span[] = [];
    let text = '';
    for (const part of line.split(/(\[(?:person|org|place) [^\]]+\])/)) {
      const [, kind, name] = /^\[(person|org|place) ([^\]]+)\]$/.exec(part) ?? [];
      if (name !== undefined) {
        spans.push({ start: text.length, end: text.length + name.length, kind: kinds[kind as keyof typeof kinds] });
      }
      text += name ?? part;
    }
    return { text, spans };
  });
}

function linesOf(file: string): string[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}
