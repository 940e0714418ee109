import fc from 'fast-check';
import { test } from 'tap';
import { parseJson } from '../src/json.ts';
import { refusal } from './hand-made.ts';

function read(text: string | Buffer, maxDepth = 32) {
  return parseJson(Buffer.from(text as string), maxDepth, 'payload_malformed');
}

const refusals: [sentence: string, text: string | Buffer, code: string][] = [
  ['nothing', '', 'payload_malformed'],
  ['a byte order mark', '\ufeff{}', 'payload_malformed'],
  ['a byte that is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'payload_malformed'],
  ['an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'payload_malformed'],
  ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'payload_malformed'],
  ['a raw NUL', '"\0"', 'payload_malformed'],
  ['a trailing comma', '[1,]', 'payload_malformed'],
  ['a comment', '{}//', 'payload_malformed'],
  ['two values', '{}{}', 'payload_malformed'],
  ['NaN', 'NaN', 'payload_malformed'],
  ['a leading zero', '01', 'payload_malformed'],
  ['a member twice', '{"a":1,"a":1}', 'json_duplicate_member'],
  ['a member twice with white space before the colon', '{"a" :1,"a"\n\t\r :2}', 'json_duplicate_member'],
  ['a member twice, once escaped', '{"a":1,"\\u0061":2}', 'json_duplicate_member'],
  ['a member twice deep inside', '[{"x":[{"b":{},"c":1,"b":{}}]}]', 'json_duplicate_member'],
  ['a member twice, the first an object', '{"a":{"b":{"c":1}},"a":0}', 'json_duplicate_member'],
  ['a member twice, the last an object', '{"a":0,"a":{"b":{"c":1}}}', 'json_duplicate_member'],
  ['the empty name twice', '{"":1,"":2}', 'json_duplicate_member'],
  ['a name with a quote twice', '{"\\"":1,"\\"":2}', 'json_duplicate_member'],
  ['a name that ends in a backslash twice', '{"\\\\":1,"\\\\":2}', 'json_duplicate_member'],
  ['a name with NUL twice', '{"\\u0000":1,"\\u0000":2}', 'json_duplicate_member'],
  ['__proto__', '{"__proto__":null}', 'json_member_refused'],
  ['__proto__ in escapes, deep inside', '[[{"\\u005f_proto__":{}}]]', 'json_member_refused'],
  ['a lone high surrogate', '"\\ud800"', 'json_string_ill_formed'],
  ['a lone low surrogate in a name', '{"\\uDC00":1}', 'json_string_ill_formed'],
  ['surrogates in the wrong order', '"\\udc00\\ud800"', 'json_string_ill_formed'],
  ['a number too great', '1e400', 'json_number_out_of_range'],
  ['33 levels of arrays', '['.repeat(33) + ']'.repeat(33), 'json_too_deep'],
  ['33 levels of objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'json_too_deep'],
  ['a hundred thousand levels', '['.repeat(100_000) + ']'.repeat(100_000), 'json_too_deep'],
];
for (const [sentence, text, code] of refusals) {
  test(`JSON is refused with ${sentence}`, async (t) => {
    t.equal(
      refusal(() => read(text)),
      code,
    );
  });
}

test('JSON that only looks like trouble is read', async (t) => {
  // Escaped names are compared with literals: JSON.parse itself may get them wrong.
  const readings: [text: string, value: unknown][] = [
    ['{"a":{"a":{"a":"a"}},"b":["a","a"],"c":"a"}', { a: { a: { a: 'a' } }, b: ['a', 'a'], c: 'a' }],
    ['{"a":"a\\":","b":"{\\"a\\":1,\\"a\\":2}"}', { a: 'a":', b: '{"a":1,"a":2}' }],
    ['{"\\\\":"\\\\\\"","\\\\\\\\":"\\\\"}', { '\\': '\\"', '\\\\': '\\' }],
    ['"\\ud83d\\ude00\\u0000"', '\u{1f600}\0'],
    ['{"constructor":1,"toString":2,"hasOwnProperty":3}', { constructor: 1, toString: 2, hasOwnProperty: 3 }],
    [' [ -0.5e-3 , 9007199254740992 , 1E5 , true , null ] ', [-0.0005, 9007199254740992, 100000, true, null]],
    ['"::::"', '::::'],
    ['[":",":",{":":":"}]', [':', ':', { ':': ':' }]],
    [
      ' { "\\u0061" : [ ] , "b" : { } , "c" : [ { } , [ ] , -1 , true ] , "" : "}" } ',
      { a: [], b: {}, c: [{}, [], -1, true], '': '}' },
    ],
  ];
  for (const [text, value] of readings) t.strictSame(read(text), value);
});

test('an escaped name is read right after another was cached by the engine', async (t) => {
  read('{"h":[],"\\\\":0}');
  JSON.parse('{"h":[],"\\\\":0}');
  t.strictSame(read('{"h":1,"\\"":2}'), { h: 1, '"': 2 });
  t.strictSame(read('{"h":1,"\\u0069ss":2}'), { h: 1, iss: 2 });
  t.equal(
    refusal(() => read('{"h":1,"\\u0069ss":2,"iss":3}')),
    'json_duplicate_member',
  );
});

test('a text with an escaped name may be nested no deeper than another', async (t) => {
  const nested = (levels: number) => `${'['.repeat(levels)}{"\\n":0}${']'.repeat(levels)}`;
  t.equal(
    refusal(() => read(nested(31))),
    'accepted',
  );
  t.equal(
    refusal(() => read(nested(32))),
    'json_too_deep',
  );
  for (const text of [nested(50_000), `${'{"\\n":'.repeat(50_000)}0${'}'.repeat(50_000)}`])
    t.equal(
      refusal(() => read(text)),
      'json_too_deep',
    );
});

test('many backslashes cost no more than their number', async (t) => {
  const text = JSON.stringify('\\"'.repeat(100_000));
  const start = process.cpuUsage().user;
  t.equal(read(text), JSON.parse(text));
  t.ok(process.cpuUsage().user - start < 2_000_000);
});

type Written = string | Written[] | { members: [string, Written][] };
const written: fc.Arbitrary<Written> = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('1', 'true', 'null', '"a"', '"\\\\"', '":"', '"\\":"', '"{\\"a\\":"'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.record({
      members: fc.array(fc.tuple(fc.constantFrom('a', 'b', '"', '\\', ':', '漢'), tie('value')), { maxLength: 4 }),
    }),
  ),
})).value;

test('a text is refused exactly if one of its objects has two members of one name', async (t) => {
  const count = { refused: 0, accepted: 0 };
  fc.assert(
    fc.property(written, fc.constantFrom('', ' ', '\n\t'), fc.boolean(), (tree, space, escaped) => {
      const code = refusal(() => read(write(tree, space, escaped)));
      if (code !== (hasTwins(tree) ? 'json_duplicate_member' : 'accepted')) throw new Error(code);
      count[code === 'accepted' ? 'accepted' : 'refused']++;
    }),
    { numRuns: 1000 },
  );
  t.ok(count.refused > (count.refused + count.accepted) / 20, JSON.stringify(count));
});

/** Names are escaped now and then, so that equal names differ in spelling. */
function write(tree: Written, space: string, escaped: boolean): string {
  if (typeof tree === 'string') return tree;
  const comma = `${space},${space}`;
  if (Array.isArray(tree)) return `[${tree.map((item) => write(item, space, escaped)).join(comma)}]`;
  const members = tree.members.map(([name, value], i) => {
    const spelled =
      escaped && i % 2 === 1 ? `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}"` : JSON.stringify(name);
    return `${spelled}${space}:${space}${write(value, space, escaped)}`;
  });
  return `{${members.join(comma)}}`;
}

function hasTwins(tree: Written): boolean {
  if (typeof tree === 'string') return false;
  if (Array.isArray(tree)) return tree.some(hasTwins);
  const names = tree.members.map(([name]) => name);
  return new Set(names).size < names.length || tree.members.some(([, value]) => hasTwins(value));
}
