// What stands around a name, and so how what is written for it is to read.
import type { Around } from './naming.ts';
import { NO_PHRASE, phraseAround } from './noun-phrases.ts';

/** A name's place in a text; names from left to right, none over another. */
type Span = { start: number; end: number };
/** What is replaced, which may be more than the name: the article, and blanks that Chinese does without. */
export type Site = Span & { around: Around };

const CONTEXT = 48;
/** Han letters, and the signs that stand only among them. */
const HAN = /^[\p{sc=Han}\u3001\u3002\u3008-\u3011\uff08\uff09\uff0c\uff1a\uff1b\uff01\uff1f]$/u;
const BEFORE_HAN = /[\p{sc=Han}\u3001\u3002\u3008-\u3011\uff08\uff09\uff0c\uff1a\uff1b\uff01\uff1f] {1,2}$/u;
const AFTER_HAN = /^ {1,2}(?=[\p{sc=Han}\u3001\u3002\u3008-\u3011\uff08\uff09\uff0c\uff1a\uff1b\uff01\uff1f])/u;
const LETTER = /\p{L}/u;

/** The sites of names in a text. What is Chinese is told by the nearest letters that are of no name, before and behind; where they
 *  differ by the nearer one, and where there are none by the name. */
export function sitesOf(text: string, names: readonly Span[]): Site[] {
  const before = nearest(text, names, 1);
  const behind = nearest(text, names, -1);
  let written = 0;
  return names.map((name, at) => {
    const isHan = isAmongHan(text.slice(name.start, name.end), before[at], behind[at]);
    const site = isHan ? hanSite(text, name, written) : latinSite(text, name, written);
    written = site.end;
    return site;
  });
}

/** One name's site. @param after where what was written before ends */
export function siteOf(text: string, name: Span, after: number): Site {
  const [site] = sitesOf(text, [name]);
  return site!.start >= after ? site! : { ...site!, start: Math.max(name.start, after) };
}

type Near = { isHan: boolean; distance: number };

function isAmongHan(name: string, before: Near | undefined, behind: Near | undefined): boolean {
  if (before === undefined && behind === undefined) return /\p{sc=Han}/u.test(name);
  if (before === undefined || behind === undefined) return (before ?? behind)!.isHan;
  return before.distance <= behind.distance ? before.isHan : behind.isHan;
}

/** Of each name the nearest letter on one side that is of no name. A sweep along the text: `way` is 1 for letters before.
 *  Names and signs between count for the distance, so that lists of names read alike. */
function nearest(text: string, names: readonly Span[], way: 1 | -1): (Near | undefined)[] {
  const found: (Near | undefined)[] = new Array(names.length);
  let last: { isHan: boolean; at: number } | undefined;
  let at = way === 1 ? 0 : text.length;
  for (let n = way === 1 ? 0 : names.length - 1; n >= 0 && n < names.length; n += way) {
    const { start, end } = names[n]!;
    const [from, to] = way === 1 ? [at, start] : [end, at];
    const letter = letterIn(text, from, to, way);
    last = letter ?? last;
    if (last !== undefined) found[n] = { isHan: last.isHan, distance: Math.abs((way === 1 ? start : end) - last.at) };
    at = way === 1 ? end : start;
  }
  return found;
}

/** The letter that is nearest to the end (`way` 1) or the beginning (-1) of a part. */
function letterIn(text: string, from: number, to: number, way: 1 | -1): { isHan: boolean; at: number } | undefined {
  for (let at = way === 1 ? to - 1 : from; at >= from && at < to; at -= way) {
    const letter = text.charAt(at);
    // Both halves of a rare Han letter are no letters by themselves.
    const isPair = /[\ud800-\udfff]/.test(letter) && /\p{sc=Han}/u.test(text.slice(Math.max(at - 1, 0), at + 2));
    if (HAN.test(letter) || isPair) return { isHan: true, at: way === 1 ? at + 1 : at };
    if (LETTER.test(letter)) return { isHan: false, at: way === 1 ? at + 1 : at };
  }
  return undefined;
}

const DETERMINED_HAN = /(?:[该本此这那其某各每]|[这那每一]家|[这那每一]个)$/u;

/** @param written up to where the text is written already */
function hanSite(text: string, { start, end }: Span, written: number): Site {
  const before = text.slice(Math.max(written, start - CONTEXT), start);
  const blanks = BEFORE_HAN.test(before) || /^ {1,2}$/.test(before) ? / {0,24}$/.exec(before)![0].length : 0;
  const follows = AFTER_HAN.exec(text.slice(end, end + 4))?.[0].length ?? 0;
  const lead = before.slice(0, before.length - blanks);
  const around = {
    article: '',
    determined: DETERMINED_HAN.test(lead),
    isStart: lead === '',
    isHan: true,
    ...NO_PHRASE,
  };
  return { start: start - blanks, end: end + follows, around };
}

function latinSite(text: string, { start, end }: Span, written: number): Site {
  const before = text.slice(Math.max(written, start - CONTEXT), start);
  const article = /(?:^|[\s("“])(an?|An?) $/.exec(before)?.[1] ?? '';
  const determined =
    /(?:^|[\s("“])(?:(?:the|this|that|these|its|his|her|their|our|my|each|every|another)|\S{0,24}['’]s) $/i.test(
      before,
    );
  const lead = before.slice(0, before.length - article.length - (article === '' ? 0 : 1));
  const isStart = start === before.length ? lead === '' : /[.!?]["”’)]?\s+$/.test(lead);
  const from = start - (article === '' ? 0 : article.length + 1);
  const phrase = phraseAround(lead, text.slice(end, end + CONTEXT));
  return { start: from, end, around: { article, determined, isStart, isHan: false, ...phrase } };
}
