// Escapes of the web: percent-encoding, HTML entities, the escapes of JSON, JavaScript, C and CSS, code points as Unicode writes them,
// quoted-printable, punycode, tags, markup.
import { domainToUnicode } from 'node:url';
import { tagOf } from './plain-form.ts';
import { replaced, type View } from './view.ts';

/** Whether there may be anything of the kind: nearly every text has none. */
const HINT =
  /%u?[0-9a-f]{2}|&[#a-z]|\\[ux0-9a-f]|xn--|=[0-9a-f]{2}|<[^\s<>\p{L}\p{N}]{0,3}[a-z!]|&#|[\u{e0020}-\u{e007e}]/iu;
const HINTS = ['U+', 'u+', '](', '[/'];

const ESCAPES =
  /(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}|(?:=[0-9a-f]{2})+|&#x[0-9a-f]{1,20};?|&#[0-9]{1,20};?|&[a-z][a-z0-9]{1,23};|\\{1,8}u\{[0-9a-f]{1,6}\}|\\{1,8}u000[01][0-9a-f]{4}|\\{1,8}u[0-9a-f]{4}|(?:\\{1,8}x[0-9a-f]{2})+|(?:\\{1,8}[0-9a-f]{6} ?)+|\\{1,8}(?:[0-7]{1,2}|[0-3][0-7]{2})(?:\\{1,8}(?:[0-7]{1,2}|[0-3][0-7]{2})(?![0-9a-f]))+(?!\\)|(?:\\{1,8}[0-3][0-7]{2})+|(?:\\{1,8}(?:0{0,2}[2-7][0-9a-f](?![0-9a-f])|[0-9a-f]{2,5}(?=[ \\+]|$)) ?)+|u\+[0-9a-f]{4,6}(?:[ ,;+]{1,2}(?=u\+))?|!?\[[^[\]]{0,200}\]\([^()\s]{0,300}\)|\[\/?[a-z]{1,10}(?:=[^[\]]{0,100})?\]|xn--[a-z0-9-]{1,59}|=\r?\n|<[^\s<>\p{L}\p{N}]{0,3}[a-z!][^<>]{0,300}>|[\u{e0020}-\u{e007e}]+/giu;

export function unescaped(view: View): View | undefined {
  const { text } = view;
  return HINT.test(text) || HINTS.some((hint) => text.includes(hint))
    ? replaced(view, ESCAPES, ([sequence]) => plainOf(sequence))
    : undefined;
}

function plainOf(sequence: string): string | undefined {
  const first = sequence.charAt(0);
  if (/^%u/i.test(sequence)) return pointOf(Number.parseInt(sequence.slice(2), 16));
  if (/^u\+/i.test(sequence)) return pointOf(Number.parseInt(sequence.slice(2), 16));
  if (first === '[' || first === '!') return /^\[(.*)\]\(/su.exec(sequence)?.[1] ?? '';
  if (first === '%' || (first === '=' && sequence.length > 1 && !/\s/.test(sequence)))
    return fromHex(sequence.replace(/[%=]/g, ''));
  if (first === '=' || first === '<') return '';
  if (first === '&') return entityOf(sequence.slice(1).replace(/;$/, ''));
  if (first === '\\') return backslashed(sequence);
  if (first === 'x' || first === 'X') return domainToUnicode(sequence.toLowerCase()) || undefined;
  return Array.from(sequence, (tag) => tagOf(tag) ?? '').join('');
}

function backslashed(sequence: string): string | undefined {
  const body = sequence.replace(/^\\+/, '');
  // `\40`: in a run of octal numbers a blank has two digits, and those of two may be hexadecimal as well.
  const isOctal = /^(?:[0-7]{1,2}|[0-3][0-7]{2})(?:\\{1,8}(?:[0-7]{1,2}|[0-3][0-7]{2}))*$/.test(body);
  const isThree = /(?<!\d)[0-3][0-7]{2}/.test(body);
  const octal = () => fromHex(sequence.replace(/\\{1,8}(\d{1,3})/g, (_, digits) => hexOf(digits)));
  if (isOctal && isThree) return octal();
  if (/^[0-9a-f]/i.test(body)) {
    const points = sequence.replace(/\\{1,8}([0-9a-f]{1,6}) ?/gi, (_, hex) => pointOf(Number.parseInt(hex, 16)) ?? '');
    return isOctal && body.includes('\\') ? `${octal()} ; ${points}` : points;
  }
  if (/^x/i.test(body)) return fromHex(sequence.replace(/\\{1,8}x/gi, ''));
  return pointOf(Number.parseInt(body.replace(/^u\{?|\}$/gi, ''), 16));
}

function hexOf(octal: string): string {
  return Number.parseInt(octal, 8).toString(16).padStart(2, '0');
}

/** UTF-8; of what is none the bytes of ASCII, as the rest may become something once these are decoded. */
function fromHex(hex: string): string {
  const text = Buffer.from(hex, 'hex').toString('utf8');
  if (!text.includes('\ufffd')) return text;
  return hex.replace(/../g, (byte) => (byte < '80' ? String.fromCharCode(Number.parseInt(byte, 16)) : `%${byte}`));
}

function entityOf(name: string): string | undefined {
  if (/^#x/i.test(name)) return pointOf(Number.parseInt(name.slice(2), 16));
  if (name.startsWith('#')) return pointOf(Number.parseInt(name.slice(1), 10));
  const exact = NAMED[name] ?? NAMED[name.toLowerCase()];
  if (exact !== undefined) return exact;
  // `&eacute;`, `&Ouml;`: a letter with a mark, which does not matter here; `&gscr;`: a letter in another face.
  const marked =
    /^([A-Za-z])(?:acute|grave|circ|uml|tilde|ring|cedil|caron|macr|breve|ogon|dot|slash|strok|scr|fr|opf)$/.exec(name);
  return marked?.[1];
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  zwj: '',
  zwnj: '',
  lrm: '',
  rlm: '',
  hyphen: '-',
  dash: '-',
  ndash: '–',
  mdash: '—',
  lowbar: '_',
  sol: '/',
  bsol: '\\',
  period: '.',
  comma: ',',
  colon: ':',
  semi: ';',
  excl: '!',
  quest: '?',
  num: '#',
  dollar: '$',
  percnt: '%',
  ast: '*',
  plus: '+',
  equals: '=',
  commat: '@',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  rsqb: ']',
  lcub: '{',
  rcub: '}',
  vert: '|',
  verbar: '|',
  tab: ' ',
  newline: ' ',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
  aelig: 'ae',
  oelig: 'oe',
  szlig: 'ss',
  eth: 'd',
  thorn: 'th',
  alpha: 'a',
  beta: 'b',
  epsilon: 'e',
  omicron: 'o',
  rho: 'p',
  tau: 't',
  upsilon: 'u',
  nu: 'v',
  chi: 'x',
  kappa: 'k',
  iota: 'i',
  eta: 'n',
  imath: 'i',
  jmath: 'j',
  inodot: 'i',
  euro: '€',
  copy: '©',
  reg: '®',
};

function pointOf(point: number): string | undefined {
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
