// Inputs for parsers: seeds that are valid, changed a little, and texts that never were.
import fc from 'fast-check';

/** The longest input; no seed is cut by it, and no parser's own limit is out of its reach by much. */
const MAX_LENGTH = 1 << 16;

/** What parsers have stumbled over elsewhere: delimiters, controls, other newlines, surrogates, numbers near a limit. */
const ODD_TEXTS = [
  ...'\0\t\n\r \u00a0\u2028\ufeff\ud800\udc00é—ı.~=+-_/\\|:;,"\'{}[]()<>&*#%@!?0',
  '\n\n',
  '\r\n',
  '==',
  '~~',
  '-0',
  '1e999',
  '9007199254740993',
  '18446744073709551616',
  '__proto__',
  '\\u0000',
  '\\ud800',
  'null',
  '[[[[[[[[',
  '{"a":',
  '&a [*a]',
  '!!js/function x',
  'data:text/plain,',
] as const;

const CHANGES = ['cut', 'flip', 'swap', 'duplicate', 'insert', 'splice'] as const;
type Edit = { change: (typeof CHANGES)[number]; at: number; length: number; odd: string; other: string };

/** Texts of 16-bit units, lone surrogates among them, and of odd texts. */
const nonsense = fc.oneof(
  fc.array(fc.constantFrom(...ODD_TEXTS), { maxLength: 40 }).map((texts) => texts.join('')),
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.string({ maxLength: 80 }),
);

/** Seeds after one to four edits, and now and then nonsense.
 *  @param seeds one character a byte where the parser reads bytes. */
export function changedTexts(seeds: readonly string[]): fc.Arbitrary<string> {
  const edit: fc.Arbitrary<Edit> = fc.record({
    change: fc.constantFrom(...CHANGES),
    at: fc.nat(),
    length: fc.nat(),
    odd: fc.constantFrom(...ODD_TEXTS),
    other: fc.constantFrom(...seeds),
  });
  const edited = fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([seed, edits]) => edits.reduce(applyEdit, seed).slice(0, MAX_LENGTH));
  return fc.oneof({ arbitrary: edited, weight: 9 }, { arbitrary: nonsense, weight: 1 });
}

function applyEdit(text: string, { change, at: place, length: span, odd, other }: Edit): string {
  const at = place % (text.length + 1);
  // Half of the stretches are short, so that what is around them stays readable.
  const end = at + 1 + (span % 2 === 0 ? (span >> 1) % 8 : (span >> 1) % (text.length + 1));
  const [before, stretch, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  switch (change) {
    case 'cut':
      return before + after;
    case 'flip':
      return before + flipBit(text.slice(at, at + 1), span % 8) + text.slice(at + 1);
    case 'swap':
      return before + after.slice(0, stretch.length) + stretch + after.slice(stretch.length);
    case 'duplicate':
      return before + stretch + stretch + after;
    case 'insert':
      return before + odd + text.slice(at);
    case 'splice':
      return before + other.slice(span % (other.length + 1));
  }
}

function flipBit(char: string, bit: number): string {
  return char === '' ? '' : String.fromCharCode(char.charCodeAt(0) ^ (1 << bit));
}

const ODD_VALUES = [
  ...['null', 'true', '0', '-0', '-1', '0.5', '1e300', '9007199254740991', '[]', '{}', '""', '" "', '"*"', '"\\u0000"'],
  ...['"\\ud800"', '"é"', '"https://a.example"', '"2026-02-30"', '{"__proto__":1}', '{"...":"a"}', '{"_sd":["a"]}'],
  ...['[[[[[[[[[[[]]]]]]]]]]]', JSON.stringify('A'.repeat(43)), JSON.stringify('a'.repeat(3000))],
  JSON.stringify(Array.from({ length: 1100 }, () => 0)),
];

type ValueEdit = { change: 'replace' | 'remove' | 'rename' | 'repeat'; at: number; value: string };

/** JSON texts: seeds with up to three values replaced, removed, renamed or repeated, and some changed as texts.
 *  @param seeds JSON texts. */
export function changedJson(seeds: readonly string[]): fc.Arbitrary<string> {
  const edit: fc.Arbitrary<ValueEdit> = fc.record({
    change: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'rename', 'repeat'),
    at: fc.nat(),
    value: fc.oneof(
      { arbitrary: fc.constantFrom(...ODD_VALUES), weight: 4 },
      { arbitrary: fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)), weight: 1 },
    ),
  });
  const edited = fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 3 }))
    .map(([seed, edits]) => JSON.stringify(edits.reduce<unknown>(applyToValue, JSON.parse(seed))));
  return fc.oneof({ arbitrary: edited, weight: 4 }, { arbitrary: changedTexts(seeds), weight: 1 });
}

type Members = Record<string | number, unknown>;

function applyToValue(root: unknown, { change, at, value }: ValueEdit): unknown {
  const places = placesIn(root);
  const place = places[at % (places.length + 1)];
  // One place more than there are members: the whole.
  if (place === undefined) return JSON.parse(value);
  const [parent, key] = place;
  const put = (name: string | number, held: unknown) =>
    Object.defineProperty(parent, name, { value: held, enumerable: true, configurable: true, writable: true });
  if (change === 'replace') put(key, JSON.parse(value));
  else if (change === 'repeat') put(Array.isArray(parent) ? parent.length : `${key}2`, structuredClone(parent[key]));
  else {
    const held = parent[key];
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
    if (change === 'rename') put(Array.isArray(parent) ? 0 : value, held);
  }
  return root;
}

function placesIn(value: unknown): (readonly [Members, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Members;
  return Object.keys(members).flatMap((key) => [[members, key] as const, ...placesIn(members[key])]);
}
