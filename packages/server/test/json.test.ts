import fc from 'fast-check';
import { test } from 'tap';
import { ProblemError, parseJson } from '../src/index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function faultOf(text: string | Uint8Array, limits = {}): string {
  try {
    parseJson(typeof text === 'string' ? bytes(text) : text, limits);
    return 'none';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.errors?.map(({ pointer, code }) => `${pointer} ${code}`).join(', ') ?? error.code;
  }
}

test('what does not parse is malformed', async (t) => {
  const texts = [
    '',
    ' ',
    '{',
    '{"a":1,}',
    "{'a':1}",
    '[1,]',
    '01',
    '+1',
    'NaN',
    '{"a":1}{',
    'undefined',
    '"\n"',
    '[1]\0',
  ];
  for (const text of texts) t.equal(faultOf(text), 'malformed_json', JSON.stringify(text));
  t.equal(faultOf('\ufeff{}'), 'malformed_json', 'a byte order mark');
  for (const raw of [
    [0x22, 0xff, 0x22],
    [0x22, 0xc0, 0x80, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0xfe, 0xff, 0, 0x31],
  ])
    t.equal(faultOf(Uint8Array.from(raw)), 'malformed_json', `bytes ${raw}`);
});

test('what two parsers could read differently is refused, with every pointer', async (t) => {
  t.equal(faultOf('{"a":1,"a":2}'), '/a duplicate_member');
  t.equal(faultOf('{"a":1,"\\u0061":2}'), '/a duplicate_member', 'an escaped name is the same name');
  t.equal(faultOf('{"x":[{"b":{}},{"c":1,"c":{"c":1}}],"x":0}'), '/x/1/c duplicate_member, /x duplicate_member');
  t.equal(faultOf('{"a":{"__proto__":1}}'), '/a/__proto__ member_refused');
  t.equal(faultOf('{"\\u005f_proto__":1}'), '/__proto__ member_refused');
  t.equal(
    faultOf('["a\\u0000b","\\ud800","\\udc00\\ud800","ok"]'),
    '/0 character_refused, /1 character_refused, /2 character_refused',
  );
  t.equal(faultOf('{"a/b~":"\\u0000"}'), '/a~1b~0 character_refused', 'names are escaped in pointers');
});

test('numbers that a double would change are refused', async (t) => {
  for (const number of ['9007199254740993', '-9007199254740993', '1e400', '-1e400', '1e-400', '9007199254740992.5'])
    t.equal(faultOf(`{"n":${number}}`), '/n number_refused', number);
  for (const number of ['0', '-0', '9007199254740991', '0.1', '1e3', '1.5E+2', '0e5', '-12.5'])
    t.equal(faultOf(`[${number}]`), 'none', number);
});

test('depth and number of values are bounded', async (t) => {
  t.equal(faultOf('['.repeat(20_000) + ']'.repeat(20_000)), `${'/0'.repeat(32)} too_deep`);
  t.equal(faultOf('['.repeat(32) + ']'.repeat(32)), 'none');
  t.equal(faultOf('[1,2,3]', { maxValues: 3 }), '/2 too_many_values');
  t.equal(faultOf('{"a":1,"b":2}', { maxValues: 3 }), 'none', 'names are not values');
  t.equal(faultOf(`[${'"\\u0000",'.repeat(500)}1]`).split(', ').length, 100, 'at most 100 faults are told');
});

test('of a text with twice the values that it may have none is made, whatever else is wrong with it', async (t) => {
  for (const text of ['['.repeat(50_000), `[${'{},'.repeat(50_000)}`, `[${'0,'.repeat(50_000)}]`])
    t.equal(faultOf(text), ' too_many_values', text.slice(0, 10));
});

test('every value of JSON.stringify is read back as it is, whatever its escapes and spaces', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom('', ' ', '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space);
      const refusable = /__proto__|\\u0000|\\ud[89a-f]|[0-9]{16}|e[+-]?[0-9]{2,}/.test(text);
      if (!refusable) t.strictSame(parseJson(bytes(text)), JSON.parse(text));
      return true;
    }),
    { numRuns: 300 },
  );
});

test('a string’s end is found after any run of backslashes', async (t) => {
  for (let slashes = 0; slashes < 9; slashes += 1) {
    const value = { [`${'\\'.repeat(slashes)}"k`]: `${'"\\'.repeat(slashes)}`, z: '\\'.repeat(slashes) };
    t.same(parseJson(bytes(JSON.stringify(value))), value);
  }
});

test('a long text of escapes is what it says', async (t) => {
  // To look back from each quote to the beginning would take longer than a test may.
  const values = [
    Array.from({ length: 5_000 }, () => '\\"\\"\\"\\"'),
    { a: 'x'.repeat(500_000), b: '\\'.repeat(500_000) },
  ];
  for (const value of values) t.strictSame(parseJson(bytes(JSON.stringify(value))), value);
});
