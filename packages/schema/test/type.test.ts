// The builders against TypeBox's own, which they stand for.
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'tap';
import TypeBox from 'typebox';
import { Compile } from 'typebox/compile';
import Value from 'typebox/value';
import { compile, type TSchema, Type } from '../src/index.ts';

type Builders = typeof Type;

const options = fc.constantFrom({}, { description: 'what it is' }, { $id: 'Name', title: 't' });
const small = fc.integer({ min: 0, max: 3 });

/** Builds one schema twice: with ours and with TypeBox's. */
const plans: fc.Arbitrary<(from: Builders) => TSchema> = fc.letrec<{ plan: (from: Builders) => TSchema }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    options.map((more) => (from: Builders) => from.String({ pattern: '^[a-c]*$', maxLength: 2, ...more })),
    options.map((more) => (from: Builders) => from.Integer({ minimum: 0, maximum: 2, ...more })),
    options.map((more) => (from: Builders) => from.Number({ minimum: 0, maximum: 2, ...more })),
    options.map((more) => (from: Builders) => from.Boolean(more)),
    options.map((more) => (from: Builders) => from.Null(more)),
    options.map((more) => (from: Builders) => from.Unknown(more)),
    options.map((more) => (from: Builders) => from.Enum(['a', 'b'], more)),
    fc.constantFrom('a', 1, true).map((value) => (from: Builders) => from.Literal(value)),
    fc.tuple(tie('plan'), small).map(
      ([item, minItems]) =>
        (from: Builders) =>
          from.Array(item(from), { minItems }),
    ),
    fc.array(tie('plan'), { minLength: 1, maxLength: 3 }).map((all) => (from: Builders) => {
      return from.Union(all.map((one) => one(from)));
    }),
    tie('plan').map((value) => (from: Builders) => from.Record(from.String(), value(from))),
    tie('plan').map((value) => (from: Builders) => from.Record(from.String({ pattern: '^a' }), value(from))),
    fc
      .tuple(fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('plan')), fc.boolean(), options)
      .map(([members, open, more]) => (from: Builders) => {
        const entries = Object.entries(members).map(([name, plan]) => {
          return [name, name === 'b' ? from.Optional(plan(from)) : plan(from)] as const;
        });
        return from.Object(Object.fromEntries(entries), { additionalProperties: open, ...more });
      }),
  ),
})).plan;

const values = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom<unknown>('a', 1, null, true, [], ['a'], {})),
  fc.array(fc.constantFrom<unknown>('a', 1, null)),
  fc.constantFrom<unknown>('a', 'b', 'abc', 1, 3, true, null),
);

test('every schema is the one that TypeBox makes, member by member and in the same order', (t) => {
  fc.assert(
    fc.property(plans, (plan) => {
      equal(JSON.stringify(plan(Type)), JSON.stringify(plan(TypeBox)));
      const wrapped = (from: Builders) => from.Object({ a: from.Optional(from.Optional(plan(from))), b: plan(from) });
      equal(JSON.stringify(wrapped(Type)), JSON.stringify(wrapped(TypeBox)));
    }),
    { numRuns: 300 },
  );
  t.pass('300 runs');
  t.end();
});

test('a check says of every value what TypeBox’s own validator says of its own schema, and so do its errors', (t) => {
  fc.assert(
    fc.property(plans, values, (plan, value) => {
      const [ours, own] = [compile(plan(Type)), plan(TypeBox)];
      equal(ours.check(value), Compile(own).Check(value));
      deepEqual(ours.errors(value), Value.Errors(own, value));
    }),
    { numRuns: 500 },
  );
  t.pass('500 runs');
  t.end();
});

test('a schema may be used in several places: being optional is not carried along', (t) => {
  const shared = Type.String();
  const one = Type.Object({ id: Type.Optional(shared), name: shared }) as unknown as { required: string[] };
  t.same(one.required, ['name']);
  t.same(Object.keys(Type.Optional(shared)), ['type']);
  t.end();
});
