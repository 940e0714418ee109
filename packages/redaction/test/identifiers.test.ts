// Structured identifiers: found whatever stands around them, and hardly anything else is taken for one.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'tap';
import { findIdentifiers } from '../src/findings.ts';
import { dice } from './disguises.ts';
import { IDENTIFIERS } from './identifier-makers.ts';

const read = (text: string) =>
  findIdentifiers(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

const walletsIn = (text: string) => read(text).filter((one) => one.startsWith('wallet'));

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

/** Of every country, from the registry of SWIFT. */
const IBANS = `
AD12 0001 2030 2003 5910 0100; AE07 0331 2345 6789 0123 456; AL47 2121 1009 0000 0002 3569 8741
AT61 1904 3002 3457 3201; AZ21 NABZ 0000 0000 1370 1000 1944; BA39 1290 0794 0102 8494; BE68 5390 0754 7034
BG80 BNBG 9661 1020 3456 78; BH67 BMAG 0000 1299 1234 56; BR18 0036 0305 0000 1000 9795 493C 1
BY13 NBRB 3600 9000 0000 2Z00 AB00; CH93 0076 2011 6238 5295 7; CR05 0152 0200 1026 2840 66
CY17 0020 0128 0000 0012 0052 7600; CZ65 0800 0000 1920 0014 5399; DE89 3704 0044 0532 0130 00; DK50 0040 0440 1162 43
DO28 BAGR 0000 0001 2124 5361 1324; EE38 2200 2210 2014 5685; EG38 0019 0005 0000 0000 2631 8000 2
ES91 2100 0418 4502 0005 1332; FI21 1234 5600 0007 85; FO62 6460 0001 6316 34; FR14 2004 1010 0505 0001 3M02 606
GB29 NWBK 6016 1331 9268 19; GE29 NB00 0000 0101 9049 17; GI75 NWBK 0000 0000 7099 453; GL89 6471 0001 0002 06
GR16 0110 1250 0000 0001 2300 695; GT82 TRAJ 0102 0000 0012 1002 9690; HR12 1001 0051 8630 0016 0
HU42 1177 3016 1111 1018 0000 0000; IE29 AIBK 9311 5212 3456 78; IL62 0108 0000 0009 9999 999
IQ98 NBIQ 8501 2345 6789 012; IS14 0159 2600 7654 5510 7303 39; IT60 X054 2811 1010 0000 0123 456
JO94 CBJO 0010 0000 0000 0131 0003 02; KW81 CBKU 0000 0000 0000 1234 5601 01; KZ86 125K ZT50 0410 0100
LB62 0999 0000 0001 0019 0122 9114; LC55 HEMM 0001 0001 0012 0012 0002 3015; LI21 0881 0000 2324 013A A
LT12 1000 0111 0100 1000; LU28 0019 4006 4475 0000; LV80 BANK 0000 4351 9500 1; MC58 1122 2000 0101 2345 6789 030
MD24 AG00 0225 1000 1310 4168; ME25 5050 0001 2345 6789 51; MK07 2501 2000 0058 984; MR13 0002 0001 0100 0012 3456 753
MT84 MALT 0110 0001 2345 MTLC AST0 01S; MU17 BOMM 0101 1010 3030 0200 000M UR; NL91 ABNA 0417 1643 00
NO93 8601 1117 947; PK36 SCBL 0000 0011 2345 6702; PL61 1090 1014 0000 0712 1981 2874
PS92 PALS 0000 0000 0400 1234 5670 2; PT50 0002 0123 1234 5678 9015 4; QA58 DOHB 0000 1234 5678 90AB CDEF G
RO49 AAAA 1B31 0075 9384 0000; RS35 2600 0560 1001 6113 79; SA03 8000 0000 6080 1016 7519
SC18 SSCB 1101 0000 0000 0000 1497 USD; SE45 5000 0000 0583 9825 7466; SI56 2633 0001 2039 086
SK31 1200 0000 1987 4263 7541; SM86 U032 2509 8000 0000 0270 100; ST68 0001 0001 0051 8453 1011 2
SV62 CENR 0000 0000 0000 0070 0025; TL38 0080 0123 4567 8910 157; TN59 1000 6035 1835 9847 8831
TR33 0006 1005 1978 6457 8413 26; UA21 3223 1300 0002 6007 2335 6600 1; VA59 0011 2300 0012 3456 78
VG96 VPVG 0000 0123 4567 8901; XK05 1212 0123 4567 8906
`
  .trim()
  .split(/; |\n/);

test('an account of every country in the registry is found, and not with another check digit or length', async (t) => {
  t.equal(new Set(IBANS.map((iban) => iban.slice(0, 2))).size, IBANS.length);
  for (const iban of IBANS) {
    const bare = iban.replaceAll(' ', '');
    for (const written of [iban, bare, bare.toLowerCase(), iban.replaceAll(' ', '-')])
      t.strictSame(read(`It said ${written} there.`), [`iban: ${written}`]);
    t.strictSame(read(`It said ${iban} IBAN 7 there.`), [`iban: ${iban}`], 'words behind it are none of it');
    const wrong = `${iban.slice(0, 3)}${(Number(iban.charAt(3)) + 1) % 10}${bare.slice(4)}`;
    for (const other of [wrong, `${bare}0`, bare.slice(0, -1), `QQ${bare.slice(2)}`])
      t.notMatch(read(`It said ${other} there.`).join(), /iban/, other);
  }
});

test('a card of every issuer is found by its first digits, length and check digit', async (t) => {
  const cards = ['4111111111111111', '4222222222222', '4000000000000000006', '5555555555554444', '2223003122003222'];
  cards.push(
    '378282246310005',
    '3508879982308460',
    '060433634452',
    '3056930009020004',
    '30569309025904',
    '36227206271667',
    '3800000000000006',
  );
  cards.push('6011000990139424', '6500000000000002', '3566002020360505', '6200000000000005', '6205500000000000004');
  cards.push('6759649826438453', '6304000000000000', '5018000000000009', '2201382000000013', '9792020000000001');
  cards.push('8171999927660000', '180000000000002', '213100000000001');
  for (const card of cards) {
    t.strictSame(read(`It said ${card} there.`), [`card: ${card}`]);
    const last = String((Number(card.slice(-1)) + 1) % 10);
    for (const other of [card.slice(0, -1) + last, `0${card}`, `1.${card}`, `${card}.5`, `x${card}`])
      t.notMatch(read(`It said ${other} there.`).join(), /card/, other);
  }
  t.strictSame(read('It said 4242 4242 4242 4242-there'), ['card: 4242 4242 4242 4242']);
  // By Luhn right, and of no issuer, of another length, or one digit all over.
  for (const other of ['1000000000000008', '4000000000000009998', '411111111111116', '0000000000000000'])
    t.notMatch(read(`It said ${other} there.`).join(), /card/, other);
  t.strictSame(read('credit card 4111111111111112 there'), ['card: 4111111111111112'], 'called one, and misspelled');
  t.strictSame(read('卡号为：6222021234567890123'), ['card: 6222021234567890123']);
});

test('a wallet of each kind is found by its check sum or form, and by no other letters', async (t) => {
  const checked = ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy'];
  checked.push('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4');
  checked.push('bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0');
  checked.push('tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7');
  checked.push('ltc1qd5wm03t5kcdupjuyq5jffpuacnaqahvfsdu8smf8z0u0pqdqpatqsdrn8h');
  checked.push('TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW', 'LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1');
  checked.push('DBXu2kgc3xtvCUWFcxFE3r9hEYgmuaaCyD');
  const formed = ['0x52908400098527886E0F7030069857D2E4169EE7'];
  formed.push('888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H');
  for (const wallet of [...checked, ...formed]) t.strictSame(read(`It said ${wallet} there.`), [`wallet: ${wallet}`]);
  for (const wallet of checked) {
    const last = wallet.slice(-1) === '3' ? '4' : '3';
    for (const other of [wallet.slice(0, -1) + last, wallet.replace(/5(?=.)/, '6'), `x${wallet}`])
      if (other !== wallet) t.strictSame(walletsIn(`It said ${other} there.`), [], other);
  }
  t.strictSame(walletsIn('It said Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 there.'), [], 'of two cases');
});

test('a phone number is found in the shapes of most countries, with its extension and without what follows', async (t) => {
  const phones = ['(415) 555-2671', '(030) 12345678', '(030)12345678', '(02) 9876 5432', '030/1234-567'];
  phones.push('0171 1234567', '020-7946-0000', '02079460000', '415.555.2671', '415 555 2671', '06 12 34 56 78');
  phones.push('11 22 33 44', '612 34 56 78', '612-345-678', '555-2671', '91 234 5678', '138-0013-8000');
  phones.push('138 0013 8000', '13800138000', '0044 20 7946 0000', '+44 20 7946 0000 ext. 12', '+44 20 7946 0000x12');
  phones.push('020 7946 0000转12', '（０１０）６５５５１２３４', '（010）65551234', '＋４４ ２０ ７９４６ ００００');
  for (const phone of phones) t.strictSame(read(`It said ${phone} there.`), [`phone: ${phone}`]);
  t.strictSame(read('It said 020 7946 0000 12 May.'), ['phone: 020 7946 0000']);
  t.strictSame(read('It said +44 20 7946 0000 12 1 there'), ['phone: +44 20 7946 0000']);
  const cued = ['phone: ', 'call ', 'Fax ', 'WhatsApp ', 'hotline ', 'text me at ', '电话', '联系方式：', '微信号是'];
  for (const cue of cued) t.strictSame(read(`${cue}5551234 now`), ['phone: 5551234'], cue);
  t.strictSame(read('It said 555 1234 (office)'), ['phone: 555 1234']);
  t.strictSame(read('电话是12345678'), ['phone: 12345678']);
});

test('what is a day, a year, a sum, an address or some other number is no phone number', async (t) => {
  const others = ['155-2671', '12800138000', '+1', '+999 123456', '0123456', '2015-2019', '1990-2001-2010'];
  others.push('2019/05/04', '04.05.2019', '05/24/2019', '20190504', '1 000 000', '10 000', '3.14159', '5551234');
  others.push('1999 2005 2019 2020', '$415-555-2671', '#415-555-2671', 'id=415-555-2671', 'A415-555-2671');
  others.push('415-555-2671%', '415-555-2671abc', '415-555-2671_3', '1,415-555-2671', 'phone: 12345');
  others.push('phone: 1234567890123456', `phone ${'x'.repeat(60)} 5551234`, '555 1234', '12 345');
  others.push('12.1.105', '535.129.03', '3.0.13-1.2.7', '0.88/0.61', '12/48/310', '12 / 24 / 48');
  for (const word of ['order', 'ISBN', 'case', '编号为', 'part number', 'version']) others.push(`${word} 415-555-2671`);
  for (const other of others) t.strictSame(read(`It said ${other} there.`), [], other);
  t.strictSame(read('at 192.168.10.1'), ['ip: 192.168.10.1']);
});

test('digits, letters, signs and blanks of other widths and scripts count as those of ASCII', async (t) => {
  const card = '4111 1111-1111 1111';
  const digits = (zero: number) => card.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
  for (const zero of [0xff10, 0x660, 0x6f0, 0x966]) t.strictSame(read(digits(zero)), [`card: ${digits(zero)}`]);
  for (const hyphen of '\u2010\u2011\u2012\u2013\u2014\u2015\u2212－')
    t.strictSame(read(card.replace('-', hyphen)), [`card: ${card.replace('-', hyphen)}`]);
  for (const blank of '\u00a0\u2002\u2009\u200a\u202f\u3000')
    t.strictSame(read(card.replace(' ', blank)), [`card: ${card.replace(' ', blank)}`]);
  const wide = (text: string) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
  for (const text of ['someone@example.org', 'GB82WEST12345698765432', 'A123456789', '192.0.2.146', 'ab_c/de@9f86d08'])
    t.strictSame(
      read(wide(text)).map((one) => one.split(':')[0]),
      read(text).map((one) => one.split(':')[0]),
      text,
    );
  t.strictSame(read(wide('someone@example.org')), [`email: ${wide('someone@example.org')}`]);
});

test('the marks of a sentence around an address or a key are none of it', async (t) => {
  t.strictSame(read('(see https://example.org/a).'), ['url: https://example.org/a']);
  t.strictSame(read('at https://en.wikipedia.org/wiki/AI_(film)'), ['url: https://en.wikipedia.org/wiki/AI_(film)']);
  t.strictSame(read('（见https://example.org/a）'), ['url: https://example.org/a']);
  t.strictSame(read('"ask someone@example.org"?!'), ['email: someone@example.org']);
  t.strictSame(read('password: hunter2hunter2!'), ['api-key: hunter2hunter2']);
  t.strictSame(read('HKID G123456(A)'), ['national-id: G123456(A)']);
  const many = 'one@example.org,two@example.org;three@example.org\nfour@example.org\u2028five@example.org';
  t.strictSame(
    read(many),
    ['one', 'two', 'three', 'four', 'five'].map((name) => `email: ${name}@example.org`),
  );
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
    'pay GB35OQGM2231602507898 now': 'iban: GB35OQGM2231602507898',
    'pay TH393671542252 now': 'iban: TH393671542252',
    'tax id ZZ 21 94 35 T': 'national-id: ZZ 21 94 35 T',
    'tax id 27614839': 'national-id: 27614839',
    'customers ring 31956725 for refunds': 'phone: 31956725',
    'a voicemail from 42731510': 'phone: 42731510',
    'the caller used 000 95756682': 'phone: 000 95756682',
    'credit card 4111 1111 1111 1112': 'card: 4111 1111 1111 1112',
    'MAC addr 001A2B3C4D5E': 'mac: 001A2B3C4D5E',
    'Reisepass-Nr. C4J2X9TRN': 'passport: C4J2X9TRN',
    'паспорт 4509 123456': 'passport: 4509 123456',
    'DLN: MORGA753116SM9IJ': 'driving-licence: MORGA753116SM9IJ',
    'Kennzeichen B-MW 1234': 'licence-plate: B-MW 1234',
    'number plate KA-01-AB-1234': 'licence-plate: KA-01-AB-1234',
    'a vehicle registered as 50H-43617': 'licence-plate: 50H-43617',
    'number plate 479-03-808': 'licence-plate: 479-03-808',
    'Please text 008 428-73-46 now': 'phone: 008 428-73-46',
    'license plate 891 1458': 'licence-plate: 891 1458',
    'Plate: สอ 292': 'licence-plate: สอ 292',
    'plate 5 ฐฝ 170 seen': 'licence-plate: 5 ฐฝ 170',
    'Plate: WÜ-DU 88': 'licence-plate: WÜ-DU 88',
    'Plate: A684НН 134': 'licence-plate: A684НН 134',
    'licence plate 6-45229': 'licence-plate: 6-45229',
    'the car 986거7480': 'licence-plate: 986거7480',
    '練馬 93 ち 34-47 が': 'licence-plate: 練馬 93 ち 34-47',
    '横浜 722 ら ・341 が': 'licence-plate: 横浜 722 ら ・341',
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

test('numbers of vehicles, telephones and banks, and a mailbox that is spelt out', async (t) => {
  const kinds = (text: string) =>
    findIdentifiers(text).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);
  for (const [text, is] of Object.entries({
    'The car 1HGCM82633A004352 was hit.': 'national-id 1HGCM82633A004352',
    'VIN: WVWZZZ1JZXW000001': 'national-id WVWZZZ1JZXW000001',
    'IMEI: 49-015420-323751-8': 'national-id 49-015420-323751-8',
    'VAT GB980780684': 'national-id GB980780684',
    'SWIFT code: DEUTDEFF': 'iban DEUTDEFF',
    'BIC DEUTDEFF500': 'iban DEUTDEFF500',
    'UK reg. AB12 CDE': 'licence-plate AB12 CDE',
    'j.doe [at] helpmail [dot] org': 'email j.doe [at] helpmail [dot] org',
    'j.doe(at)helpmail(dot)co(dot)uk': 'email j.doe(at)helpmail(dot)co(dot)uk',
  }))
    t.same(kinds(text), [is]);
  for (const text of ['The car 1HGCM82633A004353', 'a SWIFT RESPONSE', 'BIC: DEUTXXFF', 'in regular AB12'])
    t.same(kinds(text), [], text);
  t.end();
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
    'A ring of 12 in 2019-2020, tax 250000 dollars, GB36OQGM2231602507898, TH393671542253, 2023년1234, 12 は 34.',
    'The plate was 2 mm thick; plates of 12 cars.',
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
    found.filter((one) => !/^url: [\w.]+\.(?:ai|com|io|co)$|^account: @\w+$/.test(one)),
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
