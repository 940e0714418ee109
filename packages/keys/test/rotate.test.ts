import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import {
  holders,
  initKeys,
  keepRevocation,
  loadKeys,
  publicKeysBeside,
  publishedPurposes,
  type Rotation,
  readPublicKeys,
  readRevocations,
  rotateKeys,
  settleKeys,
  thumbprint,
} from '../src/index.ts';
import { temporaryFolder } from './key-folder.ts';

const run = promisify(execFile);
const index = new URL('../src/index.ts', import.meta.url).href;

function newRoot(t: Parameters<typeof temporaryFolder>[0]): string {
  const root = join(temporaryFolder(t), 'keys');
  initKeys(root);
  return root;
}

function filesOf(root: string): string[] {
  return holders.flatMap((holder) => readdirSync(join(root, holder)).map((name) => `${holder}/${name}`)).sort();
}

/** What every process would start with: thumbprints of its keys and of their successors. */
function loaded(root: string) {
  const keys = publicKeysBeside(loadKeys(join(root, 'worker')), join(root, 'worker'));
  for (const holder of holders) loadKeys(join(root, holder));
  return keys;
}

test('a rotation puts the announced successor in place of the key, and announces a fresh one', (t) => {
  const root = newRoot(t);
  const files = filesOf(root);
  for (let round = 0; round < 3; round++)
    for (const purpose of publishedPurposes) {
      const before = readPublicKeys(join(root, 'worker'));
      const [done, ...more] = rotateKeys(root, [purpose]);
      t.same(more, []);
      const after = readPublicKeys(join(root, 'worker'));
      t.match(done, { purpose, from: thumbprint(before[purpose].jwk), to: before[purpose].next });
      t.equal(thumbprint(after[purpose].jwk), before[purpose].next, purpose);
      t.equal(after[purpose].next, done!.then);
      t.same({ ...after, [purpose]: null }, { ...before, [purpose]: null }, 'and no other key has changed');
      t.same(loaded(root), after);
    }
  t.same(filesOf(root), files, 'nothing is left behind, above all no old private key');
  for (const file of files) t.equal(statSync(join(root, file)).mode & 0o777, 0o600, file);
  t.same(initKeys(root).created, []);
  t.same(settleKeys(root), []);
  t.end();
});

test('a revocation is a rotation that remembers the old key', (t) => {
  const root = newRoot(t);
  const [first] = rotateKeys(root, ['record'], { revoke: { before: null } });
  const [second] = rotateKeys(root, ['agency'], { revoke: { before: 17 } });
  t.same(readRevocations(join(root, 'worker')), [
    { purpose: 'record', kid: first!.from, before: null },
    { purpose: 'agency', kid: second!.from, before: 17 },
  ]);
  const [third] = rotateKeys(root, ['receipt']);
  const former = { purpose: 'receipt', kid: third!.from, before: null } as const;
  for (let i = 0; i < 2; i++) keepRevocation(join(root, 'worker'), former);
  t.same(readRevocations(join(root, 'worker')).slice(2), [former], 'one that was rotated away can be revoked later');
  t.end();
});

test('killed at any step a rotation has happened or has not, once, and every process starts', async (t) => {
  const steps: string[] = [];
  const purposes = ['record', 'transport'] as const;
  rotateKeys(newRoot(t), purposes, { revoke: { before: 5 }, step: (name) => steps.push(name) });
  t.equal(steps.length, 10, steps.join('; '));
  const script = `import { rotateKeys } from ${JSON.stringify(index)};
    const [root, fatal] = process.argv.slice(1); let count = 0;
    rotateKeys(root, ${JSON.stringify(purposes)}, { revoke: { before: 5 },
      step: () => { if (count++ === Number(fatal)) process.kill(process.pid, 'SIGKILL'); } });`;
  const isBegun = steps.indexOf('the journal is written');
  for (const [at, name] of steps.entries()) {
    const root = newRoot(t);
    const files = filesOf(root);
    const before = readPublicKeys(join(root, 'worker'));
    const running = run(process.execPath, ['--input-type=module', '-e', script, root, `${at}`]);
    const death = await running.catch((error: { signal?: string }) => error.signal);
    t.equal(death, 'SIGKILL', `before ${name}`);
    const between = loaded(root);
    for (const purpose of purposes) {
      // Whatever a process finds in between, it was announced or is in force: never a key that nobody was told of.
      const kid = thumbprint(between[purpose].jwk);
      t.ok([thumbprint(before[purpose].jwk), before[purpose].next].includes(kid), `${purpose} before ${name}`);
    }
    const settled = settleKeys(root);
    t.equal(settled.length, at > isBegun ? 2 : 0, name);
    if (settled.length === 0) t.same(loaded(root), before, 'nothing has happened');
    else {
      for (const { purpose, to, then } of settled as Rotation[])
        t.match(loaded(root)[purpose], { next: then }, `${to} took over`);
      t.same(filesOf(root), [...files, 'worker/revoked.json'].sort());
      t.equal(readRevocations(join(root, 'worker')).length, 2);
    }
    t.same(readPublicKeys(join(root, 'worker')), loaded(root));
    t.same(settleKeys(root), [], 'once');
    t.equal(rotateKeys(root, purposes).length, 2, 'and the next one is as ever');
  }
});

test('a rotation that finds another one unfinished finishes that, and does nothing more', async (t) => {
  const root = newRoot(t);
  let stopped = false;
  const stop = (name: string) => {
    if (!name.startsWith('the public halves') || stopped) return;
    stopped = true;
    throw new Error('stopped');
  };
  t.throws(() => rotateKeys(root, ['log'], { step: stop }), { message: 'stopped' });
  t.throws(() => rotateKeys(root, ['log']), { code: 'rotation_unfinished' });
  const keys = readPublicKeys(join(root, 'worker'));
  t.same(loaded(root), keys);
  const script = `import { rotateKeys } from ${JSON.stringify(index)};
    for (let round = 0; round < 40; round++) {
      try { rotateKeys(process.argv[1], ['record']); console.log('done'); } catch (error) { console.log(error.code); }
    }`;
  const start = () => run(process.execPath, ['--input-type=module', '-e', script, root]);
  const said = (await Promise.all([start(), start(), start()])).flatMap(({ stdout }) => stdout.trim().split('\n'));
  t.equal(said.length, 120);
  t.same([...new Set(said)].sort(), ['done', 'rotation_unfinished']);
  t.same(readPublicKeys(join(root, 'worker')), loaded(root), 'whatever comes at once, the keys belong together');
});

test('while a living process is at it nobody else is, and what a killed one left holds up nobody', async (t) => {
  const root = newRoot(t);
  const lock = join(root, 'worker', 'rotation.lock');
  const before = loaded(root);
  const other = spawn('sleep', ['60']);
  t.teardown(() => other.kill('SIGKILL'));
  const hold = () => writeFileSync(lock, JSON.stringify({ pid: other.pid }), { mode: 0o600 });
  hold();
  t.throws(() => rotateKeys(root, ['record']), { code: 'rotation_unfinished', message: new RegExp(`remove ${lock}`) });
  t.same(loaded(root), before, 'nothing has changed');
  t.ok(existsSync(lock), 'it is left to whose it is');
  other.kill('SIGKILL');
  await once(other, 'exit');
  t.equal(rotateKeys(root, ['record']).length, 1);
  t.notOk(existsSync(lock));

  let inner: unknown;
  const step = () => {
    try {
      rotateKeys(root, ['log']);
    } catch (error) {
      inner = error;
    }
  };
  t.equal(rotateKeys(root, ['record'], { step }).length, 1);
  t.match(inner, { code: 'rotation_unfinished' }, 'nor is this process twice');
  t.equal(rotateKeys(root, ['log']).length, 1, 'and it is let go');
});
