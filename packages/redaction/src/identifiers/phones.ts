// Phone numbers: what looks like one is asked for by libphonenumber's rules for the countries that texts mostly come from.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Finding } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { digitsOf, isDay } from './checksums.ts';
import { asWords, hasCue } from './rule.ts';

/** Whose national form is taken for one where no country is said. */
const DEFAULTS: readonly CountryCode[] = [
  'US',
  'CN',
  'GB',
  'DE',
  'FR',
  'IN',
  'JP',
  'AU',
  'ES',
  'IT',
  'BR',
  'SE',
  'KR',
  'SG',
  'NL',
  'PL',
];

/** A run of digits and what stands between digits of a number. */
const RUN =
  /(?:(?<=(?:phone|tel|mobile|cell|fax|msisdn|caller|caller_?id|whatsapp|contact)=|=(?=\+))|(?<![\p{sc=Latn}\p{N}$€£¥#/_=&?-]|\p{N}[.,]))[+(\d][\d ()./\u2011-\u2015-]{5,27}/gu;
const EXTENSION = /\s?(?:ext\.?|x|转)\s?\d{1,6}/iy;
const GOES_ON = /[\p{sc=Latn}\p{N}%_]|[.,/-]\d/uy;

const CUE =
  /(?:phone|telephone|\btel\b|\bph\b|mobile|\bcell\b|\bcall(?:ed|ing)?\b|\bfax\b|whatsapp|wechat|signal|dial(?:led)?|text(?:ed)? (?:me|us|him|her|them)|\btext(?:ed|ing)?(?= $)|\bsms\b|hotline|answer(?:s|ed|ing)?\b|reach(?:ed)? (?:me|us|him|her|them)|\brings?\b|\brang\b|ringing|\b(?:calls|texts?|messages?) (?:on|to|from)(?= $)|(?<=[\n|] ?)[TMF](?=[.:]? ?$)|voice ?mail|\bcallers?\b|contact|line|number|t[eé]l[eéè]?f(?:on[eo]?|oon|ono)\w{0,8}|\bt[eé]l\b|portable|m[oó]vil|celular|cellulare|rufnummer|r[üu]ckruf|\bhandy\b|\bgsm\b|puh(?:elin|\b)|s[ií]mi\b|fono\b|тел(?:ефон)?|τηλ|โทร|điện thoại|\bsđt\b|电话|手机|联系方式|热线|座机|拨打|致电|微信|传真|電話|手機|携帯|전화|휴대폰)[^\d+]{0,30}$/i;
/** Numbers that are something else, whatever their form. */
const OTHER =
  /(?:(?<!caller )\bid\b|order|invoice|case|ticket|incident|report|docket|isbn|issn|doi|arxiv|cve|article|section|page|pp?\.|version|model|serial|account|acct|card|passport|licen[cs]e|ssn|zip|postcode|routing|patient|student|employee|member|customer|policy|claim|record|tracking|\bpart|batch|\blot|badge|room|flight|\bseed|(?<!\b(?:contact|phone|tel|mobile|cell|fax|ph)\.? )\bno\.|订单|编号|身份证|护照|卡号|账号|邮编)[^\p{L}\d]{0,6}(?:(?:number|no\.?|is|was|#|号码?|为|是)[^\p{L}\d]{0,3}){0,2}$/iu;

/** What numbers of standards and builds begin with. */
const STANDARD =
  /(?<![A-Za-z])(?:ISO|IEC|EN|DIN|UL|BS|NIST|SP|IEEE|ASTM|ANSI|JIS|ETSI|ITU|CSA|NFPA|MIL-STD|GB\/T|[Bb]uild|[Ff]irmware|CAS)(?:[ /-](?:ISO|IEC|EN|TR|TS|SP|RN))?[ -]$/;

export function findPhones(text: string): Finding[] {
  if (!/\d[\d ()./\u2011-\u2015-]{4}/.test(text)) return [];
  return hitsIn(text, RUN).flatMap(({ 0: run, index }) => phoneIn(text, index, run) ?? []);
}

/** How many groups at the end of a run may belong to what follows: `020 7946 0000 12 May`. */
const MAX_LEFT = 2;

function phoneIn(text: string, start: number, run: string): Finding | undefined {
  let hit = withoutTail(run);
  for (let left = 0; left <= MAX_LEFT && hit.length > 5; left++) {
    const reason = isFree(text, start + hit.length) ? reasonFor(hit, text, start) : undefined;
    if (reason !== undefined) {
      const end = endWithExtension(text, start + hit.length);
      return { start, end, kind: 'phone', confidence: reason === 'form' ? 0.8 : 1, reason };
    }
    if (!/ \d{1,2}$/.test(hit)) return undefined;
    hit = withoutTail(hit.slice(0, hit.lastIndexOf(' ')));
  }
  return undefined;
}

function withoutTail(run: string): string {
  let end = run.length;
  while (end > 0 && !/\d/.test(run.charAt(end - 1))) end--;
  return run.slice(0, end);
}

function endWithExtension(text: string, end: number): number {
  EXTENSION.lastIndex = end;
  return EXTENSION.test(text) ? EXTENSION.lastIndex : end;
}

function isFree(text: string, end: number): boolean {
  EXTENSION.lastIndex = end;
  GOES_ON.lastIndex = end;
  return EXTENSION.test(text) || !GOES_ON.test(text);
}

function reasonFor(bare: string, text: string, start: number): string | undefined {
  const digits = digitsOf(bare);
  if (digits.length < 6 || digits.length > 15 || isOther(bare)) return undefined;
  if (/^(?:\+|00)/.test(bare))
    return parsePhoneNumberFromString(bare.replace(/^00/, '+'))?.isPossible()
      ? 'country-code'
      : hasCue(text, start, CUE) && digits.length >= 8
        ? 'cue'
        : undefined;
  const before = asWords(text.slice(Math.max(0, start - 48), start));
  if (OTHER.test(before) || STANDARD.test(before)) return undefined;
  if (hasCue(text, start, CUE)) return 'cue';
  if (
    /^[\s:,(-]{0,3}(?:office|fax|mobile|home|work|cell|phone|tel)\b/i.test(
      text.slice(start + bare.length, start + bare.length + 12),
    )
  )
    return 'cue';
  // Chinese mobile numbers are always written so.
  if (/^1[3-9]\d{9}$/.test(bare)) return 'form';
  if (bare === digits && !/^0\d{9,10}$/.test(bare)) return undefined;
  if (digits.length > 12) return undefined;
  // `12 / 24 / 48`
  if (bare.includes('/') && !/^[(0]/.test(bare)) return undefined;
  if (isShaped(bare)) return 'form';
  // Two groups of digits may be any two numbers.
  if (bare.split(/\D+/).length < 3 && !/^[(0]/.test(bare)) return undefined;
  return DEFAULTS.some((country) => parsePhoneNumberFromString(bare, country)?.isValid()) ? 'form' : undefined;
}

/** Groups of digits as numbers are written in most countries, and as hardly anything else is. */
function isShaped(bare: string): boolean {
  return (
    /^\(\d{1,5}\)[ -]?\d{2,4}(?:[ -]\d{2,4}){1,3}$/.test(bare) ||
    /^\(\d{2,5}\)[ -]?\d{5,8}$/.test(bare) ||
    /^0\d{1,5}(?:[ /.-]\d{2,8}){1,4}$/.test(bare) ||
    /^\d{3}[-. ]\d{3}[-. ]\d{4}$/.test(bare) ||
    /^\d{2}(?:[- ]\d{2}){3,4}$/.test(bare) ||
    /^[2-9]\d{2}-\d{4}$/.test(bare) ||
    /^[2-9]\d{2}(?:[- ]\d{3}){2}$/.test(bare) ||
    /^\d{2,4} \d{3} \d{3,4}(?: \d{2,4})?$/.test(bare) ||
    /^1[3-9]\d[ -]\d{4}[ -]\d{4}$/.test(bare)
  );
}

/** Days, years, sums and network addresses. */
function isOther(bare: string): boolean {
  const parts = bare.split(/\D+/).filter((part) => part !== '');
  const [one = '', two = '', three = ''] = parts;
  if (parts.length === 2 && [one, two].every((part) => /^(?:1[5-9]|20)\d{2}$/.test(part))) return true;
  if (parts.length >= 3 && one.length === 4 && isDay(one, two, three)) return true;
  if (parts.length === 3 && three.length === 4 && (isDay(three, two, one) || isDay(three, one, two))) return true;
  if (/^\d{8}$/.test(bare) && isDay(bare.slice(0, 4), bare.slice(4, 6), bare.slice(6))) return true;
  if (
    /^\d{1,3}(?: 000)+$/.test(bare) ||
    isVersionLike(bare) ||
    /^\d{1,3}(?:\.\d{1,5}){3}$/.test(bare) ||
    /^\d+\.\d+$/.test(bare)
  )
    return true;
  if (parts.length === 3 && /^\d\d([./-])\d\d\1\d\d$/.test(bare) && (isDay(three, two, one) || isDay(three, one, two)))
    return true;
  // From one score to another.
  if (/^\d{1,3}\.\d{1,3} ?- ?\d{1,3}\.\d{1,3}$|(?:^|[ (-])[01]\.\d{1,4}(?:$|[ )/-])/.test(bare)) return true;
  // Bands of years, one after the other.
  return parts.length > 2 && parts.every((part) => /^(?:19|20)\d{2}$/.test(part));
}

/** `12.1.105`, `535.129.03`, `3.0.13-1.2.7` */
function isVersionLike(bare: string): boolean {
  return (/^\d+\.\d+\.\d+$/.test(bare) && bare.length < 11) || /(?:^|[.-])\d\.\d\.\d/.test(bare);
}
