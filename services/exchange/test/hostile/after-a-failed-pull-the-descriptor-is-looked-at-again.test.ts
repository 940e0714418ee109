import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '@detente/testkit';
import { test } from 'tap';
import { startVictim } from './victim.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

test('after a pull that failed the descriptor is looked at with the next, and one that is refused stays in sight', async (t) => {
  const { us, mallory } = await startVictim(t);
  const heard = (path: string) => mallory.heard.filter(({ url }) => url.startsWith(path)).length;
  const looks = () => heard('/.well-known/');
  const asked = () => heard('/exchange/v1/feed');
  const isRefused = async () => /^the descriptor was refused/.test((await us.fault(mallory)) ?? '');
  const env = { ...process.env, ...us.env, DETENTE_LOG_LEVEL: 'error', DETENTE_PULL_MS: '50' };
  const enrolled = looks();
  const child = fork(main, { env, stdio: 'inherit' });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'message');
  await until('it is pulled some times', async () => asked() > 8);
  t.equal(looks(), enrolled + 1, 'once at the start, and not again');

  mallory.spoil = () => 'null';
  await until('a page is refused', async () => /page_malformed/.test((await us.fault(mallory)) ?? ''));
  const before = looks();
  await until('its descriptor is looked at again', async () => looks() > before);
  t.ok(asked() < 55, 'long before the sixtieth pull, which looks in any case');

  mallory.shown = mallory.descriptor(undefined, { seq: 2, by: mallory.successor('identity') });
  mallory.spoil = () => undefined;
  await until('the descriptor is refused', isRefused);
  const pulls = asked();
  await until('more pages come in', async () => asked() > pulls + 5);
  // Between a page that lands and the end of its pull there is no fault for a moment.
  await until('it is refused still', isRefused);
});
