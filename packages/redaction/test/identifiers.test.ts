// Structured identifiers: found whatever stands around them, and hardly anything else is taken for one.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'tap';
import { findIdentifiers } from '../src/findings.ts';
import { dice } from './disguises.ts';
import { IDENTIFIERS } from './identifier-makers.ts';

const read = (text: string) =>
  findIdentifiers(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

const AROUND = [
  ['We were told ', ' by the user.'],
  ['', ''],
  ['资料显示', '，已经泄露。'],
  ['- leaked: ', '\n- next'],
  ['("', '")'],
] as const;

/** What an identifier of a country, or one that comes in several forms, is found as. */
function kindOf(name: string): string {
  if (/^[A-Z]{2} /.test(name)) return 'national-id';
  return name === 'commit id' ? 'commit' : name.replace(/,.*/, '').replace(' ', '-').toLowerCase();
}

// A test each: one of all would be too long to be asked about each mutant.
for (const [name, make] of Object.entries(IDENTIFIERS))
  test(`200 of a kind are found, whole: ${name}`, async (t) => {
    const roll = dice(3);
    const missed: string[] = [];
    for (let nth = 0; nth < 200; nth++) {
      const made = make(roll);
      const [before, after] = AROUND[nth % AROUND.length]!;
      const text = before + made + after;
      const last = before.length + made.length;
      // What stands before the identifier as its cue need not be covered.
      const isFound = findIdentifiers(text).some(
        ({ start, end, kind }) => end === last && start <= last - 6 && kind === kindOf(name),
      );
      if (!isFound) missed.push(text);
    }
    t.strictSame(missed, []);
  });

const nationalIn = (text: string) => read(text).filter((one) => one.startsWith('national-id'));

/** With each other last sign of its kind. */
function withOtherLast(id: string): string[] {
  const [last, at] = [/[0-9A-Z](?=\)?$)/.exec(id)![0], id.search(/[0-9A-Z]\)?$/)];
  const signs = /\d/.test(last) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return Array.from(signs.replace(last, ''), (sign) => id.slice(0, at) + sign + id.slice(at + 1));
}

/** By country or by what it is called, examples that the countries, Wikipedia or python-stdnum publish. */
const CHECKED: Readonly<Record<string, readonly string[]>> = {
  BE: ['85.07.30-033.28'],
  BR: ['390.533.447-05', '16.727.230/0001-97'],
  CH: ['756.9217.0769.85', '7569217076985'],
  CN: ['440308199901101512', '91110000600037341L'],
  CZ: ['710319/2745'],
  ES: ['54362315-K', 'X2482300W'],
  FI: ['131052-308T', '010594Y9032'],
  FR: ['2 95 10 99 126 111 93', '253072A07300443', '253072B07300470'],
  HK: ['G123456(A)', 'AB987654(3)'],
  IN: ['2341 2341 2346'],
  IT: ['RCCMNL83S18D969H', 'RSSMRA85T10A562S'],
  MX: ['BOXW310820HNERXN09'],
  RO: ['1630615123457'],
  SE: ['880320-0016', '19880320-0016', '701063-2391'],
  SG: ['S1234567D', 'T1234567J', 'F1234567N', 'G1234567X', 'M1234567K'],
  TH: ['3-1006-00445-63-5'],
  TW: ['A123456789', 'A800000014'],
  ZA: ['7503305044089'],
};
const CUED: Readonly<Record<string, readonly string[]>> = {
  SVNR: ['1237 010180'],
  'tax file number': ['123 456 782'],
  'registre national': ['85073003328'],
  CPF: ['39053344705'],
  'social insurance number': ['046 454 286', '046-454-286'],
  'Steuer-ID': ['36 574 261 809', '36574261809'],
  NHS: ['943 476 5919'],
  HKID: ['G123456A'],
  PPSN: ['6433435F', '6433435OA'],
  'Teudat zehut': ['039337423'],
  Aadhaar: ['234123412346'],
  'My Number': ['1234 5678 9018'],
  BSN: ['111.222.333', '111222333'],
  fødselsnummer: ['15108695088', '151086 95088'],
  PESEL: ['44051401359', '02270803624'],
  NIF: ['501 964 843'],
  personnummer: ['8803200016'],
  'Thai ID': ['3100600445635'],
  'T.C. no': ['17291716060'],
};

test('a number of every country is found by its check sign, and with no other', async (t) => {
  for (const id of Object.values(CHECKED).flat()) {
    t.strictSame(read(`It said ${id} there.`), [`national-id: ${id}`]);
    for (const other of withOtherLast(id)) t.strictSame(nationalIn(`It said ${other} there.`), [], other);
    for (const glued of [`9${id}`, ...(id.endsWith(')') ? [] : [`${id}9`])])
      t.strictSame(nationalIn(`It said ${glued} there.`), [], glued);
  }
});

test('what may be another number is one of a country only where it is called so', async (t) => {
  for (const [cue, ids] of Object.entries(CUED))
    for (const id of ids) {
      t.strictSame(read(`The ${cue} ${id} there.`), [`national-id: ${id}`]);
      t.strictSame(nationalIn(`It said ${id} there.`), [], id);
      for (const other of withOtherLast(id)) t.strictSame(nationalIn(`The ${cue} ${other} there.`), [], other);
    }
});

test('a number without a check sign is one by its form and the day in it', async (t) => {
  const ids = {
    '': ['770305-02-1234', '971013-1019902', 'AB123456C', '078-05-1120', 'ACUPA7085R'],
    'Medicare ': ['2123 45670 1'],
    'Sozialversicherung ': ['15 070649 C 103'],
    'CPR ': ['211062-5629'],
    'ITIN ': ['078051120'],
  };
  for (const [cue, all] of Object.entries(ids))
    for (const id of all) t.strictSame(read(`The ${cue}${id} there.`), [`national-id: ${id}`]);
  const others = {
    '': ['771305-02-1234', '971033-1019902', 'BG123456C', 'AB123456E', '000-05-1120', '078-00-1120', '111-11-1111'],
    'Medicare ': ['2123 45671 1', '7123 45670 1'],
    'Sozialversicherung ': ['15 073249 C 103'],
    'CPR ': ['311162-5629'],
    'ITIN ': ['078001120'],
  };
  for (const [cue, all] of Object.entries(others))
    for (const id of all) t.strictSame(nationalIn(`The ${cue}${id} there.`), [], id);
});

test('published examples are found, as their kind', async (t) => {
  const examples: Readonly<Record<string, readonly string[]>> = {
    card: ['4111 1111 1111 1111', '378282246310005', '6011111111111117'],
    iban: ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000'],
    'national-id': [
      '11010519491231002X',
      '91350100M000100Y43',
      '078-05-1120',
      'AB123456C',
      '12345678Z',
      'X1234567L',
      'RSSMRA85T10A562S',
      '131052-308T',
      '756.9217.0769.85',
      'S1234567D',
      'A123456789',
      '111.444.777-35',
    ],
    wallet: [
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      '0x52908400098527886E0F7030069857D2E4169EE7',
    ],
    ip: ['192.0.2.146', '2001:db8:85a3::8a2e:370:7334', '10.0.0.0/8'],
    mac: ['00:1B:44:11:3A:B7', '00-1b-44-11-3a-b7'],
    coordinates: ['48.85837, 2.29448', '40° 26′ 46″ N 79° 58′ 56″ W', '北纬39度54分，东经116度23分'],
    'licence-plate': ['京A·12345', '沪AD12345'],
    'api-key': [
      'AKIAIOSFODNN7EXAMPLE',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----',
    ],
    'model-id': ['meta-llama/Llama-3.1-8B-Instruct', 'openai-community/gpt2'],
    hash: ['d41d8cd98f00b204e9800998ecf8427e', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    email: ['someone+tag@mail.example.co.uk', 'someone [at] example.org'],
    url: ['https://example.org/a?b=c', 'example.com', 'sub.example.co.jp/path'],
    phone: ['+86 138 0013 8000', '+1 (415) 555-2671', '１３８００１３８０００'],
  };
  for (const [kind, texts] of Object.entries(examples))
    for (const text of texts) t.strictSame(read(`It said ${text} there.`), [`${kind}: ${text}`], text);
});

test('a postcode is told by its town, or as the last line of an address', async (t) => {
  t.strictSame(read('Their office in Holstebro 7500 was closed, near Vila do Conde 4480-671 too.'), [
    'postcode: 7500',
    'postcode: 4480-671',
  ]);
  t.strictSame(read('12 Long Street Apt. 9\n Gdańsk\n  80-244\n').at(-1), 'postcode: 80-244');
  t.strictSame(read('3 Main Road\n Akureyri\n  600').at(-1), 'postcode: 600');
  for (const other of [
    'In Sweden 4000 drivers stopped.',
    'See it in Section 4511 there.',
    'in Paris 2024',
    'near 4500',
  ])
    t.strictSame(read(other), [], other);
});

test('a wrong check digit, a number of something else and ordinary words are nothing', async (t) => {
  const texts = [
    'Cards 4111 1111 1111 1112 and GB82WEST12345698765433.',
    'Ids 110105194912310021, 12345678A, S1234567A, 000-12-3456.',
    'In 2015-2019 and on 2020-04-16 at 11:34:35 some 1,234,567 of 10 000 000 users paid $1500.00.',
    'Version 10.15.7, section 3.2.1, ISO 27001:2022, 3.14159 and 1/2, and/or, he/she, text/html, 2023/24.',
    'GPT-4, Llama 3.1 8B, e.g. Node.js and train.py; No. 12345678; case 2024-12345; incident 1045.',
    'arXiv 2301.12345, CVE-2024-12345, ISBN 978-3-16-148410-0, RFC 9457, AML.T0051.',
    '第12345号案件，2024年5月6日，共计1234567元。',
  ];
  for (const text of texts) t.strictSame(read(text), [], text);
});

test('of two that overlap the certain or longer one stays', async (t) => {
  t.strictSame(read('see https://u:p@192.0.2.1/a@b.org?card=4111111111111111.'), [
    'url: https://u:p@192.0.2.1/a@b.org?card=4111111111111111',
  ]);
  t.strictSame(read('手机：13800138000，身份证：11010519491231002X。'), [
    'phone: 13800138000',
    'national-id: 11010519491231002X',
  ]);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.keys(IDENTIFIERS)), { maxLength: 6 }), fc.nat(), (names, seed) => {
      const roll = dice(seed);
      const found = findIdentifiers(names.map((name) => IDENTIFIERS[name]!(roll)).join(' '));
      return found.every(({ start, end }, nth) => start < end && start >= (found[nth - 1]?.end ?? 0));
    }),
    { numRuns: 200 },
  );
});

test('in real titles and descriptions hardly anything is taken for an identifier', async (t) => {
  const csv = readFileSync(new URL('../../interop/data/aiid/incidents.csv', import.meta.url), 'utf8');
  const cells = [...csv.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\n]*)),(?:"((?:[^"]|"")*)"|([^",\n]*))\n/g)];
  const texts = cells.flatMap(([, quoted, plain, title, bare]) => [quoted ?? plain ?? '', title ?? bare ?? '']);
  const found = texts.flatMap(read);
  t.ok(texts.length > 2_500);
  // The domains that they do name.
  t.strictSame(
    found.filter((one) => !/^url: [\w.]+\.(?:com|io|co)$/.test(one)),
    [],
  );
  t.ok(found.length < 15, found.join('\n'));
});

test('whatever stands in a text, offsets are right and nothing is thrown', async (t) => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('@', '-', '1', '4111 1111', '+86', '://', '身份证', '0x', '=', '.', 'sk-'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      return findIdentifiers(text).every(
        ({ start, end, confidence }) =>
          0 <= start && start < end && end <= text.length && confidence > 0 && confidence <= 1,
      );
    }),
    { numRuns: 500 },
  );
  t.pass();
});
