// What identifies somebody within a link: who logs in, and what its path and query carry. The link itself is what a reference is for.
import { type Finding, type FindingKind, HELD_FROM } from './finding.ts';
import type { Reader } from './read-findings.ts';

const PERSONAL: ReadonlySet<FindingKind> = new Set([
  ...(['email', 'phone', 'card', 'iban', 'coordinates', 'national-id', 'passport', 'driving-licence'] as const),
  ...(['licence-plate', 'account', 'wallet', 'api-key'] as const),
]);

/** A number in a path may be that of an article, whatever its checksum: an officer looks at it. */
const BY_NUMBER = 0.9;

/** Findings within the links of a text, in its offsets. A name before `=` is read as a cue for what is behind it. */
export function inReferences(text: string, read: Reader): Finding[] {
  return Array.from(text.matchAll(LINK)).flatMap(({ index, 0: link, 1: scheme = '', 2: login }) => {
    const from = index + scheme.length;
    const start = from + (login?.length ?? 0);
    const whole = login === undefined ? [] : [{ start: from, end: start - 1, ...LOGIN }];
    return [...whole, ...partsOf(link.slice(start - index), start).flatMap((part) => inPart(part, read))];
  });
}

const LINK = /([a-z][a-z\d+.-]{1,20}:\/\/)([^\s/?#@]{1,200}@)?[^\s<>"]{1,4000}/giu;
const LOGIN = { kind: 'account', confidence: 1, reason: 'login' } as const;

/** `name` stands before the `=`, if there is one. */
type Part = { start: number; end: number; name: string; words: string };

function partsOf(rest: string, offset: number): Part[] {
  const parts: Part[] = [];
  for (const { index, 1: name = '', 2: words = '' } of rest.matchAll(/(?:([^/?&#;=]{1,60})=)?([^/?&#;=]{2,2000})/g)) {
    const start = offset + index + (name === '' ? 0 : name.length + 1);
    parts.push({ start, end: start + words.length, name: decoded(name), words: decoded(words) });
  }
  return parts;
}

function inPart({ start, end, name, words }: Part, read: Reader): Finding[] {
  const asked = `${name.replace(/[_-]/g, ' ')}${name === '' ? '' : ': '}${words}`;
  const found = read(asked)
    // Many a link has letters and digits by lot in it: they are what it is.
    .filter(({ kind, confidence, reason }) => PERSONAL.has(kind) && confidence >= HELD_FROM && reason !== 'random')
    .sort((a, b) => b.confidence - a.confidence)[0];
  if (found === undefined) return [];
  const isSure = name !== '' || found.kind === 'email' || found.kind === 'api-key';
  return [{ ...found, start, end, confidence: isSure ? found.confidence : Math.min(found.confidence, BY_NUMBER) }];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}
