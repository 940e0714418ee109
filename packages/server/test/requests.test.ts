import { compile, Type } from '@detente/schema';
import { test } from 'tap';
import {
  decideIdempotency,
  etagOf,
  formatCursor,
  isUnchanged,
  parseCursor,
  parseIdempotencyKey,
  requestDigest,
  requireMatch,
} from '../src/index.ts';

test('a request is run once, answered again, and refused when it is another one', async (t) => {
  const digest = requestDigest({ method: 'POST', url: '/a', contentType: 'application/json', body: Buffer.from('{}') });
  t.same(decideIdempotency(undefined, digest), { act: 'run' });
  t.same(decideIdempotency({ digest, reply: { status: 201 } }, digest), { act: 'replay', reply: { status: 201 } });
  t.same(decideIdempotency({ digest }, digest), { act: 'refuse', code: 'idempotency_in_progress' });
  const other = requestDigest({ method: 'POST', url: '/a', contentType: 'application/json', body: Buffer.from('{} ') });
  t.same(decideIdempotency({ digest: other, reply: 1 }, digest), { act: 'refuse', code: 'idempotency_conflict' });
  t.match(digest, /^[A-Za-z0-9_-]{43}$/);
});

test('an idempotency key is named once and in one way', async (t) => {
  t.throws(() => parseIdempotencyKey(undefined), { code: 'idempotency_key_missing' });
  const key = '8e03978e-40d5-43dd-bc93-6894a57f9324';
  t.equal(parseIdempotencyKey(key), key);
  t.equal(parseIdempotencyKey(`"${key}"`), key, 'the spelling of the draft standard');
  for (const wrong of ['', 'short', `"${key}`, `${key}, ${key}`, `${key} `, 'a'.repeat(129), `${key}\u00e9`])
    t.throws(() => parseIdempotencyKey(wrong), { code: 'validation_failed' }, JSON.stringify(wrong));
});

test('a tag names a state, and a change says which one it was decided on', async (t) => {
  t.equal(etagOf(7), '"7"');
  t.match(etagOf({ a: 1 }), /^"[A-Za-z0-9_-]{27}"$/);
  t.not(etagOf({ a: 1 }), etagOf({ a: 2 }));
  t.doesNotThrow(() => requireMatch('"6", "7"', '"7"'));
  t.throws(() => requireMatch(undefined, '"7"'), { code: 'precondition_required' });
  for (const header of ['"8"', 'W/"7"', '7', '', '*', '"7', '"7" "8"'])
    t.throws(() => requireMatch(header, '"7"'), { code: 'precondition_failed' }, header);
  t.ok(isUnchanged('W/"7"', '"7"') && isUnchanged('*', '"7"') && isUnchanged('"1","7"', '"7"'));
  t.notOk(isUnchanged(undefined, '"7"') || isUnchanged('"8"', '"7"'));
});

test('a cursor comes back as it was given, or is refused', async (t) => {
  const position = compile(Type.Object({ day: Type.String(), id: Type.Integer() }));
  const cursor = formatCursor({ day: '2026-11-24', id: 5 });
  t.match(cursor, /^[A-Za-z0-9_-]+$/);
  t.same(parseCursor(cursor, position), { day: '2026-11-24', id: 5 });
  const respelled = Buffer.from('{"day":"2026-11-24", "id":5}').toString('base64url');
  for (const wrong of [
    '',
    'x',
    `${cursor}=`,
    `${cursor}A`,
    respelled,
    formatCursor({ day: '2026-11-24' }),
    formatCursor(null),
  ])
    t.throws(
      () => parseCursor(wrong, position),
      { code: 'validation_failed', errors: [{ pointer: '/cursor' }] },
      wrong,
    );
});
