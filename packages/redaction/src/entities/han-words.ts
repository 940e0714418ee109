// A Chinese text cut into its words and names, at the least cost: what is likelier to be a name than words is one.
import { BRANCHES, BREAKS, ORGANISATION_ENDS, ROLES, SAYS, TITLES_BEHIND } from './han-cues.ts';
import { AS_FOREIGN, COMPOUND_SURNAMES, type HanLexicon, hanLexicon, type WordClass } from './han-lexicon.ts';

export type HanToken = {
  start: number;
  end: number;
  class: WordClass | 'name' | 'foreign' | 'part';
  isCommon: boolean;
  isKnown: boolean;
  /** Of a name: whether a role, title or verb beside it says so. */
  hasCue: boolean;
};

const LONGEST_WORD = 8;
/** A character that no list has. */
const UNKNOWN = 16;
/** How unlikely a name is at any place, and how much likelier with a cue beside it. */
const NAME = 4;
const CUE = 3.5;
const EDGE = 0.7;
/** Characters that are among the commonest words themselves are seldom a surname, and prepositions hardly ever. */
const WORDLIKE = 8;
const SELDOM = 3;
const HARDLY = 7;
/** How unlikely a person is in front of what ends the name of an organisation or a place. */
const OTHER = 6;
const FOREIGN_PART = 8;
const NOT_FOREIGN = 9;

type Step = { length: number; class: HanToken['class']; isCommon: boolean; isKnown: boolean; hasCue: boolean };

/** @param start of a run of Han characters and middle dots in the text, `end` behind it */
export function cutHan(text: string, start: number, end: number): HanToken[] {
  const lexicon = hanLexicon();
  const size = end - start;
  const costs = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
  const steps: (Step | undefined)[] = new Array(size + 1);
  costs[0] = 0;
  const offer = (at: number, cost: number, step: Step) => {
    if (costs[at]! + cost >= costs[at + step.length]!) return;
    costs[at + step.length] = costs[at]! + cost;
    steps[at + step.length] = step;
  };
  for (let at = 0; at < size; at++) {
    offerWords(text, start + at, end, lexicon, (cost, step) => offer(at, cost, step));
    offerNames(text, start + at, start, end, lexicon, (cost, step) => offer(at, cost, step));
    if (isDot(text.charCodeAt(start + at))) offerForeign(text, start, start + at, end, lexicon, offer);
  }
  return stepsBack(steps, start, size);
}

function stepsBack(steps: readonly (Step | undefined)[], start: number, size: number): HanToken[] {
  const tokens: HanToken[] = [];
  for (let at = size; at > 0; ) {
    const step = steps[at]!;
    const { length, ...rest } = step;
    tokens.push({ start: start + at - length, end: start + at, ...rest });
    at -= length;
  }
  return tokens.reverse();
}

type Offer = (cost: number, step: Step) => void;

function offerWords(text: string, at: number, end: number, { words }: HanLexicon, offer: Offer): void {
  for (let length = 1; length <= LONGEST_WORD && at + length <= end; length++) {
    const word = words.get(text.slice(at, at + length));
    if (word !== undefined) {
      offer(word.cost, { length, class: word.class, isCommon: word.isCommon, isKnown: true, hasCue: false });
    } else if (length === 1) {
      offer(UNKNOWN, { length, class: 'z', isCommon: false, isKnown: false, hasCue: false });
    }
  }
}

function offerNames(text: string, at: number, start: number, end: number, lexicon: HanLexicon, offer: Offer): void {
  const letter = text.charAt(at);
  const isCompound = at + 2 < end && COMPOUND_SURNAMES.has(text.slice(at, at + 2));
  if (isCompound) offerGiven(text, at, 2, 6, start, end, lexicon, offer);
  const surname = lexicon.surname.get(letter);
  if (surname !== undefined) {
    offerGiven(text, at, 1, surname + doubtOf(text, at, start, lexicon), start, end, lexicon, offer);
  }
  if ('老小阿大'.includes(letter) && at + 1 < end) offerFamiliar(text, at, start, end, lexicon, offer);
}

/** What a surname costs more that is a common word. */
function doubtOf(text: string, at: number, start: number, { words }: HanLexicon): number {
  const letter = text.charAt(at);
  if ((words.get(letter)?.cost ?? UNKNOWN) >= WORDLIKE && !BREAKS.has(letter)) return 0;
  return BREAKS.has(letter) && !isRoleBefore(text, at, start) ? HARDLY : SELDOM;
}

function offerGiven(
  text: string,
  at: number,
  surnameLength: number,
  surname: number,
  start: number,
  end: number,
  lexicon: HanLexicon,
  offer: Offer,
): void {
  const before = isRoleBefore(text, at, start) ? CUE : at === start ? EDGE : 0;
  const name = (length: number, cost: number) => {
    const behind = isCueBehind(text, at + length, end) ? CUE : at + length === end ? EDGE : 0;
    const hasCue = before === CUE || behind === CUE;
    const other = otherName(text, at + length, end);
    offer(NAME + surname + cost - before - behind + other, {
      length,
      class: 'name',
      isCommon: false,
      isKnown: true,
      hasCue,
    });
  };
  const given = at + surnameLength;
  const title = titleAt(text, given, end);
  if (title > 0) {
    const cost = lexicon.words.get(text.slice(given, given + title))?.cost ?? UNKNOWN;
    offer(NAME + surname + cost - before - CUE, {
      length: surnameLength + title,
      class: 'name',
      isCommon: false,
      isKnown: true,
      hasCue: true,
    });
  }
  if (given >= end) return;
  const [one, two] = [text.charAt(given), text.charAt(given + 1)];
  if (one === '某') {
    const length = surnameLength + (/[某甲乙丙丁]/.test(two) && given + 1 < end ? 2 : 1);
    offer(NAME + surname, { length, class: 'name', isCommon: false, isKnown: true, hasCue: true });
    return;
  }
  // One of five has one character.
  name(surnameLength + 1, 1.6 + (lexicon.single.get(one) ?? RARE));
  if (given + 1 < end)
    name(surnameLength + 2, 0.2 + (lexicon.first.get(one) ?? RARE) + (lexicon.second.get(two) ?? RARE));
}

/** A character that no given name of the list has. */
const RARE = 11;

/** `老王`, `小李`. */
function offerFamiliar(
  text: string,
  at: number,
  start: number,
  end: number,
  { surname, words }: HanLexicon,
  offer: Offer,
): void {
  const cost = surname.get(text.charAt(at + 1));
  if (cost === undefined || (words.get(text.charAt(at + 1))?.cost ?? UNKNOWN) < WORDLIKE) return;
  const before = isRoleBefore(text, at, start) ? CUE : at === start ? EDGE : 0;
  const behind = isCueBehind(text, at + 2, end) ? CUE : at + 2 === end ? EDGE : 0;
  const step = { length: 2, class: 'name', isCommon: false, isKnown: true, hasCue: before + behind >= CUE } as const;
  offer(NAME + 3 + cost - before - behind, step);
}

/** Both sides of a middle dot, each up to eight characters; and a further part of what is before it. */
function offerForeign(
  text: string,
  start: number,
  dot: number,
  end: number,
  { foreign }: HanLexicon,
  offer: (at: number, cost: number, step: Step) => void,
): void {
  const costOf = (at: number) => {
    // 阿不都拉 and the like: else these two are words.
    if (/[不都]/.test(text.charAt(at)) && /阿不都?/.test(text.slice(Math.max(start, at - 2), at + 2)))
      return AS_FOREIGN;
    const letter = text.charAt(at);
    return (foreign.get(letter) ?? NOT_FOREIGN) - 1 + (BREAKS.has(letter) ? OTHER : 0);
  };
  const behind: number[] = [];
  for (let at = dot + 1, cost = 0; at < end && at <= dot + FOREIGN_PART && !isDot(text.charCodeAt(at)); at++) {
    cost += costOf(at);
    behind.push(cost);
  }
  const step = { class: 'foreign', isCommon: false, isKnown: true, hasCue: true } as const;
  for (const [nth, cost] of behind.entries()) offer(dot - start, cost, { ...step, class: 'part', length: nth + 2 });
  for (let at = dot - 1, cost = 0; at >= start && at >= dot - FOREIGN_PART && !isDot(text.charCodeAt(at)); at--) {
    cost += costOf(at);
    const before = isRoleBefore(text, at, start) ? CUE : at === start ? EDGE : 0;
    for (const [nth, right] of behind.entries())
      offer(at - start, NAME + cost + right - before, { ...step, length: dot - at + nth + 2 });
  }
}

export function isDot(code: number): boolean {
  return code === 0xb7 || code === 0x2022 || code === 0x2027 || code === 0x30fb;
}

const LONGEST_ROLE = 6;

/** Whether a role stands before: in the same run, or in front of a colon. */
function isRoleBefore(text: string, at: number, start: number): boolean {
  const to = at === start && /[：:]/.test(text.charAt(at - 1)) ? at - 1 : at;
  for (let length = 1; length <= LONGEST_ROLE && to - length >= 0; length++) {
    if (ROLES.has(text.slice(to - length, to))) return true;
  }
  return false;
}

function isCueBehind(text: string, at: number, end: number): boolean {
  if (at >= end) return false;
  for (let length = 1; length <= 3 && at + length <= end; length++) {
    if (SAYS.has(text.slice(at, at + length))) return true;
  }
  return titleAt(text, at, end) > 0;
}

const STREETS = /[路区县镇街乡村市省]/;

/** `安澜` before `能源`, `云长` before `路`; and `云长路` itself, which is hardly anybody. */
function otherName(text: string, at: number, end: number): number {
  if (STREETS.test(text.charAt(at - 1))) return 2 * OTHER;
  if (at < end && STREETS.test(text.charAt(at))) return OTHER;
  for (let length = 2; length <= 6 && at + length <= end; length++) {
    const word = text.slice(at, at + length);
    if (BRANCHES.has(word) || ORGANISATION_ENDS.has(word)) return OTHER;
  }
  return 0;
}

function titleAt(text: string, at: number, end: number): number {
  for (let length = 4; length >= 2; length--) {
    if (at + length <= end && TITLES_BEHIND.has(text.slice(at, at + length))) return length;
  }
  return 0;
}
