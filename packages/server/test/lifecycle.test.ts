import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Test, test } from 'tap';
import { listen } from '../src/index.ts';
import { sampleService } from './sample.ts';

async function start(t: Test): Promise<{ child: ChildProcess; origin: string }> {
  const child = fork(new URL('lifecycle-child.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  t.teardown(() => child.kill('SIGKILL'));
  const [message] = (await once(child, 'message')) as [{ ready: boolean; port: number }];
  t.match(message, { ready: true, port: Number });
  return { child, origin: `http://127.0.0.1:${message.port}` };
}

test('a forked service says that it is ready, and on SIGTERM answers what has come in before it ends with 0', async (t) => {
  const { child, origin } = await start(t);
  t.equal((await fetch(`${origin}/healthz`)).status, 200);
  const slow = fetch(`${origin}/slow`);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  t.equal(await (await slow).text(), 'done');
  t.same(await exit, [0, null]);
});

test('a service ends when the parent that forked it is gone', async (t) => {
  const { child } = await start(t);
  const exit = once(child, 'exit');
  child.disconnect();
  t.same(await exit, [0, null]);
});

test('a process whose settings follow says that it is loaded, waits for them, and ends with its parent', async (t) => {
  const held = async () => {
    const env = { ...process.env, DETENTE_SETTINGS: 'follow' };
    const child = fork(new URL('lifecycle-child.ts', import.meta.url), { env });
    t.teardown(() => child.kill('SIGKILL'));
    t.same(await once(child, 'message'), [{ loaded: true }, undefined]);
    return child;
  };
  const child = await held();
  child.send({ settings: { SAMPLE_HOST: '127.0.0.2' } });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  t.equal((await fetch(`http://127.0.0.2:${port}/healthz`)).status, 200, 'its settings are those that followed');
  const ended = once(child, 'exit');
  child.disconnect();
  t.same(await ended, [0, null]);

  const orphan = await held();
  const gone = once(orphan, 'exit');
  orphan.disconnect();
  t.same(await gone, [1, null]);
});

test('a port in use is told in a sentence, and a closed service leaves no listener of signals', async (t) => {
  const before = process.listenerCount('SIGTERM');
  const first = await listen(await sampleService(), { port: 0, host: '127.0.0.1' });
  const second = await sampleService();
  await t.rejects(listen(second, { port: first.port, host: '127.0.0.1' }), {
    code: 'address_in_use',
    message: `port ${first.port} on 127.0.0.1 is in use: choose another, or stop what uses it`,
  });
  await second.close();
  t.equal(first.origin, `http://127.0.0.1:${first.port}`);
  await first.close();
  t.equal(process.listenerCount('SIGTERM'), before);
});

test('what breaks in the background and nobody catches ends the process with one line', async (t) => {
  const env = { ...process.env, SAMPLE_FAULT: '1' };
  const child = fork(new URL('lifecycle-child.ts', import.meta.url), {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const said: string[] = [];
  child.stderr!.setEncoding('utf8').on('data', (text: string) => said.push(text));
  t.same(await once(child, 'close'), [1, null]);
  t.equal(said.join(''), 'sample: the background broke\n');
});
