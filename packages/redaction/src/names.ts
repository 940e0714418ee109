// A party as it stands in a vault, to the names by which a text may call it; or to none, where it is a group or an idea.

import { isOfTwo, withoutPlaceAndForm } from './company-names.ts';
import { classOf, IS } from './entities/lexicons.ts';
import { tokensOf, writtenTokens } from './fold.ts';
import {
  acronyms,
  common,
  descriptions,
  groups,
  ideas,
  legalForms,
  pairs,
  small,
  spelledForms,
  trades,
  unnamed,
} from './generic.ts';
import { initialled, ordersOf } from './orders.ts';
import { isPerson, lastName } from './person-names.ts';
import { isFullName, isPhrase } from './phrases.ts';
import { isNoSecret } from './places.ts';
import { givenFirst, handlesOf, romanised } from './views/latin.ts';
import { isListed, isPlural, isWord } from './words.ts';

/** What somebody is to the cases, in the order that decides where somebody is several. */
export const TERM_KINDS = ['developer', 'deployer', 'model', 'lab', 'customer', 'person', 'organisation'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

export type Name = {
  /** Folded, by token. */
  tokens: string[];
  /** What all spellings of whoever is called so have in common, folded. */
  whose: string;
  /** One ordinary word (`Target`): a name only where a text writes it with a capital. */
  weak: boolean;
  /** Made of the first letters of its words. */
  initials?: true;
  /** Two characters that may as well be of other words. */
  isLoose?: true;
  /** Ends in the initial of a given name. */
  isInitial?: true;
  /** As it is written, if it is so short (`Sky`) that else only capitals tell it from a word; of two letters or digits (`GM`, `o1`) nothing else is one. */
  exact?: string;
};

/** Of whom names are made. */
type Party = {
  kind: TermKind;
  /** That it names somebody, as an officer says. */
  isSure: boolean;
  /** Its tokens as it writes them. */
  written: ReadonlyMap<string, string>;
  /** `notion.so`: nobody writes these with capitals. */
  isDomain: boolean;
};

type Shape = Omit<Name, 'whose'>;

const MIN_LENGTH = 3;
const MAX_LENGTH = 80;
const MAX_PERSON_TOKENS = 4;

/** All names of a party: itself, without its legal form, its initials, what stands in parentheses, the parts around a slash, a model
 *  without its date, a person's last name, and all in Latin letters. Empty for what names nobody (README: what is a name).
 *  @param isSure that it names somebody, as an officer says: a person's name may be an ordinary word then */
export function namesOf(kind: TermKind, party: string, isSure = false): Name[] {
  const own: Party = {
    kind,
    isSure,
    written: writtenTokens(party.normalize('NFKC')),
    isDomain: /^[\w-]+(?:\.[\w-]+)*\.\p{L}{2,}$/u.test(party),
  };
  let whose: string | undefined;
  const names = partsOf(party).flatMap(([part, isOther]) => {
    const theirs = spellingsOf(part, kind).flatMap((spelled) => {
      const variants = variantsOf(own, tokensOf(spelled));
      return isOfTwo(spelled, part) ? variants.map((one): Shape => ({ ...one, isLoose: true })) : variants;
    });
    if (theirs.length === 0) return [];
    if (!isOther) whose ??= coreOf(kind, part);
    const core = isOther ? coreOf(kind, part) : whose!;
    return theirs.map((name) => ({ ...name, whose: core }));
  });
  // `Serbian Security Information Agency (BIA)`: three letters in parentheses are a name in capitals only.
  for (const name of names) {
    if (name.tokens.length === 1 && name.tokens[0]!.length === 3 && /\(/.test(party)) name.weak = true;
  }
  const different = new Map(names.map((name) => [name.tokens.join(' '), name]));
  return [...different.values()];
}

function spellingsOf(written: string, kind: TermKind): string[] {
  const forms = withoutPlaceAndForm(written);
  return forms.flatMap((part) =>
    isOfTwo(part, written)
      ? [part]
      : [
          part,
          ...romanised(part),
          ...(isPersonal(kind) ? [...givenFirst(part), ...handlesOf(part)] : []),
          ...otherLetters(part),
        ],
  );
}

/** What is left of a name without what may be left away: its legal form, what the company does, a model's date; `Musk, Elon` the other way round. */
function coreOf(kind: TermKind, part: string): string {
  const [, last, first] = /^([^,]+), ([^,]+)$/.exec(part) ?? [];
  const isTurned = first !== undefined && isPersonal(kind) && withoutForm(tokensOf(part)).length === 0;
  const tokens = tokensOf(isTurned ? `${first} ${last}` : withoutPlaceAndForm(part).at(-1)!);
  const bare = tokens[0] === 'the' ? tokens.slice(1) : tokens;
  const isFirm = kind !== 'person' || INSTITUTION.test(bare.at(-1) ?? '');
  const whole = (isFirm ? withoutForm(bare).at(-1) : undefined) ?? bare;
  const half = kind === 'model' ? withoutVersion(whole).at(-1) : (halfOf(whole)[0] ?? withoutAi(whole));
  return (half ?? whole).join('');
}

function withoutAi(tokens: string[]): string[] | undefined {
  return tokens.length === 2 && tokens[1] === 'ai' && !isWord(tokens[0]!) ? tokens.slice(0, -1) : undefined;
}

function isPersonal(kind: TermKind): boolean {
  return kind === 'lab' || kind === 'person';
}

function mayBePerson(kind: TermKind, tokens: readonly string[]): boolean {
  return isPersonal(kind) || (kind !== 'model' && kind !== 'organisation' && isPerson(tokens));
}

/** Letters that are written as two. */
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', đ: 'dj', þ: 'th' };

/** `Anders & Sons` also with `and`, and the other way round; `Müller` also to `Mueller`, `O’Connor` to `OConnor`; and all of these. */
function otherLetters(part: string): string[] {
  const lower = part.normalize('NFC').toLowerCase();
  const ands = /\p{L}{3} ?[&+] ?\p{L}{3}/u.test(lower) ? ['and', 'und', 'et', 'y'] : ['and'];
  const joined = / ?[&+] ?/.test(lower)
    ? ands.map((and) => lower.replace(/ ?[&+] ?/g, ` ${and} `))
    : [lower.replace(/(?<=\S[ -])(?:and|und)[ -](?=\S)/g, '')];
  const glued = lower.replace(/(?<![\p{L}\p{N}])(\p{L})['’](?=\p{L})/gu, '$1');
  const all = [lower, ...joined, glued].flatMap(withUmlauts);
  return [...new Set(all)].filter((other) => other !== lower);
}

/** Each choice of its umlauts as two letters: `Müller & Söhne` is also written `Mueller & Sohne`. */
function withUmlauts(part: string): string[] {
  const all = [part];
  for (const letter of [...new Set(part.match(/[äöüåøđþ]/g) ?? [])].slice(0, MAX_UMLAUTS))
    all.push(...all.map((one) => one.replaceAll(letter, UMLAUTS[letter]!)));
  return all;
}

const MAX_UMLAUTS = 3;

/** `x-(twitter)` to `x` and `twitter`; `meta-llama/Llama-3.2` also to its parts, `walter-huang's-family` also to `walter-huang`: these are
 *  somebody else. */
function partsOf(party: string): [part: string, isOther: boolean][] {
  const text = party.normalize('NFKC').slice(0, 500);
  const inner = [...text.matchAll(/\(([^()]{1,200})\)/g)].map(([, part = '']) =>
    part.replace(/^(now|formerly|aka|also)\s+/i, ''),
  );
  const outer = text.replace(/\([^()]{1,200}\)/g, ' ').trim();
  const whole = [outer, ...inner].filter((part) => !/^(https?:)?\/\//i.test(part));
  const possessor = /^([^'’]{3,100})['’]s[-\s]/.exec(outer)?.[1];
  const slashed = whole.flatMap((part) => (part.includes('/') ? part.split('/') : []));
  return [...whole, ...slashed, ...(possessor === undefined ? [] : [possessor])].map((part, nth) => {
    // `Researchers at Brown University`: they are a group, the university is not.
    const telling = part
      .replace(/^(researchers?|members?|employees?) (at|from|of) /i, '')
      .replace(/ researchers$/i, '');
    return [telling, nth >= whole.length];
  });
}

function variantsOf(party: Party, tokens: string[]): Shape[] {
  const { kind, isSure } = party;
  const variants = [tokens, ...withoutGroup(tokens)];
  if (kind !== 'person') variants.push(...withoutForm(tokens));
  if (tokens[0] === 'the') variants.push(tokens.slice(1));
  if (!isPersonal(kind)) variants.push(...founderOf(tokens));
  const short = withoutAi(tokens);
  if (short !== undefined) variants.push(short);
  if (kind === 'model')
    variants.push(
      ...withoutVersion(tokens),
      ...familyOf(tokens),
      ...ownerOf(tokens, (token) => isWord(token) || /^\d+(?:x\d+)?[bmkt]?$/.test(token)),
    );
  if (kind === 'lab') variants.push(...ownerOf(tokens, (token) => descriptions.has(token)));
  if (kind === 'developer' || kind === 'deployer' || kind === 'customer') variants.push(...halfOf(tokens));
  if (mayBePerson(kind, tokens)) variants.push(...lastName(tokens, isSure));
  const names = variants.map((variant) => nameOf(party, variant)).filter((name) => name !== undefined);
  if (names.length === 0) return [];
  const orders = otherOrders(party, tokens);
  // What has a part that is a name by itself is found by that.
  const isNamed = names.some((name) => !name.weak && name.tokens.length < tokens.length);
  return [...names, ...initialsOf(kind, tokens), ...orders, ...(isNamed ? [] : turnedAround(kind, tokens))];
}

/** `Los Angeles Police Department` to `LAPD`, with and without its small words, in capitals only. */
function initialsOf(kind: TermKind, tokens: readonly string[]): Shape[] {
  if (kind === 'person') return [];
  const telling = tokens.filter((token) => !small.has(token));
  const initials = new Set([telling, tokens].map((words) => words.map((word) => word[0]).join('')));
  return [...initials]
    .filter(
      (letters) => telling.length >= 3 && /^[a-z]{3,8}$/.test(letters) && !isListed(letters) && !acronyms.has(letters),
    )
    .map((letters) => ({ tokens: [letters], weak: true, initials: true }));
}

/** `Musk, Elon` and `E. Musk`, in every order that such names have; of labs those that may be persons. */
function otherOrders(party: Party, tokens: readonly string[]): Shape[] {
  const { kind } = party;
  const isName = (token: string) =>
    !/^(?:the|and|of|for|at|on|in)$/.test(token) &&
    (!isWord(token) || token.length < 4 || (classOf(token) & (IS.given | IS.surname)) !== 0);
  const areNames = tokens.every(isName);
  if (kind === 'person' && tokens.length === 2 && !areNames) return otherOrdersOf(party, [tokens.toReversed()]);
  if (!mayBePerson(kind, tokens) || !areNames) return [];
  return [
    ...otherOrdersOf(party, ordersOf(tokens)),
    ...initialled(tokens).map(
      (order): Shape => ({ tokens: order, weak: true, ...(order.at(-1)!.length === 1 && { isInitial: true }) }),
    ),
  ];
}

/** `Freight, Kestrel`, as catalogues have it: of words and places only, a name in capitals only. Not where a word is too small to tell. */
function turnedAround(kind: TermKind, tokens: readonly string[]): Shape[] {
  const isTelling = tokens.every((token) => token.length > 3 && /^\p{L}+$/u.test(token) && !unnamed.has(token));
  if (isPersonal(kind) || !isTelling || tokens.length > 3) return [];
  const weak = tokens.every((token) => isWord(token) || isNoSecret(token));
  return tokens.slice(1).map((_, at) => ({ tokens: [...tokens.slice(at + 1), ...tokens.slice(0, at + 1)], weak }));
}

function otherOrdersOf(party: Party, orders: readonly string[][]): Shape[] {
  return orders.map((order) => nameOf(party, order)).filter((name) => name !== undefined);
}

/** `Kowalczyk Sp. z o.o.` to `Kowalczyk`, `Acme Pte. Ltd.` to `Acme`: as long as more than an ordinary word is left. */
function withoutForm(tokens: readonly string[]): string[][] {
  const variants: string[][] = [];
  let rest = [...tokens];
  for (;;) {
    const spelled = spelledForms.find((form) => form.every((token, at) => rest.at(at - form.length) === token));
    const length = spelled?.length ?? (legalForms.has(rest.at(-1) ?? '') ? 1 : 0);
    const left = rest.slice(0, rest.length - length);
    if (length === 0 || left.length === 0 || (left.length === 1 && isWord(left[0]!))) return variants;
    variants.push(left);
    rest = left;
  }
}

/** `Qwen2.5` to `Qwen`. */
function familyOf([first = '', ...others]: readonly string[]): string[][] {
  const family = /^(\p{L}{4,})\d+$/u.exec(first)?.[1];
  return family === undefined || isWord(family) || !others.every((token) => /^\d/.test(token)) ? [] : [[family]];
}

/** `McDonald's` to `McDonald`; not `Wendy's`, whose name is that of many. */
function founderOf([first = '', s, ...others]: readonly string[]): string[][] {
  const isOwn = (classOf(first) & (IS.given | IS.word | IS.city | IS.country | IS.noName)) === 0;
  return s === 's' && others.length === 0 && first.length > 3 && isOwn ? [[first]] : [];
}

/** `Zephyrine Dynamics` to `Zephyrine`: a long word that is nothing else, before what a company does. */
function halfOf(tokens: readonly string[]): string[][] {
  const [first = '', ...others] = withoutForm(tokens).at(-1) ?? tokens;
  const known = IS.given | IS.surname | IS.word | IS.city | IS.country | IS.noName | IS.head;
  if (first.length < MIN_HALF || others.length === 0 || !/^[a-z]+$/.test(first)) return [];
  return others.every((token) => trades.has(token)) && (classOf(first) & known) === 0 ? [[first]] : [];
}

const MIN_HALF = 6;

/** `richland-school-district-students`: the students are nobody in particular, their school district is somebody. */
function withoutGroup(tokens: string[]): string[][] {
  const rest = tokens.slice(0, -1);
  const telling = rest.some((token) => token.length > 3 && !isWord(token) && !ideas.has(token) && !isNoSecret(token));
  return rest.length >= 2 && telling && groups.has(tokens.at(-1)!) ? [rest] : [];
}

/** `ProofPoint Email Protection System` to `ProofPoint`: what is before the words that describe, where that is no word itself. */
function ownerOf(tokens: string[], describes: (token: string) => boolean): string[][] {
  const last = tokens.findLastIndex((token) => !describes(token));
  const owner = tokens.slice(0, last + 1);
  const telling = owner.some((token) => token.length > 3 && !isWord(token));
  return owner.length < tokens.length && telling ? [owner] : [];
}

/** `gpt-4o-mini-2024-07-18` to `gpt-4o-mini`, `kimi-k2-instruct-0905` to `kimi-k2-instruct` and `kimi-k2`. */
function withoutVersion(tokens: string[]): string[][] {
  const variants: string[][] = [];
  let rest = tokens;
  while (rest.length > 2 && /^(\d{2}|\d{4}|instruct|turbo|it|chat|base|uncased|preview|latest)$/.test(rest.at(-1)!)) {
    rest = rest.slice(0, -1);
    variants.push(rest);
  }
  return variants;
}

function nameOf({ kind, isSure, written, isDomain }: Party, tokens: string[]): Shape | undefined {
  const squashed = tokens.join('');
  const telling = tokens.filter((token) => !small.has(token));
  // `H&M`: two letters that are two words, in capitals only.
  const isPair = kind !== 'person' && /^\p{L} \p{L}$/u.test(tokens.join(' '));
  if (squashed.length > MAX_LENGTH || isNoSecret(squashed)) return undefined;
  if (squashed.length < (isPair || isWideScript(squashed) ? 2 : MIN_LENGTH)) return shortName(kind, squashed, written);
  if (!/\p{L}/u.test(squashed) || telling.length === 0) return undefined;
  const proper = isDomain || isProper(telling, written);
  const group = unnamed.has(tokens[0]!) || isOfGroup(kind, tokens);
  if (group && !(proper && isNameOfGroup(kind, telling))) return undefined;
  if (tokens.length === 1 && isPlural(squashed) && !isSure && !proper) return undefined;
  if (common.has(squashed) || ideas.has(squashed)) return undefined;
  const isShort = (token: string) => token.length < 3 && (kind === 'person' || !isWideScript(token));
  const isBare = (token: string) => isWord(token) || isShort(token) || (kind === 'person' && isNoSecret(token));
  const isWords = telling.every(isBare);
  const isSmall = !isDomain && tokens.every((token) => /^\p{Ll}+$/u.test(written.get(token) ?? token));
  const full = isWords && isPersonal(kind) && isFullName(tokens);
  const phrase = isWords && !isDomain && !full && tokens.length > 1 && isPhrase(tokens);
  if (phrase && !proper) return undefined;
  // Several ordinary words are hardly side by side by chance, whatever their case, if the vault has them with capitals.
  const weak =
    isPair ||
    group ||
    phrase ||
    (isWords && !(full && proper) && (telling.length === 1 || kind === 'person' || isSmall));
  // Who was harmed is mostly a group or an idea: words are a name only with capitals, or if they are those of persons.
  const isNobody =
    (weak && !full && !(proper && telling.length > 1)) ||
    tokens.length > MAX_PERSON_TOKENS ||
    telling.some((token) => ideas.has(token));
  if (kind === 'person' && !isSure && isNobody) return undefined;
  const exact = written.get(squashed);
  return weak && squashed.length === MIN_LENGTH && proper && exact !== undefined
    ? { tokens, weak, exact }
    : { tokens, weak };
}

/** Whether the party writes each of them with a capital, or with a digit first. */
function isProper(tokens: readonly string[], written: ReadonlyMap<string, string>): boolean {
  return tokens.every((token) => /^[\p{Lu}\p{Lt}\p{N}]/u.test(written.get(token) ?? ''));
}

/** `GM`, `o1`, `3M`, `ทรู`: in this very spelling it is hardly anything else, unless it is short for something that everybody has. */
function shortName(kind: TermKind, token: string, written: ReadonlyMap<string, string>): Shape | undefined {
  const exact = written.get(token);
  if (kind === 'person' || exact === undefined || pairs.has(token)) return undefined;
  return /^(?:\p{Lu}\p{Lu}|\p{L}\d|\d\p{L}|[\p{sc=Thai}]{3,})$/u.test(exact)
    ? { tokens: [token], weak: true, exact }
    : undefined;
}

/** `Gamers Nexus`, `Unknown Worlds`: of words with capitals not all are a group's. Of who was harmed the last says what they are. */
function isNameOfGroup(kind: TermKind, telling: readonly string[]): boolean {
  const generic = telling.filter(
    (token) => unnamed.has(token) || groups.has(token) || ideas.has(token) || common.has(token),
  );
  return generic.length < telling.length && (kind !== 'person' || !groups.has(telling.at(-1)!));
}

/** What an institution is, as the last word of its name. */
const INSTITUTION =
  /^(laborator(y|ies)|labs?|institutes?|universit(y|ies)|foundation|academy|council|agency|association|federation|union|bank|inc|corp|corporation|ltd|llc|gmbh|technologies|ventures|group|party|army|police)$/;

/** A group, or a people (`israelis`), or their public; but not an institution that is named after one (`people's liberation army`,
 *  `department of families`, `youth laboratories`). */
function isOfGroup(kind: TermKind, tokens: readonly string[]): boolean {
  if (/^(department|ministry|office|bureau|society)$/.test(tokens[0]!)) return false;
  if (tokens.length > 1 && INSTITUTION.test(tokens.at(-1)!)) return false;
  if (tokens[0] === 'general' && tokens[1] === 'public') return true;
  const isPeople = (token: string) => kind === 'person' && token.endsWith('s') && isNoSecret(token.slice(0, -1));
  return tokens.some((token, at) => (groups.has(token) && tokens[at + 1] !== 's') || isPeople(token));
}

function isWideScript(text: string): boolean {
  return /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]+$/u.test(text);
}

/** A name as its term has it, so that it has one pseudonym whoever found it. */
export function termName(name: string): string {
  return tokensOf(name).join('') || name;
}
