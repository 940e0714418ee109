// The monitor against a real node, and against a log that does everything a log must not do.

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDetente, spawnDetente, startNode, until } from '@detente/testkit';
import { test } from 'tap';
import { folderFor, hostileLog, leaves, tilesOf } from './hostile-log.ts';
import { makeNode } from './proof-parts.ts';

test('a log that grows as it must is followed, and kept as it was shown', async (t) => {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  const look = () => runDetente(['monitor', log.origin, folder, '--once', '--json']);
  const entries = leaves(70_000);
  for (const [size, added] of [
    [3, 3],
    [256, 253],
    [700, 444],
    [700, 0],
    [70_000, 69_300],
  ] as const) {
    log.show(entries.slice(0, size));
    const { code, stdout, stderr } = await look();
    t.equal(code, 0, stderr);
    t.match(JSON.parse(stdout), { size, added });
  }
  t.equal(readFileSync(join(folder, 'checkpoint'), 'utf8'), log.shown.checkpoint);
  t.same(readFileSync(join(folder, 'tile/2/000.p/1')).length, 32, 'with every level of its tiles');
  t.same(readFileSync(join(folder, 'tile/entries/272')).subarray(2, 34), entries[272 * 256]);
});

test('what a log must not do is an alarm, and moves nothing', async (t) => {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  const entries = leaves(1000);
  const held = log.show(entries.slice(0, 600)).checkpoint;
  const look = async (...more: string[]) => {
    const { code, stdout } = await runDetente(['monitor', log.origin, folder, '--once', '--json', ...more]);
    t.equal(code === 0 ? held : readFileSync(join(folder, 'checkpoint'), 'utf8'), held);
    return {
      code,
      ...(JSON.parse(stdout.split('\n')[0]!) as { alarm?: { code: string; message: string; evidence?: string } }),
    };
  };
  t.match(await look('--fingerprint', log.fingerprint), { code: 0, size: 600 });
  const refused = async (alarm: object, message: string) => t.match(await look(), { code: 1, alarm }, message);

  log.show(entries.slice(0, 500));
  await refused({ code: 'went_back', message: /500 entries and had shown 600/ }, 'an older checkpoint');

  const other = [...entries.slice(0, 400), ...leaves(600)];
  for (const size of [500, 600, 900]) {
    log.show(other.slice(0, size));
    const { alarm } = await look();
    t.equal(alarm?.code, 'forked', `another history of ${size}`);
    const { code, stdout } = await runDetente(['verify', alarm!.evidence!, '--fingerprint', log.fingerprint]);
    t.equal(code, 0);
    t.match(stdout, /proves that a log has forked/);
    t.match(stdout, new RegExp(`first ${Math.min(size, 600)} entries have the root`));
    const torn = JSON.parse(readFileSync(alarm!.evidence!, 'utf8'));
    torn.smaller = torn.larger;
    writeFileSync(join(folder, 'torn.json'), JSON.stringify(torn));
    t.equal((await runDetente(['verify', join(folder, 'torn.json')])).code, 1, 'and two that are one prove nothing');
  }

  log.show(entries.slice(0, 900));
  log.shown.tiles = tilesOf(other.slice(0, 900));
  await refused({ code: 'entries_wrong' }, 'entries of another history than it signed');
  log.show(entries.slice(0, 900));
  log.say.set('/log/v1/tile/0/003.p/132', { status: 200, body: randomBytes(132 * 32) });
  await refused(
    { code: 'tile_wrong', message: /tile\/0\/003\.p\/132 is not made of the entries/ },
    'a tile that does not fit',
  );
  log.say.set('/log/v1/tile/0/003.p/132', { status: 404 });
  await refused({ code: 'tile_missing' }, 'a tile that is missing');
  log.say.clear();
  log.shown.checkpoint = log.shown.checkpoint.replace('\n900\n', '\n899\n');
  await refused({ code: 'checkpoint_refused' }, 'a checkpoint that nobody signed');
  log.say.set('/log/v1/checkpoint', { status: 404 });
  await refused({ code: 'went_back' }, 'no checkpoint at all');
  log.say.set('/log/v1/checkpoint', { status: 503 });
  t.match(await look(), { code: 4, alarm: { code: 'stopped' } }, 'a log that signs nothing now');
  log.say.clear();
  log.show(entries.slice(0, 600));
  log.shown.cosigned = log.sign(other.slice(0, 450));
  await refused(
    { code: 'forked', message: /one of 450 entries, and another of 600/ },
    'witnesses that were shown another',
  );
  log.shown.cosigned = log.sign(other.slice(0, 700));
  log.say.set('/log/v1/tile/entries/002.p/188', { status: 200, body: tilesOf(other.slice(0, 700)).at(-1)!.bytes });
  t.match((await look()).alarm?.code, /forked|wrong|missing/, 'or another that is longer than what is shown');
  log.say.clear();
  log.shown.cosigned = '';
  log.say.set('/log/v1/checkpoint', { status: 200, body: Buffer.of(0xff, 0xfe) });
  await refused({ code: 'not_text' }, 'what is no text');
  log.say.clear();
  log.shown.checkpoint = log.signRoot(2 ** 50, randomBytes(32));
  t.match((await look()).code, 1, 'a size that it does not have');
  t.notOk(existsSync(join(folder, 'tile/entries/003')), 'of which nothing is kept');
  log.show(entries.slice(0, 600));
  log.shown.descriptor = await makeNode(log.origin).describe();
  await refused({ code: 'descriptor_refused', message: /fingerprint/ }, 'another identity key');
  log.shown.descriptor = 'e30.bm90IGpzb24.AAAA';
  await refused({ code: 'descriptor_refused' }, 'no descriptor');
  const claims = Buffer.from(JSON.stringify({ seq: 9999, keys: { identity: { jwk: { kty: 'OKP' } } } })).toString(
    'base64url',
  );
  log.shown.descriptor = `e30.${claims}.AAAA`;
  await refused({ code: 'descriptor_refused' }, 'one that is far ahead');
  const elsewhere = await runDetente(['monitor', log.origin, folderFor(t), '--once', '--fingerprint', log.fingerprint]);
  t.match(elsewhere, { code: 1, stdout: /ALARM {2}the descriptor of .* is refused/ }, 'and a person reads it');
});

for (const [what, rotations, purposes] of [
  ['its log key', 1, ['log']],
  ['its log and identity key, twice,', 2, ['log', 'identity']],
] as const)
  test(`a node that rotates ${what} between two histories has forked, and the file proves it`, async (t) => {
    const log = await hostileLog(t);
    const folder = folderFor(t);
    const look = () => runDetente(['monitor', log.origin, folder, '--once', '--json']);
    const entries = leaves(600);
    log.show(entries.slice(0, 500));
    t.equal((await look()).code, 0);
    for (let time = 0; time < rotations; time++) await log.rotate([...purposes]);
    log.show([...entries.slice(0, 400), ...leaves(150)]);
    const { alarm } = JSON.parse((await look()).stdout);
    t.equal(alarm.code, 'forked');
    const told = await runDetente(['verify', alarm.evidence, '--fingerprint', log.fingerprint]);
    t.match(told, { code: 0, stdout: /proves that a log has forked/ });
    const { descriptors, ...file } = JSON.parse(readFileSync(alarm.evidence, 'utf8'));
    t.equal(descriptors.length, 1 + rotations);
    writeFileSync(join(folder, 'short.json'), JSON.stringify({ ...file, descriptors: descriptors.slice(0, -1) }));
    t.match(await runDetente(['verify', join(folder, 'short.json')]), {
      code: 1,
      stderr: /proof_refused|two histories/,
    });
    writeFileSync(join(folder, 'turned.json'), JSON.stringify({ ...file, descriptors: descriptors.toReversed() }));
    const turned = await runDetente(['verify', join(folder, 'turned.json'), '--fingerprint', log.fingerprint]);
    t.equal(turned.code, purposes.length === 1 ? 0 : 1, 'a key that nobody announced before is nobody’s');
  });

test('what was cosigned before several rotations is held against the log, though its key was revoked', async (t) => {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  const look = () => runDetente(['monitor', log.origin, folder, '--once', '--json']);
  const entries = leaves(20);
  log.show(entries.slice(0, 10));
  t.match(await look(), { code: 0 });
  log.shown.cosigned = log.shown.checkpoint;
  for (let time = 0; time < 3; time++) await log.rotate(['log']);
  log.show(entries);
  t.match(await look(), { code: 0, stdout: /"cosigned":10/ });
  log.shown.cosigned = log.shown.checkpoint;
  const lie = log.sign(leaves(15));
  await log.rotate(['log'], { revoke: true });
  t.match(await look(), { code: 0, stdout: /"size":20.*"cosigned":20/ }, 'until the new key has signed');
  log.show(entries);
  t.match(await look(), { code: 0, stdout: /"cosigned":20/ }, 'until witnesses have signed one of the new key');
  log.shown.cosigned = lie;
  t.match(await look(), { code: 1, stdout: /forked/ });
});

test('a first look believes the keys of before that the same identity key has shown, and no others', async (t) => {
  const log = await hostileLog(t);
  const look = () => runDetente(['monitor', log.origin, folderFor(t), '--once', '--json']);
  const entries = leaves(20);
  log.show(entries);
  log.shown.cosigned = log.shown.checkpoint;
  await log.rotate(['log']);
  await log.rotate(['record']);
  t.match(await look(), { code: 0, stdout: /"size":20.*"cosigned":20/ }, 'before the first tick of the new key');
  const first = '/.well-known/detente?seq=1';
  const shown = log.say.get(first)!;
  log.say.set(first, { status: 404 });
  t.match(await look(), { code: 1, stdout: /checkpoint_refused/ }, 'a key that it has not shown');
  const [head, payload] = shown.body!.toString().split('.');
  log.say.set(first, { status: 200, body: `${head}.${payload}.${'A'.repeat(86)}` });
  t.match(await look(), { code: 1, stdout: /descriptor_refused/ }, 'or that nobody has signed');
  log.say.set(first, shown);

  log.show(entries.slice(0, 12));
  log.shown.cosigned = '';
  await log.rotate(['log'], { revoke: true, before: 12 });
  t.match(await look(), { code: 0, stdout: /"size":12/ }, 'a revoked key counts as far as its node says');
  log.shown.descriptor = log.say.get('/.well-known/detente?seq=3')!.body!.toString();
  log.show(entries.slice(0, 16));
  const late = log.shown.checkpoint;
  await log.rotate(['log'], { revoke: true, before: 15 });
  log.shown.checkpoint = late;
  t.match(await look(), { code: 1, stdout: /checkpoint_refused/ }, 'and no further');

  log.show(entries);
  await log.rotate(['log']);
  t.match(await look(), { code: 0 });
  await log.rotate(['identity']);
  t.match(await look(), { code: 1, stdout: /checkpoint_refused/ }, 'nor one that an identity key before has shown');
});

test('a history that a revoked key signed is an alarm, and no proof for others', async (t) => {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  const look = () => runDetente(['monitor', log.origin, folder, '--once', '--json']);
  const entries = leaves(500);
  log.show(entries);
  t.equal((await look()).code, 0);
  await log.rotate(['log'], { revoke: true });
  log.show([...entries.slice(0, 400), ...leaves(100)]);
  const { alarm } = JSON.parse((await look()).stdout);
  t.match(alarm, { code: 'forked', message: /a key of one was revoked/, evidence: undefined });
});

test('a log that has nothing yet is followed until it has', async (t) => {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  const look = () => runDetente(['monitor', log.origin, folder, '--once', '--json']);
  log.show([]);
  for (let round = 0; round < 2; round++) t.match(await look(), { code: 0 });
  log.shown.checkpoint = log.signRoot(0, randomBytes(32));
  t.match(await look(), { code: 1, stdout: /checkpoint_refused/ }, 'and has no root but that of nothing');
  log.show(leaves(5));
  t.match(await look(), { code: 0, stdout: /"size":5/ });
});

test('a crash while a log is taken costs nothing: the next look takes it again', async (t) => {
  const log = await hostileLog(t);
  const folder = folderFor(t);
  log.show(leaves(20_000));
  log.say.set('/log/v1/tile/entries/070', { status: 404 });
  t.equal((await runDetente(['monitor', log.origin, folder, '--once'])).code, 1);
  t.ok(existsSync(join(folder, 'tile/entries/063')), 'part of it is there');
  t.notOk(existsSync(join(folder, 'checkpoint')), 'and nothing is shown for it');
  log.say.clear();
  t.match(await runDetente(['monitor', log.origin, folder, '--once']), { code: 0, stdout: /20000 entries, 20000 new/ });
});

test('a real node is followed: every tick, its silence, and its end', async (t) => {
  const node = await startNode(t, { name: 'cn', tickMs: 300 });
  const folder = folderFor(t);
  const pager = join(folder, '..', 'pager');
  writeFileSync(pager, `#!/bin/sh\necho "$1" >> ${pager}.told\n`);
  chmodSync(pager, 0o700);
  const on = ['--fingerprint', node.fingerprint, '--every', '1', '--stale', '3', '--alarm', pager, '--json'];
  const monitor = spawnDetente(['monitor', node.origin, folder, ...on]);
  t.teardown(() => monitor.kill('SIGKILL'));
  let out = '';
  monitor.stdout!.on('data', (text) => {
    out += text;
  });
  const findings = () =>
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  await until(
    'three looks that find something new',
    async () => findings().filter(({ added }) => added > 0).length > 2,
  );
  await node.sql('border', `INSERT INTO signing_stops (kind, reason) VALUES ('damaged', 'for a test')`);
  await node.sql('border', `UPDATE tree SET batch_size = 0`);
  await until('a log that stands still is an alarm', async () =>
    findings().some(({ alarm }) => alarm?.code === 'stale'),
  );
  await until('which is told', async () => existsSync(`${pager}.told`));
  t.match(readFileSync(`${pager}.told`, 'utf8'), /^\S+\/log\/v1 has \d+ entries and has shown no new one since /);
  await node.stop();
  await until('and so is a node that is gone', async () =>
    findings().some(({ alarm }) => alarm?.code === 'unreachable'),
  );
  const code = new Promise((resolve) => monitor.on('close', resolve));
  monitor.kill('SIGINT');
  t.equal(await code, 0, 'it ends when it is told to');
});
