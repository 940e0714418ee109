// What a lab or a stranger can send to reporting that means two things, none, or too much.

import { connect } from 'node:net';
import { test } from 'tap';
import { call, createNode, report, serve } from './reporting-node.ts';

const cases = '/reporting/v1/cases';

const texts = [
  'plain',
  ' spaces before, after and  between ',
  'CR\r\nLF\nCR\r and a tab\t',
  'e\u0301 and \u00e9, \u212b and \u00c5, \ufb01 and fi',
  'right \u202eto left\u202c, joined \u200d, not \u200c, soft\u00ad hyphen, a mark \ufeff inside',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466} \u{1f1fa}\u{1f1f8} \u{20000}\u{10ffff}\uffff\ufffe\ufffd',
  '\u2028 \u2029 \u0085 \u007f \u0080',
  '\\u0041 \\\\ \\n "quoted" \'quoted\' `code` %s %00 \\x00',
  "'; DROP TABLE cases; -- $1 E'\\\\' U&'\\0041'",
  '<script>alert(1)</script> &amp; &#0; <!-- ]]>',
  '=1+1|cmd',
  'null',
  '{"title":"nested"}',
  '\u4e2d\u6587\uff0c\u7e41\u9ad4 \u3042\u3044 \ud55c\uad6d\uc5b4 \u0e44\u0e17\u0e22 \u0639\u0631\u0628\u064a \u05e2\u05d1\u05e8\u05d9\u05ea',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324',
];

/** As other encoders write it: every character that is not ASCII, and the slash, as an escape. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]|\//g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

test('a report is kept as it was sent, or refused whole', async (t) => {
  const node = await createNode(t);
  const lines: string[] = [];
  const origin = await serve(t, node, {}, lines);
  const lab = await node.addLab();

  await t.test('stored text equals sent text, byte for byte', async (t) => {
    for (const [at, text] of texts.entries()) {
      for (const spelled of [JSON.stringify(text), escaped(text)]) {
        const body = JSON.stringify(report({}, { summary: 'SUMMARY' })).replace('"SUMMARY"', () => spelled);
        const answer = await call(origin, cases, lab, body);
        t.equal(answer.status, 201, `text ${at}: ${answer.json.code}`);
        const [row] = await node.rows<{ stored: Buffer }>(
          `SELECT convert_to(fields ->> 'summary', 'UTF8') AS stored FROM cases WHERE id = $1`,
          [answer.json.id],
        );
        t.same(row!.stored, Buffer.from(text), `text ${at}`);
        t.equal((await node.vaultOf(answer.json.id))[0]!.body, body, 'and the whole body is sealed as it came');
      }
    }
  });

  await t.test('what two parsers could read differently is refused, and leaves nothing behind', async (t) => {
    const good = JSON.stringify(report({}, { summary: 'SUMMARY' }));
    const summary = (text: string) => good.replace('"SUMMARY"', () => text);
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const shapes: [what: string, status: 400 | 422, body: string][] = [
      ['a member twice', 422, summary('"a","summary":"b"')],
      ['a member twice, once escaped', 422, summary('"a","s\\u0075mmary":"b"')],
      ['NUL', 422, summary('"a\\u0000b"')],
      ['a bare NUL', 400, summary('"a\0b"')],
      ['a lone high surrogate', 422, summary('"a\\ud800b"')],
      ['a lone low surrogate', 422, summary('"a\\udc00b"')],
      ['surrogates the wrong way round', 422, summary('"\\udc00\\ud800"')],
      ['a number for a text', 422, summary('1')],
      ['2^53+1', 422, good.replace('{', '{"x":9007199254740993,')],
      ['-2^53-1', 422, good.replace('{', '{"x":-9007199254740993,')],
      ['1e400', 422, good.replace('{', '{"x":1e400,')],
      ['-1e400', 422, good.replace('{', '{"x":-1e400,')],
      ['1e-400', 422, good.replace('{', '{"x":1e-400,')],
      ['__proto__', 422, good.replace('{', '{"__proto__":{"admin":true},')],
      ['__proto__, escaped', 422, good.replace('{', '{"\\u005f\\u005fproto__":{"admin":true},')],
      ['__proto__ inside', 422, summary('"a","__proto__":{"title":"b"}')],
      ['constructor', 422, good.replace('{', '{"constructor":{"prototype":{}},')],
      ['an unknown member', 422, good.replace('{', '{"severity_override":7,')],
      ['20,000 arrays', 422, good.replace('{', `{"x":${deep},`)],
      ['20,000 arrays that never close', 400, good.replace('{', `{"x":${'['.repeat(20_000)},`)],
      ['20,000 objects', 422, good.replace('{', `{"x":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)},`)],
      ['two values', 400, `${good}${good}`],
      ['a comment', 400, good.replace('{', '{/* */')],
      ['a trailing comma', 400, good.replace(/\}$/, ',}')],
      ['a mark at the front', 400, `\ufeff${good}`],
      ['NaN', 400, good.replace('{', '{"x":NaN,')],
      ['a bare line end', 400, summary('"a\nb"')],
      ['nothing', 400, ' '],
    ];
    const before = await node.rows('SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM vault)');
    for (const [what, status, body] of shapes) {
      const answer = await call(origin, cases, lab, body);
      t.equal(answer.status, status, `${what}: ${answer.text.slice(0, 200)}`);
      t.match(answer.headers.get('content-type'), /^application\/problem\+json/);
      t.ok(answer.text.length < 20_000, `${what}: a short answer`);
    }
    t.same(await node.rows('SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM vault)'), before);
    t.equal(({} as Record<string, unknown>).admin, undefined);
  });

  await t.test('the log has one line an entry, short, and nothing of what was sent', async (t) => {
    const { hostname, port } = new URL(origin);
    const canary = 'CANARY'.repeat(100);
    const raw = (head: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.end(head, 'latin1'));
        socket
          .on('close', () => resolve())
          .on('error', () => {})
          .resume();
      });
    const { length } = lines;
    for (const path of [`/${canary}`, `${cases}/${canary}`, `${cases}?${canary}=1`, '/%0a{"level":60}', '/\x1b[2J\x85'])
      await raw(`GET ${path} HTTP/1.1\r\nHost: ${canary}\r\nConnection: close\r\n\r\n`);
    for (const header of ['Authorization: Bearer ', 'User-Agent: ', 'Cookie: a=', 'X-Request-Id: ', 'Content-Type: '])
      await raw(
        `POST ${cases} HTTP/1.1\r\nHost: a\r\n${header}${canary}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
    await raw(`${canary}\r\n\r\n`);
    await call(origin, cases, lab, JSON.stringify(report({ proposals: canary }, { title: canary, [canary]: 1 })));
    await call(origin, cases, lab, `{"${canary}`);
    t.ok(lines.length > length, 'there is something in it');
    for (const line of lines) {
      t.equal(line.indexOf('\n'), line.length - 1, 'one line');
      t.notMatch(line, new RegExp(`CANARY|${lab}`), 'nothing that was sent');
      t.ok(line.length < 4_096);
      JSON.parse(line);
    }
  });

  t.notOk(
    lines.some((line) => JSON.parse(line).level >= 50),
    'nothing failed inside',
  );
});

test('a stranger’s flood takes nothing from a lab at the same address', async (t) => {
  const node = await createNode(t);
  const origin = await serve(t, node, { DETENTE_RATE_LIMIT_PER_MINUTE: '5', DETENTE_CALLER_LIMIT_PER_MINUTE: '20' });
  const [lab, other] = [await node.addLab(), await node.addLab()];
  const post = (who: string | undefined) => call(origin, cases, who, report());
  t.equal((await post(lab)).status, 201);
  for (let at = 0; at < 10; at++) await post(undefined);
  const refused = await post('guess-guess-guess-guess');
  t.match([refused.status, refused.json.code], [429, 'rate_limited']);
  t.match(refused.headers.get('retry-after'), /^[1-9]\d*$/);
  for (let at = 0; at < 20; at++) t.equal((await post(lab)).status, 201);
  t.equal((await post(lab)).status, 429, 'until its own room is used up');
  t.equal((await post(other)).status, 429, 'and a lab that was never let in here is a stranger');
});
