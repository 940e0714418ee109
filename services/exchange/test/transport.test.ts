// Who a peer's certificate may be vouched for by, and what an officer reads when nobody does.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { getCACertificates, type SecureVersion, setDefaultCACertificates } from 'node:tls';
import { type Test, test } from 'tap';
import { open, sentences } from './line-to.ts';

const file = (name: string) => readFileSync(new URL(`certificates/${name}`, import.meta.url), 'utf8');
const reach = { loopback: true, networks: [] };

async function listen(t: Test, server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => close(server));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections?.();
  await once(server, 'close');
}

/** A peer that shows this certificate, and whatever it is asked says that it was asked. */
function serverOf(name: string, asked: { count: number }, more: { maxVersion?: SecureVersion; ciphers?: string } = {}) {
  const tls = { key: file(`${name}.key.pem`), cert: file(`${name}.pem`), ...more };
  return createServer(tls, (_request, response) => {
    asked.count += 1;
    response.setHeader('connection', 'close').end('a.b.c');
  });
}

/** What both kinds of call come to with a peer that shows one certificate, and has another one pinned, or none. */
async function toldOf(t: Test, shown: string, pinned: string | null, more: Parameters<typeof serverOf>[2] = {}) {
  const asked = { count: 0 };
  const port = await listen(t, serverOf(shown, asked, more));
  const ca = pinned === null ? null : file(`${pinned}.pem`);
  const told = await sentences(open(t, `https://127.0.0.1:${port}`, { reach }, ca));
  return { told, asked: asked.count };
}

test('a certificate that is wrong, expired or another’s is refused with a sentence, before a request is sent', async (t) => {
  const wrong: [what: string, shown: string, pinned: string | null, sentence: RegExp][] = [
    [
      'signed by nobody known',
      'pinned',
      null,
      /nobody whom this node trusts vouches .* \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    ],
    ['another than was pinned', 'pinned', 'other', /nobody whom this node trusts vouches/],
    ['expired', 'expired', 'expired', /certificate has expired \(CERT_HAS_EXPIRED\)/],
    ['of the future', 'early', 'early', /not valid yet, .* \(CERT_NOT_YET_VALID\)/],
    ['for another name', 'elsewhere', 'elsewhere', /for another name \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
  ];
  for (const [what, shown, pinned, sentence] of wrong) {
    const { told, asked } = await toldOf(t, shown, pinned);
    t.equal(told.length, 2);
    for (const one of told) t.match(one, sentence, what);
    t.equal(asked, 0, `${what}: nothing was sent`);
  }
  const { told, asked } = await toldOf(t, 'pinned', 'pinned');
  t.match(told, ['it was answered', /not verified/], 'the one that was pinned is called');
  t.equal(asked, 2);
});

test('a pinned CA is the only one, and without it the machine’s are', async (t) => {
  const before = getCACertificates('default');
  t.teardown(() => setDefaultCACertificates(before));
  setDefaultCACertificates([...before, file('other.pem')]);
  const trusted = await toldOf(t, 'other', null);
  t.equal(trusted.told[0], 'it was answered', 'whom the machine trusts');
  const { told, asked } = await toldOf(t, 'other', 'pinned');
  for (const one of told) t.match(one, /nobody whom this node trusts vouches/, 'is not enough where another is pinned');
  t.equal(asked, 0);
});

test('no variable of the environment turns the check off', async (t) => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  t.teardown(() => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  });
  const { told, asked } = await toldOf(t, 'pinned', null);
  for (const one of told) t.match(one, /nobody whom this node trusts vouches/);
  t.equal(asked, 0);
});

test('a certificate that is swapped for another is refused on the line that was open', async (t) => {
  const asked = { count: 0 };
  const first = serverOf('pinned', asked);
  const port = await listen(t, first);
  const line = open(t, `https://127.0.0.1:${port}`, { reach }, file('pinned.pem'));
  t.equal((await sentences(line))[0], 'it was answered');
  await close(first);
  const before = asked.count;
  await listen(t, serverOf('other', asked), port);
  for (const one of await sentences(line)) t.match(one, /nobody whom this node trusts vouches/);
  t.equal(asked.count, before, 'nothing was sent to whoever took its place');
});

test('a peer that speaks HTTP where it spoke HTTPS is refused, and is not told what was asked', async (t) => {
  const seen: string[] = [];
  const plain = createPlainServer((request, response) => {
    seen.push(request.url ?? '');
    response.end('a.b.c');
  });
  const port = await listen(t, plain);
  for (const ca of [null, file('pinned.pem')]) {
    const told = await sentences(open(t, `https://127.0.0.1:${port}`, { reach }, ca));
    for (const one of told) t.match(one, /does not speak TLS where it should/);
  }
  t.same(seen, []);
});

test('a peer that speaks an old TLS is refused', async (t) => {
  const { told, asked } = await toldOf(t, 'pinned', 'pinned', { maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
  for (const one of told) t.match(one, /no TLS that is new enough/);
  t.equal(asked, 0);
});
