// Names in disguise, made without any code of the package: what somebody may write to get a name past the leak check.

/** A stream of numbers from 0 to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Disguise = {
  name: string;
  /** Other spelling, other characters or encoding, other surroundings: a pair is made in this order only, or what it hides is gone. */
  rank: 'spelling' | 'characters' | 'encoding' | 'place';
  /** Encodings stand what changes no character that they need. */
  keepsEncoding?: true;
  /** What cannot be told if anything else changes the spelling, or breaks it. */
  alone?: true;
  /** For names in Latin letters only, or in Chinese characters only. */
  script?: 'latin' | 'han';
  to(text: string, roll: () => number): string;
};

const each = (text: string, to: (char: string, nth: number) => string) => Array.from(text, to).join('');
const between = (sign: string) => (text: string) => Array.from(text.replaceAll(' ', '')).join(sign);
const pick = <T>(roll: () => number, from: readonly T[]): T => from[Math.floor(roll() * from.length)]!;
const shift = (upper: number, lower: number) => (text: string) =>
  each(text, (char) => {
    if (/[A-Z]/.test(char)) return String.fromCodePoint(char.charCodeAt(0) - 65 + upper);
    return /[a-z]/.test(char) ? String.fromCodePoint(char.charCodeAt(0) - 97 + lower) : char;
  });
const table = (rows: string) => {
  const looks = new Map(rows.split(' ').map((row) => [row.charAt(0), Array.from(row.slice(1))]));
  return (share: number) => (text: string, roll: () => number) =>
    each(text, (char) => (looks.has(char) && roll() < share ? pick(roll, looks.get(char)!) : char));
};

const lookAlike = table(
  'aаɑα Аaа cсϲ dԁ eеҽ gɡ hһ iіɩ jј kк lӏⅼ nո oоοօ pрρ qԛ sѕ uυս vνѵ wԝ xхχ yуγ AАΑ BВΒ CСϹ EЕΕ HНΗ IІΙ JЈ KКΚ MМΜ NΝ OОΟ PРΡ SЅ TТΤ XХΧ YҮΥ ZΖ',
);
const leet = table('a4 e3 i1 o0 s5 t7 b8 g9 l1 A4 E3 I1 O0 S5 T7 B8 G6 L1 Z2');
const signs = table('a@ s$ i! A@ S$');
const utf8 = (text: string) => Buffer.from(text, 'utf8');
const percent = (text: string) =>
  each(utf8(text).toString('latin1'), (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
const unit = (text: string, to: (code: string) => string) =>
  Array.from({ length: text.length }, (_, at) => to(text.charCodeAt(at).toString(16).padStart(4, '0'))).join('');
/** Each byte of UTF-8, as a number of some base. */
const bytes = (text: string, base: number, width: number, sign: string) =>
  Array.from(utf8(text), (byte) => byte.toString(base).padStart(width, '0')).join(sign);
const points = (text: string, to: (hex: string) => string) =>
  each(text, (char) => to(char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')));
const utf16 = (text: string, first: 'little' | 'big') =>
  first === 'little' ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'utf16le').swap16();
const turned = table('aɐ bq cɔ dp eǝ fɟ gƃ hɥ iᴉ jɾ kʞ mɯ nu pd qb rɹ tʇ un vʌ wʍ yʎ');
const dots = table(
  Array.from(
    'abcdefghijklmnopqrstuvwxyz',
    (letter, nth) => letter + Array.from('⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵')[nth],
  ).join(' '),
);
const DRAWINGS: Readonly<Record<string, string>> = {
  d: '|)',
  h: '|-|',
  k: '|<',
  l: '|_',
  m: '|v|',
  n: '|\\|',
  o: '()',
  u: '|_|',
  v: '\\/',
  w: '\\/\\/',
  x: '><',
};
const drawn = (share: number) => (text: string, roll: () => number) =>
  each(text, (char) => (roll() < share ? (DRAWINGS[char.toLowerCase()] ?? char) : char));
/** Letters of another script by sound, one for each of ours. */
const CYRILLIC = 'aа bб cц dд eе fф gг hх iи jй kк lл mм nн oо pп qк rр sс tт uу vв wв xкс yы zз';
const GREEK = 'aα bβ cκ dδ eε fφ gγ hη iι jι kκ lλ mμ nν oο pπ qκ rρ sσ tτ uυ vβ wω xξ yυ zζ';
const spelled = (rows: string) => {
  const sounds = new Map(rows.split(' ').map((row) => [row.charAt(0), row.slice(1)]));
  return (text: string) =>
    each(text, (char) => {
      const sound = sounds.get(char.toLowerCase()) ?? char;
      return char === char.toLowerCase() ? sound : sound.charAt(0).toUpperCase() + sound.slice(1);
    });
};
const base64 = (text: string) => utf8(text).toString('base64');
/** What base64 has of a text that does not begin with a group. */
const shifted = (text: string, by: number) =>
  base64(`${'xy'.slice(0, by)}${text} `)
    .slice(by)
    .replace(/=+$/, '');

export const DISGUISES: readonly Disguise[] = [
  { name: 'as it is', rank: 'spelling', keepsEncoding: true, to: (text) => text },
  { name: 'upper case', rank: 'spelling', script: 'latin', to: (text) => text.toUpperCase() },
  { name: 'lower case', rank: 'spelling', script: 'latin', to: (text) => text.toLowerCase() },
  {
    name: 'changing case',
    rank: 'spelling',
    script: 'latin',
    to: (text) => each(text, (char, nth) => (nth % 2 ? char.toUpperCase() : char.toLowerCase())),
  },
  { name: 'no blanks', rank: 'spelling', to: (text) => text.replaceAll(' ', '') },
  { name: 'hyphens', rank: 'spelling', to: (text) => text.replaceAll(' ', '-') },
  { name: 'underscores', rank: 'spelling', to: (text) => text.replaceAll(' ', '_') },
  { name: 'backwards', rank: 'spelling', script: 'latin', to: (text) => Array.from(text).reverse().join('') },
  {
    name: 'leetspeak',
    rank: 'spelling',
    script: 'latin',
    to: (text, roll) => text.charAt(0) + leet(0.7)(text.slice(1), roll),
  },
  {
    name: 'signs for letters',
    rank: 'spelling',
    script: 'latin',
    to: (text, roll) => text.charAt(0) + signs(1)(text.slice(1), roll),
  },
  { name: 'l for I', rank: 'spelling', script: 'latin', to: (text) => text.replaceAll('I', 'l') },
  { name: 'I for l', rank: 'spelling', script: 'latin', to: (text) => text.replaceAll('l', 'I') },
  { name: 'rn for m', rank: 'spelling', script: 'latin', to: (text) => text.replaceAll('m', 'rn') },
  {
    name: 'upside down',
    rank: 'spelling',
    alone: true,
    script: 'latin',
    to: (text, roll) => Array.from(turned(1)(text.toLowerCase(), roll)).reverse().join(''),
  },
  {
    name: 'two letters swapped',
    rank: 'spelling',
    alone: true,
    to: (text, roll) => {
      // In a word below six letters, or a Chinese name below four, there are too many others that are as near.
      const chars = Array.from(text);
      const places = [...text.matchAll(/[A-Za-z0-9]{6,}|\p{sc=Han}{4,}/gu)].flatMap(({ 0: word, index }) =>
        Array.from(word.slice(1), (_, at) => index + at).filter((at) => chars[at] !== chars[at + 1]),
      );
      if (places.length === 0) return text;
      const at = pick(roll, places);
      return chars
        .with(at, chars[at + 1]!)
        .with(at + 1, chars[at]!)
        .join('');
    },
  },
  {
    name: 'words in another order',
    rank: 'spelling',
    alone: true,
    script: 'latin',
    to: (text, roll) => {
      const words = text.split(' ').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      // More are other names; small words tell nothing.
      if (words.length > 3 || words.some((word) => word.length < 4)) return text;
      const first = 1 + Math.floor(roll() * (words.length - 1));
      return [...words.slice(first), ...words.slice(0, first)].join(pick(roll, [' ', ', ']));
    },
  },
  {
    name: 'each letter twice',
    rank: 'spelling',
    alone: true,
    script: 'latin',
    to: (text) => each(text, (char) => (/\S/.test(char) ? char + char : char)),
  },
  {
    name: 'leetspeak beside a sign',
    rank: 'spelling',
    script: 'latin',
    to: (text, roll) => text.charAt(0) + leet(0.7)(text.slice(1), roll).replaceAll(' ', pick(roll, ['+', '|'])),
  },
  {
    name: 'glued to a syllable',
    rank: 'spelling',
    alone: true,
    script: 'latin',
    // Names below seven letters are parts of other words.
    to: (text, roll) =>
      (text.length < 8 ? '' : pick(roll, ['un', 'ex', 'non', 'pseudo'])) + text.replaceAll(' ', '').toLowerCase(),
  },
  {
    name: 'braille',
    rank: 'characters',
    script: 'latin',
    to: (text, roll) =>
      dots(1)(
        text.replace(/[A-Z]/g, (capital) => capital.toLowerCase()),
        roll,
      ).replaceAll(' ', '⠀'),
  },
  {
    name: 'full width',
    rank: 'characters',
    keepsEncoding: true,
    to: (text) => each(text, (char) => (/[!-~]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char)),
  },
  { name: 'bold', rank: 'characters', keepsEncoding: true, script: 'latin', to: shift(0x1d400, 0x1d41a) },
  { name: 'script', rank: 'characters', keepsEncoding: true, script: 'latin', to: shift(0x1d4d0, 0x1d4ea) },
  { name: 'monospace', rank: 'characters', keepsEncoding: true, script: 'latin', to: shift(0x1d670, 0x1d68a) },
  { name: 'circled', rank: 'characters', keepsEncoding: true, script: 'latin', to: shift(0x24b6, 0x24d0) },
  { name: 'black circles', rank: 'characters', script: 'latin', to: (text) => shift(0x1f150, 0x1f150)(text) },
  { name: 'flags', rank: 'characters', script: 'latin', to: (text) => shift(0x1f1e6, 0x1f1e6)(text) },
  { name: 'look-alikes', rank: 'characters', keepsEncoding: true, script: 'latin', to: lookAlike(1) },
  { name: 'some look-alikes', rank: 'characters', keepsEncoding: true, script: 'latin', to: lookAlike(0.4) },
  { name: 'zero-width spaces', rank: 'characters', keepsEncoding: true, to: (text) => Array.from(text).join('\u200b') },
  {
    name: 'zero-width joiners',
    rank: 'characters',
    keepsEncoding: true,
    to: (text) => Array.from(text).join('\u200d'),
  },
  { name: 'soft hyphens', rank: 'characters', keepsEncoding: true, to: (text) => Array.from(text).join('\u00ad') },
  {
    name: 'word joiners',
    rank: 'characters',
    keepsEncoding: true,
    to: (text) => Array.from(text).join('\u2060\ufeff'),
  },
  {
    name: 'variation selectors',
    rank: 'characters',
    keepsEncoding: true,
    to: (text) => Array.from(text).join('\ufe0f'),
  },
  {
    name: 'combining marks',
    rank: 'characters',
    keepsEncoding: true,
    to: (text) => each(text, (char) => (/\S/.test(char) ? `${char}\u0336\u0301` : char)),
  },
  {
    name: 'accents',
    rank: 'characters',
    script: 'latin',
    to: (text) => text.replace(/[aeiouAEIOUnN]/g, (char) => `${char}\u0303`).normalize('NFC'),
  },
  {
    name: 'direction marks',
    rank: 'characters',
    keepsEncoding: true,
    to: (text) => `\u202a${Array.from(text).join('\u200e')}\u202c`,
  },
  { name: 'dots between', rank: 'characters', to: between('.') },
  { name: 'hyphens between', rank: 'characters', to: between('-') },
  { name: 'blanks between', rank: 'characters', to: between(' ') },
  { name: 'stars between', rank: 'characters', to: between('*') },
  { name: 'bars between', rank: 'characters', to: between('|') },
  { name: 'commas between', rank: 'characters', to: between(',') },
  { name: 'emoji between', rank: 'characters', to: between('🔥') },
  {
    name: 'a sign within',
    rank: 'characters',
    to: (text, roll) => {
      const chars = Array.from(text.replaceAll(' ', ''));
      chars.splice(
        1 + Math.floor(roll() * (chars.length - 1)),
        0,
        pick(roll, ['-', '.', '_', '*', '~', '·', '/', "'"]),
      );
      return chars.join('');
    },
  },
  {
    name: 'markup within',
    rank: 'characters',
    to: (text) => `${text.slice(0, 2)}<b>${text.slice(2, 3)}</b>${text.slice(3)}`,
  },
  {
    name: 'a link within',
    rank: 'characters',
    alone: true,
    to: (text) => `[${text.slice(0, 2)}](x)${text.slice(2)}`,
  },
  {
    name: 'drawn with signs',
    rank: 'characters',
    alone: true,
    script: 'latin',
    to: (text, roll) => {
      if (text.length < 6) return text;
      const hidden = drawn(0.8)(text, roll);
      // One that has several signs at least.
      return hidden === text || !/[^\w\s-]{2}/.test(hidden) ? drawn(1)(text, roll) : hidden;
    },
  },
  { name: 'Cyrillic', rank: 'characters', alone: true, script: 'latin', to: spelled(CYRILLIC) },
  { name: 'Greek', rank: 'characters', alone: true, script: 'latin', to: spelled(GREEK) },
  {
    name: 'numbered letters',
    rank: 'characters',
    alone: true,
    script: 'latin',
    to: (text, roll) => {
      const [before, behind] = pick(roll, [
        ['', '. '],
        ['', ') '],
        ['(', ') '],
        ['#', ' '],
        ['', ''],
      ]);
      const letters = Array.from(text.replaceAll(/[^A-Za-z]/g, ''));
      return letters.map((letter, nth) => before + (nth + 1) + behind + letter).join(pick(roll, [' ', ', ', '\n']));
    },
  },
  {
    name: 'broken in a quote',
    rank: 'characters',
    alone: true,
    script: 'latin',
    to: (text, roll) => {
      // Names below seven letters are parts of other words.
      if (text.length < 7) return text;
      const at = 2 + Math.floor(roll() * (text.length - 4));
      const lines = [text.charAt(0).toUpperCase() + text.slice(1, at).trimEnd(), text.slice(at).trimStart()];
      return lines.join(pick(roll, ['-', '']) + pick(roll, ['\n> ', '\n    > ', '\n>> ', '\r\n| ']));
    },
  },
  { name: 'percent-encoded', rank: 'encoding', to: percent },
  {
    name: 'percent-encoded in part',
    rank: 'encoding',
    to: (text) => each(text, (char, nth) => (nth === 1 ? percent(char) : char)),
  },
  { name: 'percent-encoded twice', rank: 'encoding', to: (text) => percent(percent(text)) },
  { name: 'decimal entities', rank: 'encoding', to: (text) => each(text, (char) => `&#${char.codePointAt(0)};`) },
  {
    name: 'hexadecimal entities',
    rank: 'encoding',
    to: (text) => each(text, (char) => `&#x${char.codePointAt(0)!.toString(16)};`),
  },
  { name: 'JSON escapes', rank: 'encoding', to: (text) => unit(text, (code) => `\\u${code}`) },
  { name: 'JSON escapes twice', rank: 'encoding', to: (text) => unit(text, (code) => `\\\\u${code}`) },
  {
    name: 'JavaScript escapes',
    rank: 'encoding',
    to: (text) => each(text, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`),
  },
  { name: 'byte escapes', rank: 'encoding', to: (text) => percent(text).replaceAll('%', '\\x') },
  { name: 'quoted-printable', rank: 'encoding', to: (text) => percent(text).replaceAll('%', '=') },
  { name: 'base64', rank: 'encoding', to: base64 },
  { name: 'base64 twice', rank: 'encoding', to: (text) => base64(base64(text)) },
  { name: 'base64url', rank: 'encoding', to: (text) => utf8(text).toString('base64url') },
  { name: 'base64 shifted by one', rank: 'encoding', to: (text) => shifted(text, 1) },
  { name: 'base64 shifted by two', rank: 'encoding', to: (text) => shifted(text, 2) },
  {
    name: 'within longer base64',
    rank: 'encoding',
    to: (text) => base64(`The vendor, ${text}, was told on Monday and did nothing.`),
  },
  {
    name: 'within binary base64',
    rank: 'encoding',
    to: (text, roll) =>
      Buffer.concat([
        Buffer.from(Array.from({ length: 24 }, () => Math.floor(roll() * 256))),
        utf8(` ${text} `),
        Buffer.from(Array.from({ length: 17 }, () => Math.floor(roll() * 256))),
      ]).toString('base64'),
  },
  {
    name: 'base64 in lines',
    rank: 'encoding',
    to: (text) => base64(`the vendor, ${text}, was told`).replace(/.{20}/g, '$&\r\n'),
  },
  { name: 'hexadecimal', rank: 'encoding', to: (text) => utf8(text).toString('hex') },
  {
    name: 'hexadecimal pairs',
    rank: 'encoding',
    to: (text) =>
      utf8(text)
        .toString('hex')
        .replace(/..(?=.)/g, '$& '),
  },
  { name: 'hexadecimal of UTF-16', rank: 'encoding', to: (text) => utf16(text, 'big').toString('hex') },
  { name: 'base64 of UTF-16', rank: 'encoding', to: (text) => utf16(text, 'little').toString('base64') },
  {
    name: 'base64 of UTF-16, the other way round',
    rank: 'encoding',
    to: (text) => utf16(text, 'big').toString('base64'),
  },
  {
    name: 'base64 in pieces',
    rank: 'encoding',
    to: (text) => base64(`the vendor, ${text}, was told`).replace(/.{7}/g, '$& '),
  },
  {
    name: 'base64 in quoted pieces',
    rank: 'encoding',
    to: (text, roll) => {
      const mark = pick(roll, ['> ', '>> ', '| ', '# ', '// ', '>']);
      const width = pick(roll, [4, 5, 10, 19, 24]);
      return base64(`the vendor, ${text}, was told`).replace(new RegExp(`.{1,${width}}`, 'g'), `\n${mark}$&`);
    },
  },
  {
    name: 'base64 in strings',
    rank: 'encoding',
    to: (text) => `"${base64(text).replace(/.{8}(?=..)/g, '$&" + "')}"`,
  },
  { name: 'octal escapes', rank: 'encoding', to: (text) => `\\${bytes(text, 8, 3, '\\')}` },
  { name: 'shortest octal escapes', rank: 'encoding', to: (text) => `\\${bytes(text, 8, 1, '\\')}` },
  { name: 'octal numbers', rank: 'encoding', to: (text) => bytes(text, 8, 4, ', ') },
  { name: 'decimal numbers', rank: 'encoding', to: (text) => bytes(text, 10, 2, ', ') },
  {
    name: 'calls with numbers',
    rank: 'encoding',
    to: (text, roll) => {
      const call = pick(roll, ['chr', 'CHAR', 'String.fromCharCode', '[char]']);
      return bytes(text, 10, 1, pick(roll, ['+', ' || ', ' . '])).replace(/\d+/g, (number) =>
        call.startsWith('[') ? call + number : `${call}(${number})`,
      );
    },
  },
  { name: 'binary numbers', rank: 'encoding', to: (text) => bytes(text, 2, 8, ', ') },
  {
    name: 'CSS escapes',
    rank: 'encoding',
    to: (text) => each(text, (char) => `\\${char.codePointAt(0)!.toString(16)} `),
  },
  { name: 'code points', rank: 'encoding', to: (text) => points(text, (hex) => `U+${hex} `).trimEnd() },
  { name: 'possessive', rank: 'place', to: (text) => `${text}’s` },
  { name: 'in quotes', rank: 'place', keepsEncoding: true, to: (text) => `“${text}”` },
  { name: 'hashtag', rank: 'place', keepsEncoding: true, to: (text) => `#${text.replaceAll(' ', '')}` },
  { name: 'handle', rank: 'place', to: (text) => `@${text.replaceAll(' ', '_')}_official` },
  { name: 'domain', rank: 'place', to: (text) => `www.${text.replaceAll(' ', '-')}.com` },
  {
    name: 'link',
    rank: 'place',
    keepsEncoding: true,
    to: (text) => `https://example.org/q?of=${text.replaceAll(' ', '+')}&page=2`,
  },
  { name: 'name of a file', rank: 'place', to: (text) => `report_${text.replaceAll(' ', '_')}_final.pdf` },
  { name: 'path', rank: 'place', to: (text) => `C:\\cases\\${text.replaceAll(' ', '')}2024\\notes.txt` },
  { name: 'mailbox', rank: 'place', to: (text) => `press.office@${text.replaceAll(' ', '')}.example` },
  {
    name: 'glued in a link',
    rank: 'place',
    script: 'latin',
    to: (text) =>
      `https://example.org/why${each(text.replaceAll(' ', ''), (char) => (/[A-Z]/.test(char) ? char.toLowerCase() : char))}failed.html`,
  },
  { name: 'data URI', rank: 'place', to: (text) => `data:text/plain;base64,${base64(text)}` },
];

const RANKS = ['spelling', 'characters', 'encoding', 'place'];

/** Whether the second leaves what the first one hid. */
export function canFollow(first: Disguise, second: Disguise): boolean {
  if (/sign/.test(first.name) && second.name.endsWith('beside a sign')) return false;
  // A link writes + for a blank, and base64 for six bits.
  if (/pieces|strings/.test(first.name) && second.name === 'link') return false;
  // Codes of codes are longer than what is read around a place.
  if (
    second.rank === 'encoding' &&
    / (numbers|escapes|twice|entities|pairs|points|lines|pieces|strings)$|percent/.test(first.name)
  ) {
    if (/numbers|CSS|in part|pairs|pieces|strings|lines/.test(second.name)) return false;
  }
  if (first.name === 'broken in a quote' && second.name === 'link') return false;
  // In CSS an escape of one digit is hardly one.
  if (/broken in a quote|numbered/.test(first.name) && second.name === 'CSS escapes') return false;
  if (first.name === 'base64 in quoted pieces' && second.name === 'base64 twice') return false;
  if (first.rank === 'encoding' && second.rank !== 'encoding') return second.keepsEncoding === true;
  if (first.alone) return second.rank === 'encoding' || (second.keepsEncoding === true && second.rank !== 'spelling');
  if (second.alone) return /^(as it is|upper case|lower case)$/.test(first.name);
  if (first.name === 'backwards' && second.name.startsWith('rn')) return false;
  return (
    RANKS.indexOf(first.rank) <= RANKS.indexOf(second.rank) && !(first.rank === 'place' && second.rank === 'place')
  );
}
