// What is written for a count of persons: its band, or words that tell no number where these read better.
import { bandInChinese, bandInEnglish, bandOf } from './bands.ts';
import { hasPeople } from './counts.ts';
import { toldOf } from './numbers.ts';
import type { Rewrite } from './rewrite.ts';

type Span = { start: number; end: number };

/** Whether a count is of one person or none, which is a band of its own. */
export function isOne(count: string): boolean {
  const told = toldOf(count);
  return told !== undefined && told.least === told.most && told.least! <= 1;
}

/** @param hasBands whether the text tells others by bands: one beside them could be summed up with them */
export function countFor(text: string, span: Span, isHan: boolean, hasBands: boolean): Rewrite | undefined {
  const { start, end } = span;
  const count = text.slice(start, end);
  const told = toldOf(count);
  if (told === undefined || (told.least === 1 && told.most === undefined)) return undefined;
  if (isOne(count)) return hasBands && told.least === 1 ? atLeastOne(text, span, isHan) : undefined;
  if (isHan) return hanCount(text, span, bandInChinese(bandOf(told)));
  const [before, behind] = [text.slice(Math.max(0, start - 24), start), text.slice(end, end + 60)];
  const definite = definiteFor(before, behind, span);
  if (definite !== undefined) return definite;
  const band = bandInEnglish(bandOf(told));
  const [, whole] = count.split('/');
  const isExact = told.least === told.most;
  const words =
    whole === undefined ? withJoint(band, before, isExact) : `${band} of ${bandInEnglish(bandOf(toldOf(whole)!))}`;
  return { start, end, written: isFirst(count, before) ? capitalised(words) : words };
}

/** At the beginning of a sentence, where a figure needs no capital and `at least` does. */
function isFirst(count: string, before: string): boolean {
  return /^\p{Lu}/u.test(count) || (/^\d/.test(count) && (before === '' || /[.!?]["”’)]?\s+$/.test(before)));
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `rose to between 10 and 99` */
function withJoint(band: string, before: string, isExact: boolean): string {
  if (/(?<!\p{L})between $/iu.test(before)) return band.replace(' to ', ' and ');
  return isExact && /(?<!\p{L})(?:to|from) $/iu.test(before) ? `between ${band.replace(' to ', ' and ')}` : band;
}

function atLeastOne(text: string, { start, end }: Span, isHan: boolean): Rewrite | undefined {
  const count = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 12), start);
  if (isHan)
    return /[某每同任唯独其这那第]$/u.test(before)
      ? undefined
      : { start, end, written: `至少${count}${/[死伤亡]/.test(text.charAt(end)) ? '人' : ''}` };
  // `One of the students, Anna Lee`: picked out, not counted.
  if (/^ of \p{L}{2,5} [\p{L} ]{3,24}, \p{Lu}/u.test(text.slice(end, end + 48))) return undefined;
  if (
    /(?<!\p{L})(?:the|this|that|no|any|every|each|only|just|exactly|am|is|was|be|been|being|become|became|as) $/iu.test(
      before,
    )
  )
    return undefined;
  return { start, end, written: `${isFirst(count, before) ? 'At' : 'at'} least ${count.toLowerCase()}` };
}

const DEFINITE = /(?<!\p{L})(?:all (?:of )?(?:the )?|the |these |those |its |his |her |their |our |my |whose )$/iu;
const SEVERAL = /^ (?:[\p{L}-]{2,20} ){0,2}?(?:people|children|kids|staff|wom[e]n|men|[\p{L}]{3,20}s)(?![\p{L}\d-])/iu;
const VERB = /^ (?:were|are|have|had|died|survived|escaped|recovered|perished|drowned|fled)(?!\p{L})/iu;
const HARMED =
  /^ (?:killed|injured|wounded|hurt|dead|hospitali[sz]ed|harmed|missing|arrested|rescued|trapped|detained|infected)(?!\p{L})/iu;
const PREPOSITION = /(?<!\p{L})(?:of|to|for|by|with|from|among|between|than) the $/iu;

/** `the three passengers`, `all 17 died`, `the two of them`: how many they are goes, who they are is known. */
function definiteFor(before: string, behind: string, { start, end }: Span): Rewrite | undefined {
  const lead = DEFINITE.exec(before)?.[0];
  if (lead === undefined) return undefined;
  const isAll = /^all/i.test(lead);
  const instead = (words: string) => ({
    start: start - lead.length,
    end,
    written: /^\p{Lu}/u.test(lead) ? capitalised(words) : words,
  });
  if (/^ of (?:them|whom|us|you)(?!\p{L})/iu.test(behind)) return instead('all');
  if (isAll && /^ of (?:the|those|these|its|his|her|their|our|my)(?!\p{L})/iu.test(behind)) return instead('all');
  if (SEVERAL.test(behind) && hasPeople(behind, 0)) return { start, end: end + 1, written: '' };
  if (isAll && (VERB.test(behind) || HARMED.test(behind))) return instead('all of them');
  if (!/^the $/i.test(lead)) return undefined;
  if (VERB.test(behind)) return instead(PREPOSITION.test(before) ? 'them' : 'they');
  return HARMED.test(behind) ? instead('those') : undefined;
}

function hanCount(text: string, { start, end }: Span, band: string): Rewrite {
  // `这三名学生` are `这些学生`.
  if (/[这那這]$/u.test(text.slice(Math.max(0, start - 1), start)))
    return { start, end: end + (/^[名位个個]/.test(text.slice(end, end + 1)) ? 1 : 0), written: '些' };
  return { start, end, written: /[死伤亡傷]/.test(text.charAt(end)) ? `${band}人` : band };
}
