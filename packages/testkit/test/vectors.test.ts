// Each case of packages/testkit/vectors against the packages that a node is made of, read from the committed files.

import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { verifyPage } from '@detente/feed';
import { contentDigest, verifyResponse } from '@detente/http-signature';
import {
  digest,
  disclosedDigest,
  logNameOf,
  type PublicJwk,
  parsePublicJwk,
  thumbprint,
  verifyDescriptor,
  verifyIntakeReceipt,
  verifyReceipt,
  verifyStatement,
  verifySuccession,
  witnessNameOf,
} from '@detente/keys';
import {
  currentStanding,
  type OfferTurn,
  offerOn,
  parseApproval,
  parseAttestation,
  parseCanary,
  parseContest,
  parseOffer,
  parseRecall,
  parseRecallAnswer,
  parseStanding,
  terms,
  turnOffers,
  warningLevel,
} from '@detente/reciprocity';
import { cellOf, levelFor, rateSeverity, verifyRecord, verifyWarning } from '@detente/record';
import {
  appendLeaf,
  cover,
  emptyFrontier,
  type Frontier,
  formatVkey,
  hashLeaf,
  noteVerifier,
  rootOf,
  verifyCheckpoint,
  verifyConsistency,
  verifyFork,
  verifyInclusion,
} from '@detente/tlog';
import { test } from 'tap';
import { type VectorFile, vectorFiles } from '../src/vectors/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a file of JSON holds
type Json = any;
/** What the packages make of a case, in the form of its `expected`. */
type Judge = (one: Json, given: Json) => unknown;

const folder = new URL('../vectors/', import.meta.url);
const read = (name: string): VectorFile => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const bytes = (text: string) => Buffer.from(text, 'base64url');
const text = (hash: Uint8Array) => Buffer.from(hash).toString('base64url');

/** The turns after offers in any order, as a node finds them that took them in in the order of their numbers. */
function turnsOf(offers: { seq: number; body: Json }[]): OfferTurn[] {
  const bodyOf = (seq: number) => offers.find((one) => one.seq === seq)!.body;
  const ordered = offers.toSorted((a, b) => a.seq - b.seq);
  return ordered.reduce<OfferTurn[]>((turns, one) => turnOffers(turns, { ...one, known: '2020-01-01' }, bodyOf), []);
}

function keyFor(jwks: PublicJwk[]): (kid: string) => KeyObject | undefined {
  const keys = new Map(jwks.map((jwk) => [thumbprint(jwk), createPublicKey({ key: jwk, format: 'jwk' })]));
  return (kid) => keys.get(kid);
}

const parsers: Record<string, (body: unknown) => unknown> = {
  'detente-offer+jwt': parseOffer,
  'detente-standing+jwt': parseStanding,
  'detente-recall+jwt': parseRecall,
  'detente-recall-answer+jwt': parseRecallAnswer,
  'detente-approval+jwt': parseApproval,
  'detente-canary+jwt': parseCanary,
  'detente-contest+jwt': parseContest,
  'detente-attestation+jwt': parseAttestation,
};

const judges: Record<string, Judge> = {
  'test-keys': ({ seed, purpose }) => {
    const oid = purpose === 'mailbox' ? '6e' : '70';
    const der = Buffer.from(`302e020100300506032b65${oid}04220420${seed}`, 'hex');
    const key = Buffer.concat([
      Buffer.from('-----BEGIN PRIVATE KEY-----\n'),
      Buffer.from(`${der.toString('base64')}\n-----END PRIVATE KEY-----\n`),
    ]);
    const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' }) as PublicJwk;
    return { jwk: { kty, crv, x }, thumbprint: thumbprint({ kty, crv, x }) };
  },
  'public-keys': ({ jwk }) => ({ thumbprint: thumbprint(parsePublicJwk(jwk)) }),
  origins: ({ origin }) => ({ log: logNameOf(origin), witness: witnessNameOf(origin) }),
  digests: ({ typ, text, presentation }) =>
    typ === undefined
      ? { disclosed: disclosedDigest(presentation) }
      : { digest: digest(typ, text.slice(0, text.lastIndexOf('.'))) },
  statements: async ({ typ, jws }, { keys, ...parties }) =>
    verifyStatement(jws, { typ, ...parties, keyFor: keyFor(keys) }),
  'statement-bodies': ({ typ, body }) => ({ accepted: parsers[typ]!(body) !== undefined }),
  descriptors: async ({ jws, next }, { origin, fingerprint }) => {
    const { seq, body } = await verifyDescriptor(jws, { origin, fingerprint, next });
    return { seq, fingerprint: thumbprint(body.keys.identity.jwk), body };
  },
  successions: ({ seq, keys }, before) => {
    const known = ({ seq, keys }: Json) => ({ seq, body: { keys } as Json });
    return { rotated: verifySuccession(known(before), known({ seq, keys })) };
  },
  records: ({ presentation }, { iss, keys }) => verifyRecord(presentation, { iss, keyFor: keyFor(keys) }),
  'refused-records': ({ presentation }, { iss, keys }) => verifyRecord(presentation, { iss, keyFor: keyFor(keys) }),
  severities: ({ axes }) => ({ level: rateSeverity(axes).level }),
  cells: (one) => ({ cell: cellOf(one) }),
  levels: (one) => ({ level: levelFor(one) }),
  'warning-levels': (one) => ({ level: warningLevel(one) }),
  terms: ({ name, expected, ...input }) => {
    const { digest, cells } = terms(input);
    return { terms: digest, levels: Object.fromEntries([...cells].map(([cell, { level }]) => [cell, level])) };
  },
  'current-statements': ({ offers, standings, day }) => {
    const held = (all: Json[]) => all.map(({ seq, ...body }) => ({ seq, body }));
    const seq = offers ? offerOn(turnsOf(held(offers)), day) : currentStanding(held(standings), day)?.seq;
    return { seq: seq ?? null };
  },
  'content-digests': ({ body }) => ({ content_digest: contentDigest(body) }),
  responses: ({ now, status, body, headers, request, expected }, { keys }) => {
    const options = { request, keyFor: keyFor(keys), now: now * 1000 };
    verifyResponse({ status, headers, body: Buffer.from(body) }, options);
    const signature = headers.signature.slice('detente=:'.length, -1);
    const isOfBase = verify(
      null,
      Buffer.from(expected.signature_base ?? ''),
      { key: keys[0], format: 'jwk' },
      Buffer.from(signature, 'base64'),
    );
    return { signature, signature_base: isOfBase ? expected.signature_base : 'another one was signed' };
  },
  trees: judgeTree,
  covers: ({ from, to }) => ({ subtrees: cover(from, to).map(({ start, end }) => [start, end]) }),
  checkpoints: ({ note, expected }, { log, keys }) => {
    const publicKey = keyFor(keys)(thumbprint(keys[0]))!;
    const { origin, size, root } = verifyCheckpoint(note, { name: log, publicKey });
    const verifier = noteVerifier(log, publicKey);
    const named = { key_id: verifier.keyId.toString(16).padStart(8, '0'), vkey: formatVkey(verifier) };
    return { origin, size, root: text(root), ...(expected.key_id && named) };
  },
  forks: ({ smaller, larger, root, proof }, { log, keys }) => {
    const fork = { smaller, larger, root: bytes(root), proof: proof.map(bytes) };
    const trees = verifyFork(fork, { name: log, publicKey: keyFor(keys)(thumbprint(keys[0]))! });
    return { smaller: trees.smaller.size, larger: trees.larger.size };
  },
  'feed-pages': judgePage,
  receipts: async ({ jws, presentation }, { keys, ...parties }) => {
    const { body } = await verifyReceipt(jws, { ...parties, keyFor: keyFor(keys) });
    if (body.records[0]!.disclosed !== disclosedDigest(presentation)) throw new Error('another disclosed part');
    return { body };
  },
  'intake-receipts': async ({ body, receipt }, { iss, keys }) => {
    const input = { receipt, body: Buffer.from(body), iss, keyFor: keyFor(keys) };
    const { day, leaf } = await verifyIntakeReceipt(input);
    return { day, leaf: text(leaf) };
  },
  warnings: ({ presentation }, { iss, keys }) => {
    const { id, tlp, digest, level, severity } = verifyWarning(presentation, { iss, keyFor: keyFor(keys) });
    return { id, tlp, digest, level, severity };
  },
};

/** The parts of a node that are no package hold their cases themselves. */
const elsewhere = {
  requests: 'services/exchange/test/vectors.test.ts',
  dossiers: 'services/detente/test/verify.test.ts',
};

function judgeTree({ size, index, from, to, expected }: Json, { entries }: Json): unknown {
  const leaf = (at: number) => hashLeaf(bytes(entries[at]));
  const frontier = (end: number) =>
    Array.from({ length: end }, (_, at) => leaf(at)).reduce<Frontier>(appendLeaf, emptyFrontier());
  if (from !== undefined) {
    const [fromRoot, toRoot] = [rootOf(frontier(from)), rootOf(frontier(to))];
    verifyConsistency({ from, to, fromRoot, toRoot, proof: expected.consistency.map(bytes) });
    return { consistency: expected.consistency };
  }
  const root = rootOf(frontier(size));
  if (index === undefined) return { frontier: frontier(size).hashes.map(text), root: text(root) };
  verifyInclusion({ index, size, leafHash: leaf(index), root, proof: expected.inclusion.map(bytes) });
  return { inclusion: expected.inclusion };
}

function judgePage({ held, page }: Json, given: Json): unknown {
  const recordKeys = new Map<string, KeyObject>(
    given.record_keys.map((jwk: PublicJwk) => [thumbprint(jwk), keyFor([jwk])(thumbprint(jwk))]),
  );
  const { size, root } = held.checkpoint ?? {};
  const verified = verifyPage(page, {
    peer: {
      iss: given.iss,
      log: given.log,
      logKeys: given.log_keys.map((jwk: PublicJwk) => createPublicKey({ key: jwk, format: 'jwk' })),
      recordKeys,
    },
    frontier: { size: held.after, hashes: held.frontier.map(bytes) },
    ...(held.checkpoint && { checkpoint: { size, root: bytes(root) } }),
    lateCursor: held.late,
    maxRecords: given.limit,
  });
  const item = (one: Json) =>
    one.ok
      ? { index: one.index, digest: one.digest, level: one.record.level }
      : { index: one.index, digest: one.digest, refused: one.code };
  return {
    held: {
      after: verified.next,
      late: verified.lateNext,
      frontier: verified.frontier.hashes.map(text),
      checkpoint: { size: verified.checkpoint.size, root: text(verified.checkpoint.root) },
    },
    records: verified.items.map(item),
    late: verified.late.map((one) => ({ ...item(one), number: one.number })),
  };
}

/** The refusal in the form of `expected`: a code, and what else the case tells of it. */
function refusal(error: Json, expected: Json): unknown {
  if (typeof error.code !== 'string') throw error;
  const { fault, pointer } = error.params ?? {};
  return {
    refused: error.code,
    ...(expected.fault !== undefined && { fault }),
    ...(expected.pointer !== undefined && { pointer }),
  };
}

for (const [name, judge] of Object.entries(judges)) {
  test(`${name}.json is what the packages say`, async (t) => {
    const { given, cases } = read(name);
    t.ok(cases.length > 3, 'there are cases');
    t.equal(new Set(cases.map((one) => one.name)).size, cases.length, 'each has a name of its own');
    for (const one of cases) {
      const found = await new Promise((done) => done(judge(one, given))).catch((error) => refusal(error, one.expected));
      t.strictSame(found, one.expected, one.name);
    }
  });
}

test('every file has the form that docs/protocol.md says', (t) => {
  for (const name of readdirSync(folder)) {
    const { description, section, cases = [], given, ...more } = read(name.replace(/\.json$/, ''));
    t.match({ description, section }, { description: /./, section: /^\d/ }, name);
    t.same(more, {}, name);
    t.ok(given === undefined || typeof given === 'object', name);
    const bare = cases.filter((one) => typeof one.name !== 'string' || typeof one.expected !== 'object');
    t.ok(cases.length > 0 && bare.length === 0, `${name}: each case has a name and what is expected`);
  }
  t.end();
});

test('every file of vectors is judged by somebody, and described', async (t) => {
  const files = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
  const judged = [...Object.keys(judges), ...Object.keys(elsewhere)];
  t.same(files.filter((name) => name !== 'refused-origins').sort(), judged.sort());
  t.same(Object.keys(vectorFiles).sort(), judged.sort());
  const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
  for (const name of files) t.ok(page.includes(`vectors/${name}.json`), `docs/protocol.md names ${name}.json`);
});
