import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import { type Holder, holders, initKeys, loadKeys, purposesOf, readPublicKeys, readVaultKey } from '../src/index.ts';
import { newNode, temporaryFolder } from './key-folder.ts';

const run = promisify(execFile);

function snapshot(root: string): Record<string, string> {
  const files = holders.flatMap((holder) => readdirSync(join(root, holder)).map((name) => join(holder, name)));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

test('init makes each key with its successor in its holder’s folder, for its owner only', async (t) => {
  const root = join(temporaryFolder(t), 'keys');
  const { created, publicKeys, fingerprint } = initKeys(root);
  t.equal(created.length, 11 * 2 + 2);
  t.equal(created.at(-1), 'worker/public.json', 'the mark of completeness comes last');
  for (const holder of holders) {
    t.equal(statSync(join(root, holder)).mode & 0o777, 0o700);
    const expected = purposesOf(holder).flatMap((purpose) => [`${purpose}.json`, `${purpose}.next.json`]);
    if (holder === 'worker') expected.push('public.json');
    if (holder === 'reporting') expected.push('vault.public.json');
    t.same(readdirSync(join(root, holder)).sort(), expected.sort(), 'and nothing else, no draft either');
    for (const name of expected) t.equal(statSync(join(root, holder, name)).mode & 0o777, 0o600, name);
  }
  const worker = loadKeys(join(root, 'worker'));
  t.equal(worker.signer('identity').kid, fingerprint);
  t.same(readPublicKeys(join(root, 'worker')), publicKeys);
  t.same(readVaultKey(join(root, 'reporting')), worker.boxKey('vault').publicJwk);
  t.equal(publicKeys.vault.next, worker.nextOf('vault'));
  t.equal(publicKeys.receipt.jwk.x, loadKeys(join(root, 'exchange')).signer('receipt').publicJwk.x);
  t.notMatch(JSON.stringify(publicKeys), /"d"/);
  t.equal(worker.pseudonymSecret().symmetricKeySize, 32);
});

test('a second init changes nothing', async (t) => {
  const { root } = newNode(t);
  const before = snapshot(root);
  t.same(initKeys(root).created, []);
  t.same(snapshot(root), before);
});

test('an init that was killed after any file is completed by the next, and keeps every key that was there', async (t) => {
  const folder = temporaryFolder(t);
  const whole = join(folder, 'whole');
  const { created } = initKeys(whole);
  for (let done = 0; done < created.length; done++) {
    const root = join(folder, `killed-${done}`);
    for (const holder of holders) mkdirSync(join(root, holder), { recursive: true, mode: 0o700 });
    chmodSync(root, 0o700);
    for (const file of created.slice(0, done)) cpSync(join(whole, file), join(root, file));
    writeFileSync(join(root, 'worker', '.identity.json.0123456789ab.draft'), '{"kty":"OK', { mode: 0o600 });
    const kept = snapshot(root);
    delete kept['worker/.identity.json.0123456789ab.draft'];
    t.equal(initKeys(root).created.length, created.length - done);
    const after = snapshot(root);
    t.match(after, kept);
    t.equal(Object.keys(after).length, created.length, 'the draft is gone');
    for (const holder of holders) loadKeys(join(root, holder));
  }
});

test('inits that run at the same time end with one set of keys', async (t) => {
  const root = join(temporaryFolder(t), 'keys');
  const index = new URL('../src/index.ts', import.meta.url).href;
  const script = `import { initKeys } from ${JSON.stringify(index)}; console.log(initKeys(process.argv[1]).fingerprint);`;
  const start = () => run(process.execPath, ['--input-type=module', '-e', script, root]);
  const runs = await Promise.all([start(), start(), start()]);
  t.equal(new Set(runs.map(({ stdout }) => stdout)).size, 1);
  t.equal(initKeys(root).created.length, 0);
});

test('a key that was lost after init is never replaced in silence', async (t) => {
  for (const file of ['worker/identity.json', 'worker/identity.next.json', 'exchange/receipt.json']) {
    const { root } = newNode(t);
    rmSync(join(root, file));
    t.throws(() => initKeys(root), { code: 'file_missing', at: join(root, file) });
    t.throws(() => loadKeys(join(root, file.split('/')[0]!)), { code: 'file_missing', message: /restore a backup/ });
  }
  const { root } = newNode(t);
  rmSync(join(root, 'worker/public.json'));
  rmSync(join(root, 'worker/record.json'));
  t.throws(() => initKeys(root), { code: 'file_missing' }, 'a successor alone is no half-written pair');
});

test('files and folders that others can read are refused, with the command that mends them', async (t) => {
  const { root } = newNode(t);
  const folder = join(root, 'worker');
  const file = join(folder, 'record.json');
  for (const mode of [0o640, 0o604, 0o620, 0o601]) {
    chmodSync(file, mode);
    t.throws(() => loadKeys(folder), {
      code: 'file_mode',
      at: file,
      message: `${file} is open to other users: run chmod 600 ${file}`,
    });
  }
  chmodSync(file, 0o400);
  loadKeys(folder);
  chmodSync(folder, 0o750);
  t.throws(() => loadKeys(folder), { code: 'folder_mode', message: /run chmod 700/ });
  t.throws(() => initKeys(root), { code: 'folder_mode' });
  t.throws(() => loadKeys(join(root, 'exchange2'), 'exchange'), { code: 'folder_missing', message: /detente init/ });
  t.throws(() => loadKeys(root), { code: 'folder_missing', message: /not named after a holder/ });
});

test('damaged files are refused by name, and their text is not quoted', async (t) => {
  const { root } = newNode(t);
  const folder = join(root, 'exchange');
  const file = join(folder, 'receipt.json');
  const good = readFileSync(file, 'utf8');
  const key = JSON.parse(good) as Record<string, string>;
  const other = JSON.parse(readFileSync(join(folder, 'witness.json'), 'utf8')) as Record<string, string>;
  const successor = readFileSync(join(folder, 'receipt.next.json'), 'utf8');
  const bad: [string, string][] = [
    ['nothing', ''],
    ['half of it', good.slice(0, good.length / 2)],
    ['an array', '[]'],
    ['a null', 'null'],
    ['a member more', JSON.stringify({ ...key, use: 'sig' })],
    ['another d', JSON.stringify({ ...key, d: other.d })],
    ['another x', JSON.stringify({ ...key, x: other.x })],
    ['x and kid of another key', JSON.stringify({ ...key, x: other.x, kid: other.kid })],
    ['another kid', JSON.stringify({ ...key, kid: other.kid })],
    ['another curve', JSON.stringify({ ...key, crv: 'X25519' })],
    ['padding', JSON.stringify({ ...key, d: `${key.d}=` })],
    ['a secret', readFileSync(join(root, 'worker', 'pseudonym.json'), 'utf8')],
  ];
  for (const [name, text] of bad) {
    writeFileSync(file, text);
    t.throws(() => loadKeys(folder), { code: 'file_damaged', at: file, message: /restore it from a backup/ }, name);
    try {
      loadKeys(folder);
    } catch (error) {
      t.notMatch(
        `${(error as Error).stack} ${(error as Error).cause}`,
        key.d!.slice(0, 8),
        'nothing of the key is shown',
      );
    }
  }
  writeFileSync(file, successor);
  t.throws(() => loadKeys(folder), { code: 'keys_disagree', at: join(folder, 'receipt.next.json') });
  writeFileSync(file, good);
  loadKeys(folder);
});

test('public halves that do not belong to the keys are refused', async (t) => {
  for (const file of ['worker/public.json', 'reporting/vault.public.json']) {
    const { root } = newNode(t);
    const foreign = newNode(t);
    cpSync(join(foreign.root, file), join(root, file));
    t.throws(() => initKeys(root), { code: 'keys_disagree', at: join(root, file) });
    writeFileSync(join(root, file), '{}');
    t.throws(() => initKeys(root), { code: 'file_damaged', at: join(root, file) });
  }
});

test('no process can ask for a key of another', async (t) => {
  const { worker, reporting, exchange } = newNode(t);
  t.throws(() => worker.signer('transport'), { code: 'purpose_not_held' });
  t.throws(() => exchange.signer('identity'), { code: 'purpose_not_held' });
  t.throws(() => reporting.boxKey('vault'), { code: 'purpose_not_held' });
  t.throws(() => exchange.pseudonymSecret(), { code: 'purpose_not_held' });
  t.equal(exchange.holder satisfies Holder, 'exchange');
});

test('a place that cannot be written gets one sentence', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'file'), '');
  t.throws(() => initKeys(join(folder, 'file', 'keys')), {
    code: 'file_unwritable',
    message: /cannot create .* \(ENOTDIR\)/,
  });
});
