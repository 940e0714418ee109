import { isJsonWithin } from '@detente/schema';
import fc from 'fast-check';
import { test } from 'tap';

/** As it is counted: an empty list or object as if a value were in it. */
function sizeOf(value: unknown): { values: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { values: 1, depth: 0 };
  const inner = Object.values(value).map(sizeOf);
  const values = inner.reduce((sum, one) => sum + one.values, 0);
  return { values: 1 + Math.max(values, 1), depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)) };
}

test('a text is as large as what is made of it, however it is spaced and whatever its strings hold', (t) => {
  const strings = fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', '[', '{', ']', '}', '\n') });
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      strings,
      fc.double(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(strings, tie('value')),
    ),
  }));
  fc.assert(
    fc.property(value, fc.constantFrom('', ' ', '\t'), (one, space) => {
      const text = JSON.stringify(one, null, space);
      const { values, depth } = sizeOf(JSON.parse(text));
      t.ok(isJsonWithin(text, { values, depth }), text);
      t.notOk(isJsonWithin(text, { values: values - 1, depth }), text);
      if (depth > 0) t.notOk(isJsonWithin(text, { values, depth: depth - 1 }), text);
    }),
    { numRuns: 300 },
  );
  t.end();
});

test('what is no JSON is left to JSON.parse, and read to its end at most', (t) => {
  const most = { values: 3, depth: 2 };
  for (const text of ['', '"', '"\\', '"\\"', '}}}}', ']', 'x', '"a" "b']) t.ok(isJsonWithin(text, most), text);
  for (const text of ['[[[', ',,,', '[1,2,']) t.notOk(isJsonWithin(text, most), text);
  t.end();
});
