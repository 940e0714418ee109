import type { FeedPage } from '@detente/feed';
import { countVerifications, encode, type RawRequest, signByHand } from '@detente/testkit';
import { test } from 'tap';
import { changesNothing, evidence, problemOf, quarantined, startVictim } from './victim.ts';

const feed = { method: 'GET', path: '/exchange/v1/feed' };
const statements = '/exchange/v1/statements';
const put = (statement: unknown) => ({ method: 'PUT', path: statements, body: JSON.stringify({ statement }) });
const long = (length: number) => 'A'.repeat(length);

test('what is too large is refused before any signature of it is verified', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const { log } = mallory;
  log.pad(2);
  await us.pull(mallory);
  log.add(mallory.record().token);
  const verified = countVerifications(t);
  /** Sends, and counts the signatures that were verified, and the questions to the database, on the way to the answer. */
  const cost = async (raw: RawRequest) => {
    const before = [verified.count, us.asked.count] as const;
    const [status, code] = await problemOf(t, victim, raw);
    return { status, code, verified: verified.count - before[0], asked: us.asked.count - before[1] };
  };
  const sign = (call: Parameters<typeof mallory.sign>[1]) => mallory.sign(us.origin, call);
  const withHeader = (name: string, change: (text: string) => string) => {
    const raw = sign(feed);
    return { ...raw, headers: { ...raw.headers, [name]: change(String(raw.headers[name])) } };
  };

  await t.test('requests: not even the caller is looked up', async (t) => {
    const rows: [string, RawRequest, number, string][] = [
      ['a statement of 70,001 bytes', sign(put(long(70_001))), 413, 'payload_too_large'],
      [
        'a receipt of 1,100,001 bytes',
        sign({ method: 'POST', path: '/exchange/v1/receipts', body: long(1_100_001) }),
        413,
        'payload_too_large',
      ],
      ['a header of 17 kB', withHeader('x-more', () => long(17_000)), 431, 'headers_too_large'],
      [
        '1,000 header fields',
        { ...sign(feed), headers: Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`x-${at}`, long(20)])) },
        431,
        'headers_too_large',
      ],
      ['an address of 17 kB', sign({ ...feed, path: `${feed.path}?after=${long(17_000)}` }), 431, 'headers_too_large'],
      [
        'an input of 2,001 characters',
        withHeader('signature-input', (text) => text.replace('tag=', `more="${long(2001)}";tag=`)),
        401,
        'signature_malformed',
      ],
      [
        'a label of 2,001 characters',
        withHeader('signature-input', (text) => text.replace('detente', long(2001).toLowerCase())),
        401,
        'signature_malformed',
      ],
      [
        'a signature of 2,001 characters',
        withHeader('signature', () => `detente=:${long(2000)}:`),
        401,
        'signature_malformed',
      ],
      [
        'a nonce of 2,000 characters',
        withHeader('signature-input', (text) => text.replace('nonce="', `nonce="${long(1700)}`)),
        401,
        'signature_malformed',
      ],
    ];
    for (const [what, raw, status, code] of rows)
      t.same(await cost(raw), { status, code, verified: 0, asked: 0 }, what);
  });

  await t.test('a body that does not say how long it is, is read up to the limit and no further', async (t) => {
    const raw = sign(put(long(70_001)));
    const headers = { ...raw.headers, 'transfer-encoding': 'chunked', 'content-length': [] };
    t.match(await cost({ ...raw, headers }), { status: 413, code: 'payload_too_large', verified: 0 });
  });

  await t.test('what is in a signed request: only the request itself is verified', async (t) => {
    const agency = mallory.signer('agency');
    const jws = (payload: unknown) =>
      signByHand({ alg: 'Ed25519', typ: 'detente-offer+jwt', kid: agency.kid }, payload, agency.privateKey);
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const rows: [string, RawRequest][] = [
      ['a statement of 65,537 characters', sign(put(`${long(65_000)}.${long(500)}.${long(35)}`))],
      ['a statement 20,000 deep', sign(put(jws(deep)))],
      ['a claim 33 deep', sign(put(jws(`{"body":${'['.repeat(32)}${']'.repeat(32)}}`)))],
      ['a header of a statement 20,000 deep', sign(put(`${encode(deep)}.e30.${long(86)}`))],
      ['a page of 1,001 records asked for', sign({ ...feed, path: `${feed.path}?limit=1001` })],
      ['a place beyond 2^53 asked for', sign({ ...feed, path: `${feed.path}?after=9007199254740993` })],
    ];
    for (const [what, raw] of rows) {
      const { verified: count, ...answer } = await changesNothing(t, us, () => cost(raw), evidence);
      t.match(answer, { status: 422, code: 'validation_failed' }, what);
      t.ok(count <= 1, what);
    }
  });

  await t.test('an answer that is longer than any is not read to its end', async (t) => {
    mallory.answer = ({ url }, response) => {
      if (!url.startsWith('/exchange/v1/feed')) return false;
      response.writeHead(200);
      const chunk = Buffer.alloc(1 << 20, 32);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
      return true;
    };
    const before = verified.count;
    await changesNothing(t, us, () => us.pull(mallory));
    t.match(await us.fault(mallory), /longer than 33554432 bytes/);
    t.equal(verified.count, before);
    mallory.answer = () => false;
  });

  const hash = Buffer.alloc(32).toString('base64url');
  const gap = { gap: { to: 1, hashes: [hash] } };
  const pages: [string, (page: FeedPage) => unknown, RegExp][] = [
    ['2,002 items', (page) => Object.assign(page, { items: Array(2002).fill(gap) }), /page_malformed .*maxItems/],
    [
      '250,000 values that nobody knows',
      (page) => Object.assign(page, { more: Array(250_000).fill([]) }),
      /page_malformed .*maxValues/,
    ],
    [
      'what nobody knows, 40 deep',
      (page) => Object.assign(page, { more: JSON.parse('['.repeat(40) + ']'.repeat(40)) }),
      /page_malformed .*maxValues/,
    ],
    [
      '107 hashes for a gap',
      (page) => Object.assign(page, { items: [{ gap: { to: 2, hashes: Array(107).fill(hash) } }] }),
      /page_malformed/,
    ],
    [
      '64 hashes for a proof',
      (page) => Object.assign(page, { consistency: Array(64).fill(hash) }),
      /page_malformed .*maxItems/,
    ],
    [
      'a checkpoint of 16,385 characters',
      (page) => Object.assign(page, { checkpoint: long(16_385) }),
      /page_malformed .*maxLength/,
    ],
    [
      'the name of a log of 256 characters',
      (page) => Object.assign(page, { log: long(256) }),
      /page_malformed .*maxLength/,
    ],
  ];
  for (const [what, spoil, fault] of pages)
    await t.test(`a page with ${what}: only the answer itself is verified`, async (t) => {
      mallory.spoil = (page) => void spoil(page);
      const before = verified.count;
      await changesNothing(t, us, () => us.pull(mallory));
      t.match(await us.fault(mallory), fault);
      t.equal(verified.count - before, 1);
    });

  await t.test('a record with too much in it is not verified, and the others are', async (t) => {
    mallory.spoil = () => undefined;
    const { token } = mallory.record();
    log.add(token, `${token}${Array.from({ length: 300 }, (_, at) => `${encode(['s', `x${at}`, at])}~`).join('')}`);
    log.add(token, `${token}${long(300_000)}~`);
    const before = verified.count;
    await us.pull(mallory);
    t.match(await quarantined(victim), [
      { code: 'token_invalid', fault: 'disclosures_too_many' },
      { code: 'record_too_large' },
    ]);
    t.equal((await us.landed(mallory)).length, 1);
    t.comment(`signatures verified for two pages, three records and a receipt, both ends: ${verified.count - before}`);
  });
});
