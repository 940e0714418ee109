// Structured identifiers: found whatever stands around them, and hardly anything else is taken for one.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'tap';
import { findIdentifiers } from '../src/findings.ts';
import { dice } from './disguises.ts';
import { IDENTIFIERS } from './identifier-makers.ts';

const read = (text: string) =>
  findIdentifiers(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

test('of 200 of every kind and country at least 99.5 of 100 are found, whole', async (t) => {
  const roll = dice(3);
  const around = [
    ['We were told ', ' by the user.'],
    ['', ''],
    ['资料显示', '，已经泄露。'],
    ['- leaked: ', '\n- next'],
    ['("', '")'],
  ] as const;
  let [all, found] = [0, 0];
  for (const [name, make] of Object.entries(IDENTIFIERS)) {
    const missed: string[] = [];
    for (let nth = 0; nth < 200; nth++) {
      const made = make(roll);
      const [before, after] = around[nth % around.length]!;
      const text = before + made + after;
      const last = before.length + made.length;
      all++;
      // What stands before the identifier as its cue need not be covered.
      if (findIdentifiers(text).some(({ start, end }) => end === last && start <= last - 6)) found++;
      else missed.push(text);
    }
    t.ok(missed.length <= 4, `${name}: ${missed.length} of 200 missed ${missed.slice(0, 6).join(' ⏎ ')}`);
  }
  t.ok(found / all >= 0.995, `${found} of ${all}`);
  t.comment(`${found} of ${all} found`);
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

test('what a word before it says to be an identifier is one, whatever its check digit and country', async (t) => {
  const texts: Readonly<Record<string, string>> = {
    'EGN: 9206205429': 'national-id: 9206205429',
    'CUIT 27-96043803-1': 'national-id: 27-96043803-1',
    'СНИЛС 342-944-823 93': 'national-id: 342-944-823 93',
    'RUT 24.030.337-K': 'national-id: 24.030.337-K',
    'CNIC 35202-1962815-7': 'national-id: 35202-1962815-7',
    'EIN: 47-6599725': 'national-id: 47-6599725',
    'VAT no. DE867076351': 'national-id: DE867076351',
    'ת.ז. 716037098': 'national-id: 716037098',
    'NIE Z-6744818-G': 'national-id: Z-6744818-G',
    'IBANDE14 9008 1074 7594 2573 27': 'iban: DE14 9008 1074 7594 2573 27',
    'IBAN: GB82WEST12345698765433': 'iban: GB82WEST12345698765433',
    'credit card 4111 1111 1111 1112': 'card: 4111 1111 1111 1112',
    'MAC addr 001A2B3C4D5E': 'mac: 001A2B3C4D5E',
    'Reisepass-Nr. C4J2X9TRN': 'passport: C4J2X9TRN',
    'паспорт 4509 123456': 'passport: 4509 123456',
    'DLN: MORGA753116SM9IJ': 'driving-licence: MORGA753116SM9IJ',
    'Kennzeichen B-MW 1234': 'licence-plate: B-MW 1234',
    'number plate KA-01-AB-1234': 'licence-plate: KA-01-AB-1234',
    'PLZ 10115': 'postcode: 10115',
    'Contact No. 333 1234567': 'phone: 333 1234567',
    'Ph: +52 1 55 1234 5678': 'phone: +52 1 55 1234 5678',
    'passeport n° 12AB34567': 'passport: 12AB34567',
    'TAJ szám 123 456 788': 'national-id: 123 456 788',
    'plate number DL 8C AB 1234': 'licence-plate: DL 8C AB 1234',
    'tel=+234 803 123 4567;ext=': 'phone: +234 803 123 4567',
    'GPS: 18S UJ 23480 06470': 'coordinates: 18S UJ 23480 06470',
    'coordinates 51.5, -0.12': 'coordinates: 51.5, -0.12',
    'HEAD is now at 0b232b096d': 'commit: 0b232b096d',
    'aws_secret_access_key = 11HiPDaBlcATtzZM8r8bzCk3Tw0aRviXbLgxGG4y':
      'api-key: 11HiPDaBlcATtzZM8r8bzCk3Tw0aRviXbLgxGG4y',
    'Solana wallet 5ThgeBAQLkdPbH9zLkjpSh3RgmaGkWSGbbMdsnhfq626':
      'wallet: 5ThgeBAQLkdPbH9zLkjpSh3RgmaGkWSGbbMdsnhfq626',
  };
  for (const [text, found] of Object.entries(texts)) t.strictSame(read(text), [found], text);
});

test('forms that logs, warnings of attacks and other ledgers have', async (t) => {
  const texts: Readonly<Record<string, string>> = {
    'dotted 4937.2038.8319.8053;': 'card: 4937.2038.8319.8053',
    '::ffff:192.0.2.128 - -': 'ip: ::ffff:192.0.2.128',
    'src=::1 dst=': 'ip: ::1',
    'from 91[.]198[.]174[.]192': 'ip: 91[.]198[.]174[.]192',
    'hxxps://evil[.]example[.]com/pay': 'url: hxxps://evil[.]example[.]com/pay',
    'block evil[.]example[.]com now': 'url: evil[.]example[.]com',
    'mongodb+srv://db.internal/x': 'url: mongodb+srv://db.internal/x',
    'clone git@github.com:acme/tool.git': 'url: git@github.com:acme/tool.git',
    '参见acme-robotics.ai。': 'url: acme-robotics.ai',
    'eui 02:00:5E:10:00:00:00:01': 'mac: 02:00:5E:10:00:00:00:01',
    'N40.7128 W74.0060': 'coordinates: N40.7128 W74.0060',
    rhrWsuabBL91WWemxEYvxRktD47BAss8SE: 'wallet: rhrWsuabBL91WWemxEYvxRktD47BAss8SE',
    cosmos1fu4wxvjh8z9eluhj80h8d2zlq6wu28ncxaw5u9: 'wallet: cosmos1fu4wxvjh8z9eluhj80h8d2zlq6wu28ncxaw5u9',
    GDJOJQZX5OTFBUNM2H2FVI7HYXBH6YFYX7B3WGHKGKKZ5PRSSBOFB5YU:
      'wallet: GDJOJQZX5OTFBUNM2H2FVI7HYXBH6YFYX7B3WGHKGKKZ5PRSSBOFB5YU',
    $2b$12$HCDdxrgoXpfBTaL9th1QvuiFHEoyRkxlF5Aj0HZpWjexHziaEMyPG:
      'hash: $2b$12$HCDdxrgoXpfBTaL9th1QvuiFHEoyRkxlF5Aj0HZpWjexHziaEMyPG',
    'x-api-key: 2b2f646bf6a77eca227871495fd8d8b7': 'api-key: 2b2f646bf6a77eca227871495fd8d8b7',
    'loaded claude-3-5-sonnet-20241022': 'model-id: claude-3-5-sonnet-20241022',
  };
  for (const [text, found] of Object.entries(texts)) t.strictSame(read(text), [found], text);
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
    found.filter((one) => !/^url: [\w.]+\.(?:ai|com|io|co)$/.test(one)),
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
