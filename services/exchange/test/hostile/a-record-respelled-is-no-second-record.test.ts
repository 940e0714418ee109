import { type Test, test } from 'tap';
import { changesNothing, quarantined, startVictim, type Victim } from './victim.ts';

type Spelling = [what: string, respell: (token: string) => string];

const at = (part: number, change: (text: string) => string) => (token: string) => {
  const [jwt = '', ...disclosures] = token.split('~');
  const parts = jwt.split('.');
  parts[part] = change(parts[part]!);
  return [parts.join('.'), ...disclosures].join('~');
};
const disclosure = (change: (text: string) => string) => (token: string) => {
  const [jwt, first = '', ...rest] = token.split('~');
  return [jwt, change(first), ...rest].join('~');
};
/** The next character of the alphabet, at the end: where a part has unused bits, it says the same. */
const turned = (text: string) => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[(alphabet.indexOf(text.at(-1)!) + 1) % 64];
};
const put = (what: string) => (text: string) => `${text.slice(0, 9)}${what}${text.slice(9)}`;

const inSignature: Spelling[] = [
  ['the last character of the signature', at(2, turned)],
  ['padding behind the signature', at(2, (text) => `${text}==`)],
  ['a newline in the signature', at(2, put('\n'))],
  ['a space in the signature', at(2, put(' '))],
  [
    'the signature in the other alphabet',
    at(2, (text) => text.replaceAll('-', '+').replaceAll('_', '/').replace(/^.{4}/, '+/+/')),
  ],
  ['a fourth part behind the signature', at(2, (text) => `${text}.${text}`)],
  ['no signature', at(2, () => '')],
  ['the order of the group added to the signature', at(2, addOrder)],
];
const inDisclosures: Spelling[] = [
  ['the last character of a disclosure', disclosure(turned)],
  ['padding behind a disclosure', disclosure((text) => `${text}=`)],
  ['a newline in a disclosure', disclosure(put('\n'))],
  ['a space in a disclosure', disclosure(put(' '))],
  ['a letter beyond ASCII in a disclosure', disclosure(put('\u0141'))],
  ['a newline at the end', (token) => `${token}\n`],
  ['a tilde too many', (token) => `${token}~`],
  ['a tilde too few', (token) => token.slice(0, -1)],
];
const inSignedPart: Spelling[] = [
  ['the last character of the header', at(0, turned)],
  ['padding behind the header', at(0, (text) => `${text}=`)],
  ['a space before the header', at(0, (text) => ` ${text}`)],
  ['a newline in the header', at(0, put('\n'))],
  ['the last character of the payload', at(1, turned)],
  ['padding behind the payload', at(1, (text) => `${text}=`)],
  ['a newline in the payload', at(1, put('\n'))],
  ['a space behind the payload', at(1, (text) => `${text} `)],
];

/** Parts of two records of one node, put together as one: `spelled` with this of the other one's. */
const mixedInSignature: Mix[] = [
  ['the other’s signature', (parts, other) => ({ ...parts, signature: other.signature })],
];
const mixedInDisclosures: Mix[] = [
  [
    'one disclosure of the other’s',
    ({ disclosures: [, ...rest], ...parts }, { disclosures: [first = ''] }) => ({
      ...parts,
      disclosures: [first, ...rest],
    }),
  ],
  ['all disclosures of the other’s', (parts, { disclosures }) => ({ ...parts, disclosures })],
  [
    'the other’s disclosures behind its own',
    (parts, { disclosures }) => ({ ...parts, disclosures: [...parts.disclosures, ...disclosures] }),
  ],
];
const mixedInSignedPart: Mix[] = [['the other’s payload', (parts, { payload }) => ({ ...parts, payload })]];

type Parts = { header: string; payload: string; signature: string; disclosures: string[] };
type Mix = [what: string, mix: (parts: Parts, other: Parts) => Parts];

function partsOf(token: string): Parts {
  const [jwt = '', ...rest] = token.split('~');
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  return { header, payload, signature, disclosures: rest.slice(0, -1) };
}

/** The mixes as spellings of a token, each with this other one. */
function mixedWith(other: string, mixes: Mix[]): Spelling[] {
  return mixes.map(([what, mix]) => [
    what,
    (token) => {
      const { header, payload, signature, disclosures } = mix(partsOf(token), partsOf(other));
      return [`${header}.${payload}.${signature}`, ...disclosures, ''].join('~');
    },
  ]);
}

/** RFC 8032 §5.1.7 wants S below the group's order; S plus the order would verify too. */
function addOrder(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 32);
  return bytes.toString('base64url');
}

/** What arrives is in quarantine alone, as it was spelled; the page stands. */
async function isQuarantined(t: Test, victim: Victim, sent: string): Promise<void> {
  const { us, mallory } = victim;
  const before = (await us.landed(mallory)).length;
  await us.pull(mallory);
  t.equal(await us.fault(mallory), null);
  t.same(await us.cursor(mallory), { after: mallory.log.size, late: 0 });
  t.equal((await us.landed(mallory)).length, before);
  const { body, place } = (await quarantined(victim)).at(-1)!;
  t.equal(place, mallory.log.size - 1);
  t.equal(/^[\x21-\x7e]*$/.test(sent) ? body : JSON.parse(body), sent);
}

test('one record has one spelling: of 24 others, and of mixtures with another record, none is a second record', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  const { token, digest } = mallory.record();
  mallory.log.add(token);
  await us.pull(mallory);
  t.equal(inSignature.length + inDisclosures.length + inSignedPart.length, 24);
  const oneDigest = async (t: Test) =>
    t.same(await us.rows(`SELECT DISTINCT digest FROM landing WHERE kind = 'record'`), [{ digest }]);

  const other = mallory.record().token;
  const sameLeaf = mixedWith(other, [...mixedInSignature, ...mixedInDisclosures]);
  for (const [what, respell] of [...inSignature, ...inDisclosures, ...sameLeaf])
    await t.test(`${what}: the leaf is the same, the record is quarantined`, async (t) => {
      const sent = respell(token);
      t.not(sent, token);
      mallory.log.add(token, sent);
      await isQuarantined(t, victim, sent);
      await oneDigest(t);
    });

  for (const [what, respell] of [...inSignedPart, ...mixedWith(other, mixedInSignedPart)])
    await t.test(
      `${what}: another leaf than the origin logged refuses the page, and one that it logged is quarantined`,
      async (t) => {
        const sent = respell(token);
        const place = mallory.log.add(token, sent);
        await changesNothing(t, us, () => us.pull(mallory));
        t.match(await us.fault(mallory), /^a page was refused: root_mismatch/);
        mallory.log.listed.find(({ index }) => index === place)!.presentation = token;
        await us.pull(mallory);
        t.equal(await us.fault(mallory), null, 'the next good page resumes');
        mallory.log.add(sent);
        await isQuarantined(t, victim, sent);
        await oneDigest(t);
      },
    );
});
