// What reads SD-JWTs and records.
import { parseCell, RECORD_TYP, RecordError, verifyRecord, verifyWarning } from '@detente/record';
import { SdJwtError, type VerifyOptions, verifySdJwt } from '@detente/sd-jwt';
import { ProblemError, parseJson } from '@detente/server';
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
    seeds: opened,
    run: (text) => verifySdJwt(closeToken(text), options),
    refusals: [SdJwtError, ProblemError],
    slow: true,
  },
  {
    name: 'record/record',
    as: 'text',
    seeds: presentations,
    run: (text) => verifyRecord(text, expected),
    refusals: [RecordError],
  },
  {
    name: 'record/record signed',
    as: 'json',
    seeds: opened,
    run: (text) => verifyRecord(closeToken(text), expected),
    refusals: [RecordError, ProblemError],
    slow: true,
  },
  {
    name: 'record/warning signed',
    as: 'json',
    seeds: opened.slice(1, 2),
    run: (text) => verifyWarning(closeToken(text), expected),
    refusals: [RecordError, ProblemError],
    slow: true,
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

/** The token of what `openToken` shows: its disclosures' digests are listed if there is still a list, and all is signed. */
function closeToken(text: string): string {
  const parts = (parseJson(Buffer.from(text)) ?? {}) as { payload?: unknown; disclosures?: unknown };
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
