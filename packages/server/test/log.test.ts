import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { test } from 'tap';
import { createLogger } from '../src/index.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  write(createLogger({ name: 'test', level: 'trace' }, { write: (line) => void lines.push(line) }));
  return lines;
}

test('an entry is one line whatever is in it', async (t) => {
  const evil = 'a\nb\r\u2028c\u0085\u001b[2Jd\ud800';
  const [line] = logged((logger) => logger.warn({ evil, list: [evil], deep: { a: { b: { c: { d: 1 } } } } }, evil));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
  t.notMatch(line?.slice(0, -1), /[\u0000-\u001f\u007f-\u009f\u2028]|\\u/);
  t.match(JSON.parse(line!), { evil: 'a b  c  [2Jd\ufffd', msg: 'a b  c  [2Jd\ufffd' });
});

test('texts are cut at 256 characters, in messages, members, names and errors', async (t) => {
  const long = 'x'.repeat(10_000);
  const [line] = logged((logger) =>
    logger.error({ long, [long]: 1, list: Array(1_000).fill(long), err: new Error(long) }, long),
  );
  t.notMatch(line, /x{257}/);
  t.ok(line!.length < 20_000);
});

test('bodies, keys, tokens and disclosures are left out, and bytes are counted', async (t) => {
  const canary = 'CANARY';
  const [line] = logged((logger) =>
    logger.info({
      body: canary,
      headers: { authorization: canary, Cookie: canary },
      key: { d: canary },
      bytes: Buffer.from(canary),
      jws: canary,
    }),
  );
  t.notMatch(line, /CANARY/);
  t.match(line, /6 bytes/);
});

test('an error is told with its code, cause and place, on the same line', async (t) => {
  const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), {
    code: '23505',
    detail: 'CANARY',
  });
  const [line] = logged((logger) => logger.error({ err: error }, 'failed'));
  const { err } = JSON.parse(line!);
  t.match(err, { type: 'Error', code: '23505', message: 'outer', cause: { type: 'TypeError', message: 'inner' } });
  t.match(err.at[0], /log\.test\.ts/);
  t.notMatch(line, /CANARY/);
});

test('a log for which there is no room loses its lines, and its process works on and ends as it would', async (t) => {
  const full = openSync('/dev/full', 'w');
  const source = `
    import { createLogger } from '${new URL('../src/index.ts', import.meta.url)}';
    const logger = createLogger({ name: 'test' });
    logger.warn('lost');
    setImmediate(() => {
      for (let line = 0; line < 2_000; line++) logger.warn('lost as well');
      process.stderr.write('worked on');
    });`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', source];
  const ran = spawnSync(process.execPath, args, { stdio: ['ignore', full, 'pipe'], env: {}, timeout: 60_000 });
  closeSync(full);
  t.equal(ran.stderr.toString(), 'worked on');
  t.equal(ran.status, 0);
});
