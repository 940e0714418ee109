// What is found in the texts of a record, each with an id that stays the same in the next draft.
import { hash } from 'node:crypto';
import type { Edit } from './edits.ts';
import { HERE_ONLY } from './entities/here-only.ts';
import type { FieldText } from './field-texts.ts';
import type { Finding, FindingKind } from './finding.ts';
import { hangsOn } from './hangs-on.ts';
import { hitsIn } from './hits.ts';
import { inReferences } from './in-references.ts';
import { PSEUDONYM } from './naming.ts';
import type { TakenName } from './scrub.ts';
import { sentenceStarts } from './sentences.ts';
import { isWord } from './words.ts';

/** Finds what no vault knows in one text; `findAll` of `./findings`. */
export type Reader = (text: string) => readonly Finding[];

/** A text of a field, and what is written in it for known terms. */
export type ScrubbedText = FieldText & { edits: readonly Edit[]; taken: readonly TakenName[] };

/** `start` and `end` are offsets in the text as it came. */
export type FoundText = Finding & {
  /** SHA-256, base64url, over field, kind, words, the sentence around them, and the how-manieth of these words in such sentences of the
   *  field it is: what is said of the words is said of them there. */
  id: string;
  /** Its text: a place in the list that was read. */
  nth: number;
  text: string;
  /** What a known term leaves of a name. */
  isRest: boolean;
  /** Protected in the whole node, since an officer had it taken out of this case or another. */
  taken: boolean;
};

/** References are there for these: they are no findings in them. */
const REFERENCES: ReadonlySet<FindingKind> = new Set(['url', 'hash', 'commit', 'model-id']);

/** Reads each text once, as it came; known terms are no findings. The same words are of one kind in the whole record, that of the surest
 *  place, and found wherever they stand, also where reading did not find them. */
export function readFindings(texts: readonly ScrubbedText[], read: Reader): FoundText[] {
  const seen = new Map<string, readonly Finding[]>();
  const found = texts.flatMap((one, nth) => readOne(one, seen, read).map((finding) => ({ ...finding, nth })));
  const wordsOf = ({ nth, start, end }: (typeof found)[number]) => texts[nth]!.text.slice(start, end);
  const surest = new Map<string, (typeof found)[number]>();
  for (const one of found) {
    const words = wordsOf(one);
    // A number counts persons where persons stand beside it, and nowhere else.
    if (one.kind === 'count' || one.reason === HERE_ONLY) continue;
    if (one.confidence > (surest.get(words)?.confidence ?? -1)) surest.set(words, one);
  }
  const places = createPlaces(texts);
  const all = texts.map((_, nth) => found.filter((one) => one.nth === nth));
  for (const [words, one] of surest) {
    for (const { nth, start } of places.wholeWords(words)) {
      const place = { nth, start, end: start + words.length };
      const { text, edits } = texts[nth]!;
      if (overlaps(all[nth]!, place) || overlaps(edits, place)) continue;
      const isRest = hangsOn(text, place, edits) !== undefined;
      // `Search` of `Google Search` is a word elsewhere.
      if (one.isRest && !isRest && isOfWords(words)) continue;
      all[nth]!.push({ ...one, ...place, reason: 'repeated', isRest, taken: false });
    }
  }
  return all.flatMap((list) =>
    list
      .sort((a, b) => a.start - b.start)
      .map((one) => {
        const text = wordsOf(one);
        const { kind } = one.kind === 'count' ? one : (surest.get(text) ?? one);
        return { ...one, kind, text, id: idOf(texts[one.nth]!, kind, text, places.within(one)) };
      }),
  );
}

function readOne(one: ScrubbedText, seen: Map<string, readonly Finding[]>, read: Reader) {
  const { text, edits, field } = one;
  const all = seen.get(text) ?? read(text);
  seen.set(text, all);
  const ours = [...edits, ...hitsIn(text, PSEUDONYM).map(spanOf)];
  const isReference = field.scrub === 'drop';
  const found = (isReference ? [...all.filter(({ kind }) => !REFERENCES.has(kind)), ...inReferences(text, read)] : all)
    .flatMap((finding) => outside(finding, text, ours))
    .map((finding) => ({ ...finding, taken: false }));
  const known = one.taken.map((name) => ({
    ...name,
    ...{ confidence: 1, reason: 'taken-out', isRest: false, taken: true },
  }));
  return [...found, ...known];
}

function spanOf({ index, 0: hit }: RegExpExecArray) {
  return { start: index, end: index + hit.length };
}

/** What of a finding is neither a known term nor our own word: nothing of a place or date, the rest of a name, all of an identifier. */
function outside(
  finding: Finding,
  text: string,
  ours: readonly { start: number; end: number }[],
): (Finding & { isRest: boolean })[] {
  const over = ours
    .filter(({ start, end }) => start < finding.end && end > finding.start)
    .sort((a, b) => a.start - b.start);
  if (over.length === 0) return [{ ...finding, isRest: false }];
  if (finding.kind !== 'person' && finding.kind !== 'organisation')
    return finding.confidence === 1 ? [{ ...finding, isRest: false }] : [];
  const edges = [finding.start, ...over.flatMap(({ start, end }) => [start, end]), finding.end];
  const rest: (Finding & { isRest: boolean })[] = [];
  for (let at = 0; at < edges.length; at += 2) {
    const part = text.slice(edges[at]!, edges[at + 1]!);
    const [hit] = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su.exec(part) ?? [''];
    const start = edges[at]! + part.indexOf(hit);
    if (/\p{Lu}\p{L}|\p{sc=Han}{2}/u.test(hit) && !/^(?:The|An?|Of|And|For)$/.test(hit))
      rest.push({ ...finding, start, end: start + hit.length, isRest: true });
  }
  return rest;
}

function isOfWords(words: string): boolean {
  return words.split(/[ -]/).every((word) => word.length < 3 || isWord(word.toLowerCase()));
}

/** Where words stand in the texts of a record; each is looked for once. */
function createPlaces(texts: readonly FieldText[]) {
  const known = new Map<string, Place[]>();
  const sentences = createSentences(texts);
  const counts = new Map<string, Map<string, number>>();
  const countsOf = (words: string) => {
    const seen = new Map<string, number>();
    return new Map(
      all(words).map(({ nth, start }) => {
        const key = `${texts[nth]!.field.name} ${sentences.around({ nth, start, end: start + words.length })}`;
        const count = seen.get(key) ?? 0;
        seen.set(key, count + 1);
        return [`${nth} ${start}`, count];
      }),
    );
  };
  const all = (words: string) => {
    const places =
      known.get(words) ?? texts.flatMap(({ text }, nth) => startsOf(text, words).map((start) => ({ nth, start })));
    known.set(words, places);
    return places;
  };
  return {
    wholeWords: (words: string) => all(words).filter(({ nth, start }) => isWhole(texts[nth]!.text, start, words)),
    /** The sentence around a place, and how many of the same words stand before it in such sentences of its field. */
    within({ nth, start, end }: Place & { end: number }): { sentence: string; count: number } {
      const words = texts[nth]!.text.slice(start, end);
      const counted = counts.get(words) ?? countsOf(words);
      counts.set(words, counted);
      return { sentence: sentences.around({ nth, start, end }), count: counted.get(`${nth} ${start}`) ?? 0 };
    },
  };
}

type Place = { nth: number; start: number };

/** Sentences as SHA-256 of their words; each is hashed once, since a long one may have thousands of findings. */
function createSentences(texts: readonly FieldText[]) {
  const starts = new Map<number, number[]>();
  const digests = new Map<string, string>();
  return {
    around({ nth, start, end }: Place & { end: number }): string {
      const { text } = texts[nth]!;
      const all = starts.get(nth) ?? sentenceStarts(text);
      starts.set(nth, all);
      const [first, behind] = [placeOf(all, start) - 1, placeOf(all, end - 1)];
      const key = `${nth} ${first} ${behind}`;
      const digest = digests.get(key) ?? digestOf(text.slice(all[first], all[behind]));
      digests.set(key, digest);
      return digest;
    },
  };
}

/** Blanks tell nothing. */
function digestOf(sentence: string): string {
  return hash('sha256', sentence.trim().replace(/\s+/g, ' '), 'base64url');
}

/** How many starts are at or before an offset. */
function placeOf(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startsOf(text: string, words: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) starts.push(at);
  return starts;
}

function isWhole(text: string, start: number, words: string): boolean {
  if (/\p{sc=Han}/u.test(words)) return true;
  const around = [text.charAt(start - 1), text.charAt(start + words.length)];
  return !around.some((char) => /[\p{L}\p{N}_]/u.test(char));
}

function overlaps(spans: readonly { start: number; end: number }[], place: { start: number; end: number }): boolean {
  return spans.some(({ start, end }) => start < place.end && end > place.start);
}

function idOf(
  { field }: FieldText,
  kind: FindingKind,
  words: string,
  { sentence, count }: { sentence: string; count: number },
): string {
  return hash('sha256', JSON.stringify([`/${field.name}`, kind, words, sentence, count]), 'base64url');
}
