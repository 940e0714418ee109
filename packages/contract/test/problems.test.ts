import { test } from 'tap';
import { problems } from '../src/index.ts';

test('every problem has a status of its own class, a type of its own and a title', async (t) => {
  const types = new Set<string>();
  for (const [code, { status, type, title }] of Object.entries(problems)) {
    t.match(code, /^[a-z]+(_[a-z]+)*$/);
    t.equal(type, `urn:detente:problem:${code}`);
    t.ok(status >= 400 && status < 600 && title.length > 5 && !title.endsWith('.'), code);
    types.add(type);
  }
  t.equal(types.size, Object.keys(problems).length);
});

test('credentials and signatures that fail are 401, replays and conflicts 409', async (t) => {
  const statusOf = (pattern: RegExp) => [
    ...new Set(
      Object.entries(problems)
        .filter(([code]) => pattern.test(code))
        .map(([, { status }]) => status),
    ),
  ];
  t.same(statusOf(/^(signature|credential)_/), [401]);
  t.same(statusOf(/conflict|replayed|in_progress/), [409]);
});
