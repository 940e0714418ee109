// Identifiers that are right, made by other code than the package reads them with, for every kind and country.
import { createHash } from 'node:crypto';

export type Roll = () => number;
type Make = (roll: Roll) => string;

const digit = (roll: Roll) => String(Math.floor(roll() * 10));
const digits = (roll: Roll, count: number) => Array.from({ length: count }, () => digit(roll)).join('');
const from = (roll: Roll, alphabet: string, count: number) =>
  Array.from({ length: count }, () => alphabet.charAt(Math.floor(roll() * alphabet.length))).join('');
const pick = <T>(roll: Roll, items: readonly T[]): T => items[Math.floor(roll() * items.length)]!;
const between = (roll: Roll, low: number, high: number) => low + Math.floor(roll() * (high - low + 1));
const two = (value: number) => String(value).padStart(2, '0');
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALNUM = `${UPPER}abcdefghijklmnopqrstuvwxyz0123456789`;
const HEX = '0123456789abcdef';
const birth = (roll: Roll) => ({
  y: between(roll, 1950, 1999),
  m: two(between(roll, 1, 12)),
  d: two(between(roll, 1, 28)),
});

/** The one check sign with which `right` holds: found by trying, not by the formula. */
function fitting(base: string, right: (whole: string) => boolean, signs = '0123456789'): string | undefined {
  return Array.from(signs, (sign) => base + sign).find(right);
}
function until(make: () => string | undefined): string {
  for (;;) {
    const made = make();
    if (made !== undefined) return made;
  }
}
/** Luhn by its table of doubled digits. */
const luhn = (text: string) =>
  Array.from(text)
    .reverse()
    .reduce((sum, char, at) => sum + (at % 2 ? Number('0246813579'.charAt(Number(char))) : Number(char)), 0) %
    10 ===
  0;
const sum = (text: string, weights: string) =>
  weights.split(',').reduce((total, weight, at) => total + Number(weight) * Number(text.charAt(at)), 0);
const big = (text: string) => BigInt(Array.from(text, (char) => Number.parseInt(char, 36)).join(''));

function iban(roll: Roll): string {
  const [country, bban] = pick(roll, [
    ['GB', from(roll, UPPER, 4) + digits(roll, 14)],
    ['DE', digits(roll, 18)],
    ['FR', digits(roll, 23)],
    ['NL', from(roll, UPPER, 4) + digits(roll, 10)],
    ['ES', digits(roll, 20)],
    ['NO', digits(roll, 11)],
    ['MT', from(roll, UPPER, 4) + digits(roll, 23)],
    ['SA', digits(roll, 20)],
  ] as const);
  const check = two(98 - Number(big(`${bban}${country}00`) % 97n));
  return `${country}${check}${bban}`;
}

function bitcoin(roll: Roll): string {
  const hash = (data: Uint8Array) => createHash('sha256').update(data).digest();
  const payload = Buffer.from([0, ...Array.from({ length: 20 }, () => between(roll, 1, 255))]);
  const whole = Buffer.concat([payload, hash(hash(payload)).subarray(0, 4)]);
  let value = BigInt(`0x${whole.toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 58n)
    text = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'.charAt(Number(value % 58n)) + text;
  return `1${text}`;
}

const CARDS = [
  ['4', 16],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['65', 16],
  ['3530', 16],
  ['36', 14],
  ['305', 14],
  ['62', 16],
  ['62', 19],
  ['5018', 16],
  ['6304', 12],
  ['4', 19],
] as const;

export const IDENTIFIERS: Readonly<Record<string, Make>> = {
  email: (roll) =>
    `${from(roll, 'abcdefghij', 4)}.${from(roll, 'klmnopq', 6)}+x@${from(roll, 'abcdefgh', 7)}.${pick(roll, ['com', 'org', 'co.uk', 'cn', 'de', 'io', 'museum'])}`,
  card: (roll) => {
    const [first, length] = pick(roll, CARDS);
    const plain = fitting(first + digits(roll, length - first.length - 1), luhn)!;
    return length === 16 && roll() < 0.5 ? plain.replace(/(....)(?=.)/g, pick(roll, ['$1 ', '$1-'])) : plain;
  },
  iban: (roll) => (roll() < 0.5 ? iban(roll) : iban(roll).replace(/(....)(?=.)/g, '$1 ')),
  ip: (roll) =>
    pick(roll, [
      () => Array.from({ length: 4 }, () => between(roll, 1, 254)).join('.'),
      () => `2001:db8:${from(roll, HEX, 4)}::${from(roll, HEX, 4)}`,
      () => Array.from({ length: 8 }, () => from(roll, HEX, 4)).join(':'),
    ])(),
  mac: (roll) => Array.from({ length: 6 }, () => from(roll, HEX, 2)).join(pick(roll, [':', '-'])),
  url: (roll) =>
    `${pick(roll, ['https://', 'http://', 'www.', ''])}${from(roll, 'bcdfgh', 6)}.${pick(roll, ['com', 'org', 'ai', 'cn', 'fr'])}/${from(roll, 'abc', 3)}`,
  coordinates: (roll) =>
    pick(roll, [
      () => `${between(roll, -89, 89)}.${digits(roll, 5)}, ${between(roll, -179, 179)}.${digits(roll, 5)}`,
      () =>
        `${between(roll, 0, 89)}°${between(roll, 0, 59)}′${between(roll, 0, 59)}″N ${between(roll, 0, 179)}°${between(roll, 0, 59)}′${between(roll, 0, 59)}″E`,
      () => `北纬${between(roll, 18, 53)}.${digits(roll, 4)}，东经${between(roll, 74, 135)}.${digits(roll, 4)}`,
    ])(),
  'phone, international': (roll) =>
    pick(roll, [
      () => `+1 ${between(roll, 201, 989)}-${between(roll, 200, 999)}-${digits(roll, 4)}`,
      () => `+44 20 7${digits(roll, 3)} ${digits(roll, 4)}`,
      () => `+86 1${between(roll, 30, 39)} ${digits(roll, 4)} ${digits(roll, 4)}`,
      () => `+49 30 ${digits(roll, 8)}`,
      () => `+33 1 ${two(between(roll, 40, 49))} ${digits(roll, 2)} ${digits(roll, 2)} ${digits(roll, 2)}`,
    ])(),
  'phone, national': (roll) =>
    pick(roll, [
      () => `(${between(roll, 201, 989)}) ${between(roll, 200, 999)}-${digits(roll, 4)}`,
      () => `${between(roll, 201, 989)}-${between(roll, 200, 999)}-${digits(roll, 4)}`,
      () => `020 7${digits(roll, 3)} ${digits(roll, 4)}`,
      () => `1${between(roll, 30, 39)}${digits(roll, 8)}`,
      () => `010-${between(roll, 2000, 8999)}${digits(roll, 4)}`,
    ])(),
  'phone, with a cue': (roll) =>
    `${pick(roll, ['phone: ', 'call me at ', '电话：', '手机号码是', 'tel. '])}${pick(roll, [() => digits(roll, 8).replace(/^0/, '3'), () => `1${between(roll, 30, 39)}${digits(roll, 8)}`, () => `${between(roll, 200, 999)} ${digits(roll, 4)}`])()}`,
  'US social security': (roll) =>
    `${between(roll, 100, 665)}-${two(between(roll, 1, 99))}-${between(roll, 1000, 9999)}`,
  'CN resident id': (roll) => {
    const { y, m, d } = birth(roll);
    // ISO 7064: the whole, weighted by powers of two, is 1 by 11.
    const right = (id: string) =>
      Array.from(id).reduce(
        (total, char, at) => total + (char === 'X' ? 10 : Number(char)) * (2 ** (17 - at) % 11),
        0,
      ) %
        11 ===
      1;
    return until(() => fitting(`${between(roll, 110101, 659001)}${y}${m}${d}${digits(roll, 3)}`, right, '0123456789X'));
  },
  'CN credit code': (roll) => {
    const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const right = (code: string) =>
      Array.from(code).reduce((total, char, at) => total + signs.indexOf(char) * (at === 17 ? 1 : 3 ** at % 31), 0) %
        31 ===
      0;
    return until(() => fitting(`91${between(roll, 110000, 650000)}${from(roll, signs, 9)}`, right, signs));
  },
  'GB national insurance': (roll) =>
    `${from(roll, 'ABCEHJ', 2)}${roll() < 0.5 ? '' : ' '}${digits(roll, 6)}${from(roll, 'ABCD', 1)}`,
  'DE tax id': (roll) =>
    until(() =>
      fitting(`${between(roll, 1, 9)}${digits(roll, 9)}`, (id) => {
        let p = 10;
        for (const char of id.slice(0, 10)) p = (((Number(char) + p) % 10 || 10) * 2) % 11;
        return (11 - p === 10 ? 0 : 11 - p) === Number(id.charAt(10));
      }),
    ).replace(/^/, 'Steuer-ID: '),
  'FR NIR': (roll) => {
    const base = `${between(roll, 1, 2)}${digits(roll, 2)}${two(between(roll, 1, 12))}${two(between(roll, 1, 95))}${digits(roll, 6)}`;
    return base + two(97 - Number(BigInt(base) % 97n));
  },
  'ES DNI': (roll) =>
    until(() =>
      fitting(
        digits(roll, 8),
        (id) => 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(id.slice(0, 8)) % 23) === id.charAt(8),
        UPPER,
      ),
    ),
  'NL BSN': (roll) =>
    `BSN ${until(() => fitting(`${between(roll, 1, 9)}${digits(roll, 7)}`, (id) => sum(id, '9,8,7,6,5,4,3,2,-1') % 11 === 0))}`,
  'PL PESEL': (roll) =>
    `PESEL: ${until(() => {
      const { y, m, d } = birth(roll);
      return fitting(`${y % 100}${m}${d}${digits(roll, 4)}`, (id) => sum(id, '1,3,7,9,1,3,7,9,1,3,1') % 10 === 0);
    })}`,
  'SE personnummer': (roll) => {
    const { y, m, d } = birth(roll);
    const id = fitting(`${y % 100}${m}${d}${digits(roll, 3)}`, luhn)!;
    return `${id.slice(0, 6)}-${id.slice(6)}`;
  },
  'FI hetu': (roll) => {
    const { y, m, d } = birth(roll);
    const number = two(between(roll, 2, 89)).padStart(3, '0');
    return `${d}${m}${y % 100}-${number}${'0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(Number(`${d}${m}${y % 100}${number}`) % 31)}`;
  },
  'BE register': (roll) => {
    const { y, m, d } = birth(roll);
    const number = digits(roll, 3);
    const check = two(97 - (Number(`${y % 100}${m}${d}${number}`) % 97));
    return `${y % 100}.${m}.${d}-${number}.${check}`;
  },
  'CH AHV': (roll) =>
    until(() => fitting(`756${digits(roll, 9)}`, (id) => sum(id, '1,3,1,3,1,3,1,3,1,3,1,3,1') % 10 === 0)).replace(
      /(...)(....)(....)(..)/,
      '$1.$2.$3.$4',
    ),
  'RO CNP': (roll) =>
    until(() => {
      const { y, m, d } = birth(roll);
      return fitting(`${between(roll, 1, 2)}${y % 100}${m}${d}${two(between(roll, 1, 46))}${digits(roll, 3)}`, (id) => {
        const c = sum(id, '2,7,9,1,4,6,3,5,8,2,7,9') % 11;
        return (c === 10 ? 1 : c) === Number(id.charAt(12));
      });
    }),
  'IN PAN': (roll) => `${from(roll, UPPER, 3)}P${from(roll, UPPER, 1)}${digits(roll, 4)}${from(roll, UPPER, 1)}`,
  'KR registration': (roll) => {
    const { y, m, d } = birth(roll);
    return `${y % 100}${m}${d}-${between(roll, 1, 2)}${digits(roll, 6)}`;
  },
  'JP My Number': (roll) =>
    `マイナンバー ${until(() =>
      fitting(digits(roll, 11), (id) => {
        const left = sum(id, '6,5,4,3,2,7,6,5,4,3,2') % 11;
        return (left < 2 ? 0 : 11 - left) === Number(id.charAt(11));
      }),
    )}`,
  'SG NRIC': (roll) =>
    until(() =>
      fitting(
        `S${digits(roll, 7)}`,
        (id) => 'JZIHGFEDCBA'.charAt(sum(id.slice(1), '2,7,6,5,4,3,2') % 11) === id.charAt(8),
        UPPER,
      ),
    ),
  'HK identity card': (roll) =>
    until(() => {
      const base = `${from(roll, UPPER, 1)}${digits(roll, 6)}`;
      const total = 36 * 9 + (base.charCodeAt(0) - 55) * 8 + sum(base.slice(1), '7,6,5,4,3,2');
      const check = (11 - (total % 11)) % 11;
      return `${base}(${check === 10 ? 'A' : check})`;
    }),
  'TW national id': (roll) =>
    until(() =>
      fitting(
        `A${between(roll, 1, 2)}${digits(roll, 7)}`,
        (id) => (1 + sum(id.slice(1), '8,7,6,5,4,3,2,1,1')) % 10 === 0,
      ),
    ),
  'TR identity number': (roll) => {
    const nine = `${between(roll, 1, 9)}${digits(roll, 8)}`;
    const tenth = (((sum(nine, '7,0,7,0,7,0,7,0,7') - sum(nine, '0,1,0,1,0,1,0,1,0')) % 10) + 10) % 10;
    const ten = `${nine}${tenth}`;
    return `kimlik no: ${ten}${sum(ten, '1,1,1,1,1,1,1,1,1,1') % 10}`;
  },
  'BR CPF': (roll) =>
    until(() => {
      const nine = digits(roll, 9);
      const one = fitting(nine, (id) => ((sum(id, '10,9,8,7,6,5,4,3,2') * 10) % 11) % 10 === Number(id.charAt(9)));
      return one && fitting(one, (id) => ((sum(id, '11,10,9,8,7,6,5,4,3,2') * 10) % 11) % 10 === Number(id.charAt(10)));
    }).replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4'),
  'ZA identity number': (roll) =>
    until(() => {
      const { y, m, d } = birth(roll);
      return fitting(`${y % 100}${m}${d}${digits(roll, 4)}08`, luhn);
    }),
  passport: (roll) =>
    `${pick(roll, ['passport number ', 'Passport No. ', '护照号码：', 'passport: '])}${from(roll, 'EGKPX', 1)}${digits(roll, 8)}`,
  'driving licence': (roll) =>
    `${pick(roll, ["driver's license number ", 'driving licence: ', '驾驶证号'])}${from(roll, UPPER, 1)}${digits(roll, 7)}`,
  'licence plate': (roll) =>
    pick(roll, [
      () => `京${from(roll, 'ABCDEF', 1)}·${from(roll, '12345ABC', 4)}${digits(roll, 1)}`,
      () => `plate number ${from(roll, UPPER, 3)}-${digits(roll, 4)}`,
      () => `粤B${digits(roll, 5)}`,
    ])(),
  wallet: (roll) =>
    pick(roll, [
      () => bitcoin(roll),
      () => `0x${from(roll, HEX, 40)}`,
      () => 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
    ])(),
  'API key': (roll) =>
    pick(roll, [
      () => `sk-ant-api03-${from(roll, ALNUM, 80)}AA`,
      () => `sk-proj-${from(roll, ALNUM, 48)}`,
      () => `hf_${from(roll, ALNUM, 34)}`,
      () => `AKIA${from(roll, 'ABCDEFGHIJ234567', 16)}`,
      () => `AIza${from(roll, ALNUM, 35)}`,
      () => `ghp_${from(roll, ALNUM, 36)}`,
      () => `xoxb-${digits(roll, 12)}-${from(roll, ALNUM, 24)}`,
      () => `sk_live_${from(roll, ALNUM, 24)}`,
      () => `eyJhbGciOiJIUzI1NiJ9.eyJ${from(roll, ALNUM, 30)}.${from(roll, ALNUM, 43)}`,
    ])(),
  hash: (roll) => from(roll, HEX, pick(roll, [32, 40, 64])),
  'commit id': (roll) => `commit ${from(roll, HEX, 6)}a${digits(roll, 1)}`,
  'model id': (roll) =>
    `${pick(roll, ['meta-llama/Llama-3.1', 'Qwen/Qwen2.5', 'some-lab/our-model', 'mistralai/Mistral'])}-${between(roll, 1, 70)}B-Instruct`,
};
