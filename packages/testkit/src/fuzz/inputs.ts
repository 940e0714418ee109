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

/** Texts of 16-bit units, lone surrogates among them, and of odd texts. */
const nonsense = fc.oneof(
  fc.array(fc.constantFrom(...ODD_TEXTS), { maxLength: 40 }).map((texts) => texts.join('')),
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.string({ maxLength: 80 }),
);

/** Seeds after one to four edits, and now and then nonsense.
 *  @param seeds one character a byte where the parser reads bytes. */
export function changedTexts(seeds: readonly string[]): fc.Arbitrary<string> {
  const edited = fc.tuple(fc.constantFrom(...seeds), edits(1, 4)).map(([seed, numbers]) =>
    drawsOf(numbers)
      .reduce((text, draw) => editText(text, draw, seeds), seed)
      .slice(0, MAX_LENGTH),
  );
  return fc.oneof({ arbitrary: edited, weight: 9 }, { arbitrary: nonsense, weight: 1 });
}

/** An edit is one number, from which all that it needs is drawn: fast-check takes longer for each value that it makes than most
 *  parsers do for an input. To make an input simpler it leaves the first ones out, and makes others 0. */
function edits(minLength: number, maxLength: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 0, max: 0x7fffffff }), { minLength, maxLength });
}

type Draw = {
  /** From 0, below `limit`. */
  below(limit: number): number;
  of<Value>(values: readonly Value[]): Value;
};

/** An edit of 0 is none. */
function drawsOf(numbers: readonly number[]): Draw[] {
  return numbers.filter((number) => number !== 0).map(drawFrom);
}

/** What an edit needs, always the same for the same number (Mulberry32). */
function drawFrom(number: number): Draw {
  let state = number;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, of: (values) => values[below(values.length)]! };
}

const TEXT_CHANGES = ['cut', 'flip', 'swap', 'duplicate', 'insert', 'splice'] as const;

function editText(text: string, draw: Draw, seeds: readonly string[]): string {
  const at = draw.below(text.length + 1);
  // Half of the stretches are short, so that what is around them stays readable.
  const end = at + 1 + draw.below(draw.below(2) === 0 ? 8 : text.length + 1);
  const [before, stretch, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  switch (draw.of(TEXT_CHANGES)) {
    case 'cut':
      return before + after;
    case 'flip':
      return before + flipBit(text.slice(at, at + 1), draw.below(8)) + text.slice(at + 1);
    case 'swap':
      return before + after.slice(0, stretch.length) + stretch + after.slice(stretch.length);
    case 'duplicate':
      return before + stretch + stretch + after;
    case 'insert':
      return before + draw.of(ODD_TEXTS) + text.slice(at);
    case 'splice': {
      const other = draw.of(seeds);
      return before + other.slice(draw.below(other.length + 1));
    }
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

const VALUE_CHANGES = ['replace', 'replace', 'replace', 'remove', 'rename', 'repeat'] as const;

/** JSON texts: seeds with one to three values replaced, removed, renamed or repeated, and some changed as texts.
 *  @param seeds JSON texts. */
export function changedJson(seeds: readonly string[]): fc.Arbitrary<string> {
  const edited = fc
    .tuple(fc.constantFrom(...seeds), edits(1, 3))
    .map(([seed, numbers]) => JSON.stringify(drawsOf(numbers).reduce(editValue, JSON.parse(seed))));
  return fc.oneof({ arbitrary: edited, weight: 4 }, { arbitrary: changedTexts(seeds), weight: 1 });
}

function editValue(root: unknown, draw: Draw): unknown {
  const place = placeIn(root, draw);
  const value = draw.below(5) === 0 ? anyValue(draw) : draw.of(ODD_VALUES);
  if (place === undefined) return JSON.parse(value);
  const [parent, key] = place;
  const put = (name: string | number, held: unknown) =>
    Object.defineProperty(parent, name, { value: held, enumerable: true, configurable: true, writable: true });
  const change = draw.of(VALUE_CHANGES);
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

/** A number, or a text of 16-bit units, as JSON. */
function anyValue(draw: Draw): string {
  if (draw.below(2) === 0) return String((draw.below(0xffffffff) - 0x7fffffff) / draw.of([1, 1, 1000, 1e-12]));
  return JSON.stringify(
    String.fromCharCode(...Array.from({ length: draw.below(12) }, () => draw.below(draw.of([128, 0x10000])))),
  );
}

type Members = Record<string | number, unknown>;

/** Where a value stands, at any depth; undefined for the whole. */
function placeIn(value: unknown, draw: Draw): readonly [Members, string] | undefined {
  if (typeof value !== 'object' || value === null || draw.below(8) === 0) return undefined;
  const members = value as Members;
  const keys = Object.keys(members);
  if (keys.length === 0) return undefined;
  const key = draw.of(keys);
  return placeIn(members[key], draw) ?? [members, key];
}
