// A time of day goes, with the words that only lead to it; where a word needs something behind it, a plain word stands there.
import type { Rewrite } from './rewrite.ts';

const AT =
  /(?:(?:,? |^|(?<=[\s(]))(?:at|around|about|circa|à|vers|um|gegen|a las|às)(?: (?:around|about|exactly|approximately))? )$/i;
const NEEDS = /\b(?:by|before|after|since|until|till|from|to|between|and|through|past) $/i;
/** The same where an hour is written `14h30` or `14 Uhr`. */
const NEEDS_ELSEWHERE =
  /(?<!\p{L})(?:avant|après|jusqu['’]à|dès|de|entre|et|au-delà de|bis|ab|nach|vor|seit|von|zwischen|und) $/iu;
/** `shortly before midnight` */
const AROUND = /(?:(?<=\s)|^)(?:(?:shortly|just|soon|right|well) )?(?:by|before|after|around|about|past|at) $/i;
const HAN_AT = /(?:于|在|约|大约|当日|当天)$/u;
const HAN_NEEDS = /(?:从|到|至|自|截至|直到)$/u;
const HAN_AFTER = /^(?:左右|许|前后)/u;
const HAN_NEEDED = /^(?:前|后|之前|之后|以前|以后|至|到|起)/u;

export function timeFor(text: string, { start, end }: { start: number; end: number }, isHan: boolean): Rewrite {
  const before = text.slice(Math.max(0, start - 40), start);
  const behind = text.slice(end, end + 8);
  if (isHan) return hanTime(before, behind, { start, end });
  const [hour = ''] = /Uhr|h/i.exec(text.slice(start, end)) ?? [];
  if (hour !== '' && NEEDS_ELSEWHERE.test(before))
    return { start, end, written: hour === 'h' ? 'une certaine heure' : 'einer bestimmten Uhrzeit' };
  const around = /midnight$/.test(text.slice(start, end)) ? AROUND.exec(before) : null;
  if (around !== null)
    return { start: start - around[0].length, end, written: /^\p{Lu}/u.test(around[0]) ? 'At night' : 'at night' };
  const sharp = /^ sharp(?!\p{L})/u.exec(behind)?.[0].length ?? 0;
  const span = { start, end: end + sharp };
  return latinTime(before, text.slice(span.end, span.end + 8), span, { at: AT, plain: 'a certain time' });
}

const ON = /(?:(?:,? |^|(?<=[\s(]))on )$/i;

/** The same of a day whose month was told before: `on the 15th it came back`. */
export function dayFor(text: string, { start, end }: { start: number; end: number }, isHan: boolean): Rewrite {
  const behind = text.slice(end, end + 8);
  if (isHan) return hanTime(text.slice(Math.max(0, start - 40), start), behind, { start, end }, '某日');
  const the = /\bthe $/.exec(text.slice(Math.max(0, start - 5), start))?.[0].length ?? 0;
  const before = text.slice(Math.max(0, start - 40), start - the);
  return latinTime(before, behind, { start: start - the, end }, { at: ON, plain: 'a certain day' });
}

function hanTime(
  before: string,
  behind: string,
  { start, end }: { start: number; end: number },
  plain = '某时',
): Rewrite {
  if (HAN_NEEDS.test(before) || HAN_NEEDED.test(behind)) return { start, end, written: plain };
  const at = HAN_AT.exec(before)?.[0].length ?? (/[^\s] $/u.test(before) ? 1 : 0);
  return { start: start - at, end: end + (HAN_AFTER.exec(behind)?.[0].length ?? 0), written: '' };
}

function latinTime(
  before: string,
  behind: string,
  { start, end }: { start: number; end: number },
  words: { at: RegExp; plain: string },
): Rewrite {
  if (NEEDS.test(before)) return { start, end, written: words.plain };
  if (/\b(?:the|a|an|its|this|that|each|every) $/i.test(before)) {
    const isNoun = /^ [a-z]/.test(behind);
    return isNoun ? { start, end: end + 1, written: '' } : { start, end, written: 'time' };
  }
  const at = words.at.exec(before)?.[0] ?? '';
  const from = start - at.length;
  const isFirst = from === 0 || /(?<!\d\.\d\d)[.!?\n]["”’)]?\s{0,3}$/.test(before.slice(0, before.length - at.length));
  if (isFirst) {
    // `At 14:32, the system`: the sentence begins with what follows.
    const [lead = '', letter = ''] = /^(?:[,:]| [-–—])? ?(\p{Ll}?)/u.exec(behind) ?? [];
    const blank = at.startsWith(' ') ? 1 : 0;
    return { start: from + blank, end: end + lead.length, written: letter.toUpperCase() };
  }
  const blank = at === '' && /\s$/.test(before) && /^(?:[\s,.;:!?)\]]|$)/.test(behind) ? 1 : 0;
  return { start: from - blank, end, written: '' };
}
