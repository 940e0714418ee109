// An offer from its template to the signature, as an officer at a terminal meets it, and the terms that follow.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OfferBody, offerFrom, parseOffer, TEMPLATES, terms } from '@detente/reciprocity';
import { runDetente, startNode, until } from '@detente/testkit';
import { test } from 'tap';
import { rowsOf } from '../src/commands/terms.ts';

const PRINT = 'm8DEqtbp0xbPRV7tHcAZcM5g_3H_Y5aeW1G-3I1BB4k';

test('an offer is written from a template, checked, and signed or not', { timeout: 120_000 }, async (t) => {
  const cn = await startNode(t, { name: 'cn' });
  const folder = mkdtempSync(join(tmpdir(), 'detente-offers-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) => runDetente([...args, '--data', cn.data]);
  const file = join(folder, 'offer.json');
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as OfferBody;
  const write = (change: object) => writeFileSync(file, JSON.stringify({ ...read(), ...change }));
  t.match(await run('peer', 'add', 'us', 'https://us.example', '--fingerprint', PRINT), { code: 0 });

  await t.test('every template is one, and help says what each is', async (t) => {
    const help = (await runDetente(['offer', 'new', '--help'])).stdout;
    for (const name of TEMPLATES) {
      const { code, stdout } = await runDetente(['offer', 'new', '--template', name]);
      t.equal(code, 0);
      t.same(parseOffer(JSON.parse(stdout)), offerFrom(name, new Date().toISOString().slice(0, 10)));
      t.match(help, new RegExp(`^ {2}${name} +[A-Z].*\\.$`, 'm'));
    }
    t.match(await runDetente(['offer', 'new', '--template', 'open', '-o', file]), { code: 0, stdout: /Written to/ });
    t.match(await runDetente(['offer', 'new', '--template', 'open', '-o', file]), { code: 2, stderr: /already/ });
    t.equal((await runDetente(['offer', 'new', '--template', 'bold'])).code, 2);
  });

  await t.test('what bars signing is told in sentences, and is not signed', async (t) => {
    t.match(await run('offer', 'check', 'us', file), { code: 0, stdout: /^counts from +\d{4}-\d\d-\d\d\n$/ });
    const [rule] = read().gives;
    write({ gives: [{ ...rule, onward: { to: ['*'], tier: 'red' } }, rule] });
    const asked = await run('offer', 'check', 'us', file);
    t.match(asked, {
      code: 1,
      stdout: /^bars signing +Rule 1 lets more be passed on than it gives\.\nnote +Rule 2 is never reached/,
      stderr: /: The offer would not be signed/,
    });
    t.match(await run('offer', 'check', 'us', file, '--lang', 'zh'), { stdout: /^bars signing +第1条允许转交/ });
    const ran = await run('offer', 'check', 'us', file, '--json');
    t.equal(ran.code, 1);
    t.match(JSON.parse(ran.stdout).findings, [
      { code: 'onward_above_tier', params: { rule: 0 }, bars_signing: true },
      { code: 'rule_shadowed', params: { rule: 1 }, bars_signing: false },
    ]);
    t.match(await run('peer', 'offer', 'us', '--file', file), {
      code: 1,
      stdout: '',
      stderr: 'detente: The offer is not signed. Rule 1 lets more be passed on than it gives.\n',
    });
    t.same(await cn.sql('home', `SELECT FROM acts WHERE act = 'peer.offer'`), []);
    write({ gives: [rule, rule] });
    t.match(await run('peer', 'offer', 'us', '--file', file), {
      code: 0,
      stdout: /is accepted.*\nnote +Rule 2 is never reached.*\ncounts from /,
    });
  });

  await t.test('a file that is none, and a peer that is none', async (t) => {
    const none = join(folder, 'none.json');
    t.match(await run('offer', 'check', 'us', none), { code: 2, stderr: /cannot be read as JSON/ });
    t.match(await run('offer', 'check', 'nobody', file), { code: 1, stderr: /There is no peer nobody/ });
    writeFileSync(none, '{"gives": []}');
    t.match(await run('offer', 'check', 'us', none), { code: 1, stderr: /body\/offer/ });
    t.match(await run('terms', 'nobody'), { code: 1, stderr: /There is no peer nobody/ });
  });

  await t.test('the terms have the sentence of the rule that decided', async (t) => {
    await until('the worker has computed them', async () => (await cn.sql('home', 'SELECT FROM terms')).length > 1);
    const { code, stdout } = await run('terms', 'us');
    t.equal(code, 0);
    t.match(stdout, /What us is given: [\s\S]*incident +all +all +nothing +The node has not been enrolled/);
    t.match(stdout, /What us gives: /);
    t.match(
      stdout,
      /access +name +open +why\n.*\ndrill +any +no +The drill any is closed, since the standing is none\./,
    );
    t.match((await run('terms', 'us', '--lang', 'zh')).stdout, /nothing +该节点尚未正式接纳/);
    const { given, taken } = JSON.parse((await run('terms', 'us', '--json')).stdout);
    t.match(given.cells[0], { cell: 'incident/bio/unrated', level: null, rule: { code: 'not_enrolled', params: {} } });
    t.equal(taken.cells.length, given.cells.length);
    t.match([given.access, taken.access], [[{ kind: 'drill', open: false, rule: { code: 'access_standing' } }], []]);
  });

  await t.test('what releases old records is simulated, shown and asked about before it is signed', async (t) => {
    const [id, digest] = ['00000000-0000-4000-8000-000000000001', 'B'.repeat(43)];
    const standing = {
      standing: 'good',
      since: '2026-01-01',
      reason: { code: 'enrolled', params: {} },
      overridden: false,
    };
    const insert = `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body)
      VALUES ($1, 'detente-standing+jwt', 'https://us.example', 1, 'x', 'x', 'x', $2)`;
    await cn.sql('home', insert, [cn.origin, JSON.stringify(standing)]);
    await cn.sql('home', `INSERT INTO labs (id, key_hash, name_sealed) VALUES ($1, 'x', '')`, [id]);
    await cn.sql('home', `INSERT INTO cases (id, lab, fields, draft_due) VALUES ($1, $1, '{}', false)`, [id]);
    await cn.sql(
      'home',
      `INSERT INTO records (digest, id, case_id, type, domain, band, tlp, tick, exercise, retracted, token, lengths, place)
       VALUES ($1, $2, $2, 'incident/1', 'bio', '2-3', 'clear', 0, false, false, 'x', '{1,1,1,1,1,1}', 1000000)`,
      [digest, id],
    );
    rmSync(file);
    await runDetente(['offer', 'new', '--template', 'clearinghouse', '-o', file]);
    t.match(await run('offer', 'check', 'us', file), {
      code: 0,
      stdout: new RegExp(
        `effect +Record versions that are logged already and would be released: 1\\.[\\s\\S]*Would be released\n[\\s\\S]*${digest}.* nothing +amber-strict`,
      ),
    });
    const simulated = await run('offer', 'simulate', 'us', file);
    t.match(simulated, {
      code: 0,
      stdout:
        /Of our 1 records of the last 90 days we would give more of 1\.\nCells that change: 40\n.*then up to +why\n.*\nincident +all +all +amber-strict +Rule 1 /,
    });
    t.match(
      (await run('offer', 'simulate', 'us', file, '--lang', 'zh')).stdout,
      /在我方最近90天的1份记录中，将有1份提供得更多。/,
    );
    t.match(await run('peer', 'offer', 'us', '--file', file), {
      code: 1,
      stdout: '',
      stderr: /Would be released[\s\S]*releases 1 record versions and asks 0 back\. If that is meant, say --yes\./,
    });
    t.match(await run('peer', 'offer', 'us', '--file', file, '--yes'), { code: 0, stdout: /is accepted/ });
  });
});

test('cells that are alike stand in one row', async (t) => {
  const day = '2026-11-24';
  const body = offerFrom('cautious', day);
  const bio = { ...body.gives[0]!, domains: ['bio' as const], bands: ['*' as const], tier: null };
  const offers = {
    giver: { digest: 'A'.repeat(43), body: { ...body, gives: [bio, ...body.gives] } },
    taker: { digest: 'B'.repeat(43), body: offerFrom('floor-only', day) },
  };
  const standings = { giver: { digest: 'C'.repeat(43), standing: 'good' as const }, taker: null };
  const { cells } = terms({ giver: 'https://cn.example', taker: 'https://us.example', day, offers, standings });
  const rows = rowsOf(
    [...cells].map(([cell, { level, rule }]) => ({ cell, level, rule })),
    'en',
  );
  const others = 'chemical, nuclear, cyber, manipulation, loss-of-control, model-security, other';
  t.same(
    rows.map((row) => row.slice(1, 4)),
    [
      ['bio', 'unrated, 0-1, 2-3, 4', 'nothing'],
      ['bio', '5-7', 'green'],
      [others, 'unrated, 0-1', 'clear'],
      [others, '2-3, 4', 'nothing'],
      [others, '5-7', 'green'],
    ],
  );
  t.match(rows[1]![4], 'From severity 5 on, everything up to green goes to every enrolled peer');
  t.match(rows[3]![4], 'Rule 3 of the offer gives as much as is given in return: green at most, and nothing is given');
});
