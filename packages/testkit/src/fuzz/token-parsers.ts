// What reads SD-JWTs and records.
import { parseCell, RECORD_TYP, RecordError, type VerifiedRecord, verifyRecord, verifyWarning } from '@detente/record';
import { SdJwtError, type VerifyOptions, verifySdJwt } from '@detente/sd-jwt';
import { decode, digestOf, encode, putTogether, takeApart } from '../hostile/by-hand.ts';
import { type Parser, sameText } from './fuzz.ts';
import { keyFor, origin, presentations, signer } from './samples.ts';

const options: VerifyOptions = { algorithms: ['Ed25519'], typ: RECORD_TYP, key: ({ kid }) => keyFor(String(kid)) };
const expected = { iss: origin, keyFor };
const opened = presentations.map(openToken);

export const tokenParsers: readonly Parser[] = [
  {
    name: 'sd-jwt/token',
    as: 'text',
    seeds: presentations,
    run: (text) => verifySdJwt(text, options),
    refusals: [SdJwtError],
  },
  {
    name: 'sd-jwt/token signed',
    as: 'json',
    seeds: opened.slice(0, 3),
    run: (text) => verifySdJwt(closeToken(text), options),
    refusals: [SdJwtError],
  },
  {
    name: 'record/record',
    as: 'text',
    seeds: presentations,
    run: (text) => verifyRecord(text, expected),
    refusals: [RecordError],
  },
  {
    name: 'record/record or warning signed',
    as: 'json',
    seeds: opened,
    run: (text) => readSigned(closeToken(text)),
    refusals: [RecordError],
  },
  {
    name: 'record/cell',
    as: 'text',
    seeds: ['incident/cyber/4', 'incident/other/unrated', 'safety-card/loss-of-control/2-3'],
    run: (text) => {
      const { type, domain, band } = parseCell(text);
      sameText(`${type}/${domain}/${band}`, text);
    },
    refusals: [RecordError],
  },
];

/** A token's payload and disclosures in clear; of the digests, those of what is withheld. */
function openToken(token: string): string {
  const { payload, disclosures } = takeApart(token);
  const shown = new Set(disclosures.map(digestOf));
  const withheld = (payload._sd as string[]).filter((digest) => !shown.has(digest));
  return JSON.stringify({ payload: { ...payload, _sd: withheld }, disclosures: disclosures.map(decode) });
}

/** A record; whether it may also be a warning is asked of each that is read, since its signature is the same. */
function readSigned(token: string): VerifiedRecord {
  const record = verifyRecord(token, expected);
  try {
    verifyWarning(token, expected);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
  }
  return record;
}

/** The token of what `openToken` shows: its disclosures' digests are listed if there is still a list, and all is signed. */
function closeToken(text: string): string {
  const parts = parsed(text);
  const disclosures = Array.isArray(parts.disclosures)
    ? parts.disclosures.map((one) => encode(JSON.stringify(one)))
    : [];
  const payload = Object.assign({}, parts.payload) as Record<string, unknown>;
  if (Array.isArray(payload._sd)) payload._sd = [...payload._sd, ...disclosures.map(digestOf)].sort();
  return putTogether(
    { header: { alg: 'Ed25519', typ: RECORD_TYP, kid: signer.kid }, payload, disclosures },
    signer.privateKey,
  );
}

/** A text that is no JSON is a token without parts. */
function parsed(text: string): { payload?: unknown; disclosures?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
