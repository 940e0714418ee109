// A peer with one key for everything, and valid things of its: what the inputs are made from.
import { createPrivateKey, createPublicKey, hash } from 'node:crypto';
import { composeItems, composePage, type Held, type PeerLog, planPage } from '@detente/feed';
import { type Descriptor, descriptorKeys, type PublicJwk, publishedPurposes, thumbprint } from '@detente/keys';
import { issueRecord, type RecordInput, severityOf } from '@detente/record';
import { extendTiles, hashLeaf, readFrontier, rootOf, signCheckpoint, tileReader } from '@detente/tlog';

export const origin = 'https://peer.example';
export const us = 'https://us.example';
export const day = '2026-11-24';
/** Milliseconds of the epoch, within `day`. */
export const now = Date.parse(`${day}T12:00:00Z`);
export const hash43 = hash('sha256', 'sample', 'base64url');

/** A key that is the same in every run. */
function keyOf(name: string, curve: 'Ed25519' | 'X25519' = 'Ed25519') {
  // RFC 8410 §7: the private key is 32 bytes behind a fixed head, which names the curve in one byte.
  const head = `302e020100300506032b65${curve === 'Ed25519' ? '70' : '6e'}04220420`;
  const der = Buffer.concat([Buffer.from(head, 'hex'), hash('sha256', name, 'buffer')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const publicJwk = publicKey.export({ format: 'jwk' }) as PublicJwk;
  return { privateKey, publicKey, publicJwk, kid: thumbprint(publicJwk) };
}

export const signer = keyOf('signer');
export const keyFor = (kid: string) => (kid === signer.kid ? signer.publicKey : undefined);

export const recordInput: RecordInput = {
  iss: origin,
  id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
  type: 'incident/1',
  tlp: 'green',
  tick: 7,
  exercise: false,
  retracted: false,
  fields: {
    kind: 'incident',
    title: 'A controller acted on a forged instruction 🚨',
    summary: 'An agent followed an instruction that stood in a document.',
    language: 'en',
    severity: severityOf({ people: 2, safeguards: 3, reach: 4 }),
    hazard_domain: 'cyber',
    occurred_month: '2026-10',
    occurred: '2026-10-03',
    countries_affected: ['SG', 'CN'],
    harms: [{ type: 'economic', status: 'actual', scale: '10-99', affected: ['consumers'] }],
    mitigations: [{ text: 'The tool was cut off.', worked: 'yes', nist_ai_rmf: 'MANAGE 4.1' }],
    evidence: [{ kind: 'url', reference: 'https://evidence.example/1' }],
  },
};
export const issued = issueRecord(recordInput, signer);
/** The record at each level. */
export const presentations = issued.lengths.map((length) => issued.token.slice(0, length));

export const descriptor: Descriptor = {
  keys: descriptorKeys(
    Object.fromEntries(
      [...publishedPurposes, 'vault'].map((purpose) => {
        const isBox = purpose === 'mailbox' || purpose === 'vault';
        const { publicJwk, kid } = purpose === 'identity' ? signer : keyOf(purpose, isBox ? 'X25519' : 'Ed25519');
        return [purpose, { jwk: publicJwk, next: keyOf(`${kid} next`).kid }];
      }),
    ) as Parameters<typeof descriptorKeys>[0],
  ),
  endpoints: { exchange: `${origin}/exchange/v1`, log: `${origin}/log/v1` },
  types: { incident: [1] },
  contract: hash43,
  log: 'peer.example/log/v1',
  witness: 'peer.example/witness/v1',
  contact: { name: 'Duty officer, 新加坡', email: 'duty@peer.example' },
  day,
};

const peer: PeerLog = {
  iss: origin,
  log: descriptor.log,
  logKeys: [signer.publicKey],
  recordKeys: new Map([[signer.kid, signer.publicKey]]),
};
const [after, recordIndex, size] = [3, 9, 21];
const leaves = Array.from({ length: size }, (_, index) =>
  hashLeaf(index === recordIndex ? Buffer.from(issued.digest, 'base64url') : Buffer.from(`leaf ${index}`)),
);
const read = tileReader(extendTiles(0, leaves, () => undefined));
export const root = rootOf(readFrontier(size, read));
export const checkpoint = signCheckpoint({ origin: peer.log, size, root }, signer.privateKey);
export const frontier = readFrontier(size, read);

export const held: Held = {
  peer,
  frontier: readFrontier(after, read),
  lateCursor: 0,
  maxRecords: 10,
  termsOf: (asked) => (asked === day ? hash43 : undefined),
};

/** One record with gaps around it, and a late one when it is asked for. */
export function pageOf(late: boolean): string {
  const index = recordIndex;
  const rule = { number: 2, rule: 'widened', index, presentation: presentations[2]! };
  const shown = late ? [] : [index];
  const plan = planPage({ after, size, indexes: shown, complete: true, late: late ? [index] : [] });
  const items = composeItems(
    plan,
    shown.map(() => presentations[1]!),
    read,
  );
  const lateList = late ? [rule] : [];
  return composePage({
    plan,
    log: peer.log,
    day,
    terms: hash43,
    items,
    checkpoint,
    late: lateList,
    lateAfter: 0,
    read,
  });
}
