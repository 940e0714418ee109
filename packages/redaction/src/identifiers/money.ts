// Cards (ISO/IEC 7812), bank accounts (ISO 13616), wallets.
import { createHash } from 'node:crypto';
import { getCountries } from 'libphonenumber-js';
import { digitsOf, isLuhn, isMod97 } from './checksums.ts';
import type { Rule } from './rule.ts';

/** ISO 3166-1. */
const COUNTRIES: ReadonlySet<string> = new Set(getCountries());

const IBAN = /(?:(?<=\bIBAN)|(?<![A-Za-z0-9]))[A-Z]{2}[ -]?\d{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Za-z0-9])/gi;

/** Its name, or what is moved to it. */
const SOLANA =
  /\bsol(?:ana)?\b|wallet|address|\b(?:funds?|crypto(?:currency)?|coins?|usd[tc]|ransom|payout)\b[^.!?\n]{0,30}$|(?<![A-Za-z])(?:to|from|recipient|sender|payee)["']?[=:] ?["']?$/i;

export const MONEY_RULES: readonly Rule[] = [
  {
    kind: 'card',
    least: { figures: 12 },
    hint: /\d[ -]{0,2}\d[\d -]{8}|\d{4}\.(?:\d\d)?\d{4}\./,
    pattern:
      /(?<![\p{sc=Latn}\p{N}.-])(?:(?:\d[ -]{0,2}){11,18}\d|\d{4}(?:\.\d{4}){3}|\d{4}\.\d{6}\.\d{4,5})(?![\p{sc=Latn}\p{N}]|[.-]\d)/gu,
    check: (hit) => isCard(digitsOf(hit)),
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'card',
    least: { figures: 12 },
    hint: /\d{12}|\d{4}[ .-]\d{4}/,
    pattern:
      /(?<![\p{N}.])(?:\d{12,19}|\d{4}(?:[ .-]\d{4}){3}(?:[ .-]\d{1,3})?|\d{4}[ .-]\d{6}[ .-]\d{4,5})(?![\p{N}])/gu,
    cue: /(?:card(?!s)|\bcc\b|visa|mastercard|amex|american express|discover|jcb|unionpay|maestro|diners|信用卡|银行卡|卡号|银联)[^\d]{0,30}$/i,
    confidence: 0.9,
    reason: 'cue',
  },
  {
    kind: 'iban',
    least: { code: 8 },
    hint: /[a-z]{2} ?\d{2}/i,
    pattern: IBAN,
    part: (hit) => ibanIn(hit),
    check: (hit) => isIban(hit.replace(/[ -]/g, '').toUpperCase()),
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'iban',
    least: { word: 14 },
    // Of countries that are not in the registry, or with a bank's four letters and of another length: the check digits are right once
    // in a hundred by chance.
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}[A-Z0-9]{10,30}(?![A-Za-z0-9])/g,
    check: (hit) => isForeign(hit) && hit.replace(/\D/g, '').length >= 8 && isMod97(rotated(hit)),
    confidence: 0.9,
    reason: 'checksum',
  },
  {
    kind: 'iban',
    least: { code: 8 },
    hint: /iban/i,
    // Mistyped, or made up: it is as long as the country's are.
    pattern: IBAN,
    part: (hit) => ibanIn(hit),
    check: (hit) => hit !== '',
    cue: /\biban[^A-Za-z0-9]{0,4}(?:(?:is|no|nr|number)[^A-Za-z0-9]{0,3}){0,2}$/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'wallet',
    least: { word: 26 },
    pattern: /(?<![A-Za-z0-9])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])/g,
    check: isBase58Check,
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'wallet',
    least: { word: 14 },
    hint: /1[ac-hj-np-z02-9]{11}/i,
    // Bitcoin, Litecoin, Cardano, Cosmos and what else has addresses of BIP 173.
    pattern: /(?<![A-Za-z0-9])[a-z]{2,12}(?:_test)?1[ac-hj-np-z02-9]{11,110}(?![A-Za-z0-9])/gi,
    check: isBech32,
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'wallet',
    least: { word: 42 },
    pattern: /(?<![A-Za-z0-9])0x[0-9a-f]{40}(?![0-9a-z])/gi,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'wallet',
    least: { word: 27 },
    pattern:
      /(?<![A-Za-z0-9])(?:T[1-9A-HJ-NP-Za-km-z]{33}|[LM2mn][1-9A-HJ-NP-Za-km-z]{26,34}|[DX][1-9A-HJ-NP-Za-km-z]{33})(?![A-Za-z0-9])/g,
    check: isBase58Check,
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'wallet',
    least: { word: 25 },
    // XRP Ledger: base58 with letters in another order.
    pattern: /(?<![A-Za-z0-9])r[1-9A-HJ-NP-Za-km-z]{24,34}(?![A-Za-z0-9])/g,
    check: (hit) => isBase58Check(hit.replace(/./g, (char) => BASE58.charAt(RIPPLE.indexOf(char)))),
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'wallet',
    least: { word: 42 },
    // Stellar, Bitcoin Cash.
    pattern: /(?<![A-Za-z0-9])(?:G[A-Z2-7]{55}|bitcoincash:[qp][ac-hj-np-z02-9]{41})(?![A-Za-z0-9])/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'wallet',
    least: { word: 32 },
    // Solana's have no check digits.
    pattern: /(?<![A-Za-z0-9])[1-9A-HJ-NP-Za-km-z]{32,44}(?![A-Za-z0-9])/g,
    check: (hit) => /\d/.test(hit) && /[a-z]/.test(hit) && /[A-Z]/.test(hit),
    cue: SOLANA,
    confidence: 0.9,
    reason: 'cue',
  },
  {
    kind: 'wallet',
    least: { word: 43 },
    // And without it, as long as 32 bytes of base58 are: a key of 62 letters and digits has seldom none of the four that are left out.
    pattern: /(?<![A-Za-z0-9_+/=.-])[1-9A-HJ-NP-Za-km-z]{43,44}(?![A-Za-z0-9_+/=.-][A-Za-z0-9_+/=-])/g,
    check: (hit, text, start) =>
      /\d/.test(hit) &&
      /[a-z]/.test(hit) &&
      /[A-Z]/.test(hit) &&
      numberOf(hit) >> 256n === 0n &&
      !/key|token|secret|passw|pwd|bearer|auth|credential|session|cookie|sig|nonce|hash|digest/i.test(
        text.slice(Math.max(0, start - 40), start),
      ),
    confidence: 0.7,
    reason: 'form',
  },
  {
    kind: 'wallet',
    least: { word: 33 },
    // Zcash, Tezos, extended public keys (BIP 32): base58 with other lengths.
    pattern: /(?<![A-Za-z0-9])(?:t[13]|tz[1-4]|KT1|[xyzt]pub)[1-9A-HJ-NP-Za-km-z]{30,108}(?![A-Za-z0-9])/g,
    check: isBase58Check,
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'wallet',
    least: { mixed: 48 },
    hint: /[EU0kK]Q/,
    // The Open Network: 36 bytes, the last two CRC-16.
    pattern: /(?<![\w-])[EU0k]Q[\w-]{46}(?![\w-])/g,
    check: isTon,
    confidence: 1,
    reason: 'checksum',
  },
  {
    kind: 'wallet',
    least: { word: 95 },
    pattern: /(?<![A-Za-z0-9])[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}(?![A-Za-z0-9])/g,
    confidence: 0.9,
    reason: 'form',
  },
];

/** Issuers by their first digits, and how long their numbers are. */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|095|[689])/, [14, 15, 16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65|622)/, [16, 17, 18, 19]],
  [/^35/, [16, 17, 18, 19]],
  [/^(?:1800|2131)/, [15]],
  [/^(?:62|81)/, [16, 17, 18, 19]],
  [/^(?:5[06-9]|6\d|0604)/, [12, 13, 14, 15, 16, 17, 18, 19]],
  [/^(?:220[0-4])/, [16, 17, 18, 19]],
  [/^9792/, [16]],
];

function isCard(digits: string): boolean {
  return (
    ISSUERS.some(([first, lengths]) => first.test(digits) && lengths.includes(digits.length)) &&
    isLuhn(digits) &&
    new Set(digits).size > 1
  );
}

const IBAN_LENGTHS =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 ' +
  'GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 ' +
  'MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 ' +
  'VA22 VG24 XK20 YE30';
const lengths = new Map(IBAN_LENGTHS.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]));

/** As many letters and digits as the country's accounts have, blanks not counted. */
function ibanIn(hit: string): string {
  const length = lengths.get(hit.slice(0, 2).toUpperCase()) ?? 0;
  let [at, counted] = [0, 0];
  for (; at < hit.length && counted < length; at++) if (/[A-Z0-9]/i.test(hit.charAt(at))) counted++;
  return /^[A-Z0-9]/i.test(hit.slice(at)) ? '' : hit.slice(0, at);
}

function isIban(iban: string): boolean {
  return lengths.get(iban.slice(0, 2)) === iban.length && isMod97(rotated(iban));
}

function isForeign(hit: string): boolean {
  const country = hit.slice(0, 2);
  return COUNTRIES.has(country) && (!lengths.has(country) || /^.{4}[A-Z]{4}\d/.test(hit));
}

function rotated(iban: string): string {
  return iban.slice(4) + iban.slice(0, 4);
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';

function numberOf(text: string): bigint {
  let value = 0n;
  for (const char of text) value = value * 58n + BigInt(BASE58.indexOf(char));
  return value;
}

function isBase58Check(text: string): boolean {
  const hex = numberOf(text).toString(16).padStart(50, '0');
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
  return sha256(sha256(bytes.subarray(0, -4)))
    .subarray(0, 4)
    .equals(bytes.subarray(-4));
}

/** TEP-2: flags, workchain, hash, and CRC-16/XMODEM over them. */
function isTon(text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  let check = 0;
  for (const byte of bytes.subarray(0, 34)) {
    check ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) check = ((check << 1) ^ (check & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return check === bytes.readUInt16BE(34);
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** BIP 173 and BIP 350. */
function isBech32(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== text && text.toUpperCase() !== text) return false;
  const cut = lower.lastIndexOf('1');
  const prefix = lower.slice(0, cut);
  const expanded = [
    ...Array.from(prefix, (char) => char.charCodeAt(0) >> 5),
    0,
    ...Array.from(prefix, (char) => char.charCodeAt(0) & 31),
  ];
  let check = 1;
  for (const value of [...expanded, ...Array.from(lower.slice(cut + 1), (char) => BECH32.indexOf(char))]) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries())
      if ((top >> bit) & 1) check ^= generator;
  }
  return check === 1 || check === 0x2bc830a3;
}
