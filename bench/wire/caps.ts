// Requests that are each above one cap of the contracts.
import { encode, signByHand } from '@detente/testkit';
import { plain } from './pairs.ts';
import type { Ask, Scene } from './scene.ts';

type Cap = { name: string; status: number; ask: Ask };

const feed = { method: 'GET', path: '/exchange/v1/feed' };
const long = (length: number) => 'A'.repeat(length);
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

export function capsOf(scene: Scene): Cap[] {
  return [...ofSizes(scene), ...ofHeaders(scene), ...ofContents(scene), ...ofLabs(scene)];
}

function ofSizes({ node, peer, ask }: Scene): Cap[] {
  const call = (method: string, path: string, length: number) =>
    ask(() => peer.sign(node.origin, { method, path, body: long(length) }));
  const sizes: [string, string, string, number][] = [
    ['a statement', 'PUT', '/exchange/v1/statements', 70_001],
    ['a notice', 'POST', '/exchange/v1/notices', 270_001],
    ['a receipt', 'POST', '/exchange/v1/receipts', 1_100_001],
    ['a checkpoint to witness', 'POST', '/witness/v1/add-checkpoint', 300_001],
    ['gossip', 'POST', '/exchange/v1/checkpoints', 1_300_001],
  ];
  return sizes.map(([what, method, path, length]) => ({
    name: `${what} of ${length} bytes`,
    status: 413,
    ask: call(method, path, length),
  }));
}

function ofHeaders({ node, peer, ask }: Scene): Cap[] {
  const sign = (path = feed.path) => peer.sign(node.origin, { ...feed, path });
  const withHeader = (name: string, change: (text: string) => string) =>
    ask(() => {
      const raw = sign();
      return { ...raw, headers: { ...raw.headers, [name]: change(String(raw.headers[name])) } };
    });
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`x-${at}`, long(20)]));
  return [
    { name: 'a header of 17 kB', status: 431, ask: withHeader('x-more', () => long(17_000)) },
    { name: '1,000 header fields', status: 431, ask: ask(() => ({ ...sign(), headers: many })) },
    { name: 'an address of 17 kB', status: 431, ask: ask(() => sign(`${feed.path}?after=${long(17_000)}`)) },
    {
      name: 'a label of 2,001 characters',
      status: 401,
      ask: withHeader('signature-input', (text) => text.replace('detente', long(2001).toLowerCase())),
    },
    {
      name: 'a signature of 2,001 characters',
      status: 401,
      ask: withHeader('signature', () => `detente=:${long(2000)}:`),
    },
  ];
}

function ofContents({ node, peer, ask }: Scene): Cap[] {
  const agency = peer.signer('agency');
  const jws = (payload: string) =>
    signByHand({ alg: 'Ed25519', typ: 'detente-offer+jwt', kid: agency.kid }, payload, agency.privateKey);
  const put = (statement: string) =>
    ask(() =>
      peer.sign(node.origin, { method: 'PUT', path: '/exchange/v1/statements', body: JSON.stringify({ statement }) }),
    );
  const query = (text: string) => ask(() => peer.sign(node.origin, { ...feed, path: `${feed.path}?${text}` }));
  const { token } = peer.record();
  const disclosures = Array.from({ length: 300 }, (_, at) => `${encode(['s', `x${at}`, at])}~`).join('');
  const warning = JSON.stringify({ warning: token + disclosures });
  return [
    { name: 'a statement of 65,537 characters', status: 422, ask: put(`${long(65_000)}.${long(500)}.${long(35)}`) },
    { name: 'a statement 20,000 deep', status: 422, ask: put(jws(deep)) },
    { name: 'a claim 33 deep', status: 422, ask: put(jws(`{"body":${'['.repeat(32)}${']'.repeat(32)}}`)) },
    { name: 'the header of a statement 20,000 deep', status: 422, ask: put(`${encode(deep)}.e30.${long(86)}`) },
    {
      name: 'a warning of 300 disclosures more',
      status: 422,
      ask: ask(() => peer.sign(node.origin, { method: 'POST', path: '/exchange/v1/notices', body: warning })),
    },
    { name: 'a page of 1,001 records', status: 422, ask: query('limit=1001') },
    { name: 'a place beyond 2^53', status: 422, ask: query('after=9007199254740993') },
  ];
}

function ofLabs({ lab, ask }: Scene): Cap[] {
  const report = (body: string) => ask(() => plain('POST', '/reporting/v1/cases', lab, body));
  return [
    { name: 'a report of 262,145 bytes', status: 413, ask: report(long(262_145)) },
    { name: 'a report 20,000 deep', status: 422, ask: report(deep) },
    { name: 'a report of 20,001 values', status: 422, ask: report(`[${'0,'.repeat(20_000)}0]`) },
  ];
}
