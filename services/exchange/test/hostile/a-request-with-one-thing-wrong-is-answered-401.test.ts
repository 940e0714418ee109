import type { HostileNode, RawRequest, Signing } from '@detente/testkit';
import { test } from 'tap';
import { changesNothing, problemOf, startVictim } from './victim.ts';

type Call = Parameters<HostileNode['sign']>[1];

const feed: Call = { method: 'GET', path: '/exchange/v1/feed' };
const put: Call = { method: 'PUT', path: '/exchange/v1/statements', body: JSON.stringify({ statement: 'a.b.c' }) };

test('every single thing that is wrong with a signed request is answered 401, and changes nothing', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const sign = (call: Call, signing: Partial<Signing> = {}) => mallory.sign(us.origin, call, signing);
  const refused = async (t: Tap, raw: RawRequest, code: string) => {
    t.same(await changesNothing(t, us, () => problemOf(t, victim, raw)), [401, code]);
  };
  type Tap = typeof t;

  await t.test('the same requests with nothing wrong are taken in', async (t) => {
    t.same(await problemOf(t, victim, sign(feed)), [503, 'unavailable'], 'known, and told that there is no page yet');
    t.same(await problemOf(t, victim, sign(put)), [422, 'validation_failed']);
  });

  const changed: [string, string, RawRequest, (raw: RawRequest) => unknown][] = [
    ['no signature at all', 'signature_missing', sign(feed), (raw) => Object.assign(raw, { headers: {} })],
    ['a signature without its input', 'signature_missing', sign(feed), drop('signature-input')],
    ['an input without its signature', 'signature_missing', sign(feed), drop('signature')],
    ['a body swapped under a valid signature', 'signature_digest_mismatch', sign(put), swapBody],
    [
      'a body and its digest swapped',
      'signature_invalid',
      sign(put),
      (raw) => swapWith(raw, sign({ ...put, body: '{}' })),
    ],
    ['the digest left out', 'signature_incomplete', sign(put), drop('content-digest')],
    ['a digest of another algorithm', 'signature_malformed', sign(put), set('content-digest', 'sha-512=:AAAA:')],
    ['another content-type', 'signature_invalid', sign(put), set('content-type', 'application/json; charset=utf-8')],
    ['another path', 'signature_invalid', sign(feed), (raw) => Object.assign(raw, { path: '/exchange/v1/statements' })],
    ['another query', 'signature_invalid', sign(feed), (raw) => Object.assign(raw, { path: `${raw.path}?after=1` })],
    [
      'another method',
      'signature_invalid',
      sign({ ...feed, method: 'PUT' }),
      (raw) => Object.assign(raw, { method: 'GET' }),
    ],
    ['a doubled signature', 'signature_malformed', sign(feed), twice('signature')],
    ['a doubled input', 'signature_malformed', sign(feed), twice('signature-input')],
    ['a digest on two lines', 'signature_malformed', sign(put), twice('content-digest')],
    ['a truncated signature', 'signature_malformed', sign(feed), signature((text) => text.slice(0, -20))],
    ['a signature of 63 bytes', 'signature_malformed', sign(feed), bytes((all) => all.subarray(1))],
    [
      'a signature of 65 bytes',
      'signature_malformed',
      sign(feed),
      bytes((all) => Buffer.concat([all, Buffer.alloc(1)])),
    ],
    ['an empty signature', 'signature_malformed', sign(feed), bytes(() => Buffer.alloc(0))],
    ['a signature of zeros', 'signature_invalid', sign(feed), bytes(() => Buffer.alloc(64))],
    ['a signature with a bit turned', 'signature_invalid', sign(feed), bytes((all) => all.fill(all[9]! ^ 1, 9, 10))],
    ['two signatures under one label', 'signature_malformed', sign(feed), signature((text) => `${text}, ${text}`)],
    ['a second signature beside it', 'signature_malformed', sign(feed), second],
    [
      'a signature respelled',
      'signature_malformed',
      sign(feed),
      signature((text) => text.replace(/.==:$/, (end) => `${next(end[0]!)}==:`)),
    ],
  ];
  for (const [what, code, raw, change] of changed)
    await t.test(what, async (t) => {
      change(raw);
      await refused(t, raw, code);
    });

  const without = (name: string) => ({ components: (all: string[]) => all.filter((one) => one !== name) });
  const lacking = (name: string) => ({ parameters: (all: [string, string][]) => all.filter(([one]) => one !== name) });
  const saying = (name: string, value: string) => ({
    parameters: (all: [string, string][]) =>
      all.map(([one, said]): [string, string] => [one, one === name ? value : said]),
  });
  const also = (name: string, value: string) => ({
    parameters: (all: [string, string][]): [string, string][] => [...all, [name, value]],
  });
  const stranger = mallory.signer('record');
  const signed: [string, string, Call, Partial<Signing>][] = [
    ['@method not covered', 'signature_incomplete', put, without('@method')],
    ['@target-uri not covered', 'signature_incomplete', put, without('@target-uri')],
    ['content-type not covered', 'signature_malformed', put, without('content-type')],
    ['content-digest not covered', 'signature_malformed', put, without('content-digest')],
    ['nothing of the body covered', 'signature_incomplete', put, { components: (all) => all.slice(0, 2) }],
    ['nothing covered', 'signature_incomplete', put, { components: () => [] }],
    ['a component covered twice', 'signature_malformed', feed, { components: (all) => [...all, '@method'] }],
    ['a component too many', 'signature_malformed', feed, { components: (all) => [...all, '@authority'] }],
    ['components in another order', 'signature_malformed', feed, { components: (all) => all.toReversed() }],
    ['the target of another node', 'signature_invalid', feed, { origin: mallory.origin }],
    ...['created', 'expires', 'nonce', 'keyid', 'tag'].map((name) => {
      const row: (typeof signed)[number] = [`no ${name}`, 'signature_incomplete', feed, lacking(name)];
      return row;
    }),
    ['the tag of another protocol', 'signature_malformed', feed, saying('tag', '"web-bot-auth"')],
    ['another label', 'signature_malformed', feed, { label: 'sig1' }],
    ['alg none', 'signature_malformed', feed, also('alg', '"none"')],
    ['alg hmac-sha256', 'signature_malformed', feed, also('alg', '"hmac-sha256"')],
    ['an alg that is that of the key', 'signature_malformed', feed, also('alg', '"ed25519"')],
    ['a short nonce', 'signature_malformed', feed, saying('nonce', '"AAAA"')],
    ['a key that is none of a peer', 'signature_invalid', feed, stranger],
    ['the name of a key and another one’s signature', 'signature_invalid', feed, { privateKey: stranger.privateKey }],
    ['a lifetime of 301 s', 'signature_expired', feed, { lifetime: 301 }],
    ['a lifetime of nothing', 'signature_malformed', feed, { lifetime: 0 }],
    ['a clock that is more than 61 s ahead', 'signature_expired', feed, { ahead: 62 }],
    ['a clock that is 61 s behind', 'signature_expired', feed, { ahead: -121 }],
  ];
  for (const [what, code, call, signing] of signed)
    await t.test(what, async (t) => {
      await refused(t, sign(call, signing), code);
    });

  await t.test('a body of no type, or where none belongs, is not looked at', async (t) => {
    const [typeless, needless] = [sign(put), sign(feed)];
    drop('content-type')(typeless);
    addBody(needless);
    for (const raw of [typeless, needless])
      t.same(await changesNothing(t, us, () => problemOf(t, victim, raw)), [415, 'unsupported_media_type']);
  });

  await t.test('clocks that are 59 s apart do not part two nodes', async (t) => {
    t.same(await problemOf(t, victim, sign(feed, { ahead: 59 })), [503, 'unavailable']);
    t.same(await problemOf(t, victim, sign(feed, { ahead: -59 - 60 })), [503, 'unavailable']);
    t.same(await problemOf(t, victim, sign(feed, { lifetime: 300 })), [503, 'unavailable']);
  });

  t.notOk(
    us.lines.some((line) => JSON.parse(line).level >= 50),
    'nothing failed inside',
  );
});

type Change = (raw: RawRequest) => unknown;

function drop(name: string): Change {
  return ({ headers }) => Reflect.deleteProperty(headers, name);
}

function set(name: string, value: string): Change {
  return ({ headers }) => Object.assign(headers, { [name]: value });
}

function twice(name: string): Change {
  return ({ headers }) => Object.assign(headers, { [name]: [headers[name], headers[name]] });
}

function signature(change: (text: string) => string): Change {
  return ({ headers }) => Object.assign(headers, { signature: change(headers.signature as string) });
}

function bytes(change: (all: Buffer) => Buffer): Change {
  return signature((text) => `detente=:${change(Buffer.from(text.slice(9, -1), 'base64')).toString('base64')}:`);
}

function addBody(raw: RawRequest): void {
  Object.assign(raw, { body: Buffer.from('{}'), headers: { ...raw.headers, 'content-type': 'application/json' } });
}

function swapBody(raw: RawRequest): void {
  raw.body = Buffer.from(raw.body.toString().replace('a.b.c', 'a.b.d'));
}

/** Body and digest of another request, the signature of this one. */
function swapWith(raw: RawRequest, { body, headers }: RawRequest): void {
  raw.body = body;
  raw.headers['content-digest'] = headers['content-digest']!;
}

function second({ headers }: RawRequest): void {
  headers['signature-input'] =
    `${headers['signature-input']}, ${String(headers['signature-input']).replace('detente', 'other')}`;
  headers.signature = `${headers.signature}, ${String(headers.signature).replace('detente', 'other')}`;
}

/** The next character: of the last one before the padding it changes bits that no byte uses. */
function next(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) + 1);
}
