// Identifiers by the forms and words of many countries, vendors and trades: what each rule was written for, and what looks alike.
import { test } from 'tap';
import { findIdentifiers } from '../src/findings.ts';

const read = (text: string) =>
  findIdentifiers(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

/** Each text with the one thing that is found in it. */
const CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'mailboxes and domains of other scripts, in quotation marks and as they are spoken': {
    'at <почта@пример.рф>;': 'email: почта@пример.рф',
    '发给 ops@例子.中国': 'email: ops@例子.中国',
    'at "anna maria"@example.pl now': 'email: "anna maria"@example.pl',
    'it is jo.doe AT example DOT org, he said': 'email: jo.doe AT example DOT org',
    'на сайте новости.рф/статья': 'url: новости.рф/статья',
    '还有 新闻.中国': 'url: 新闻.中国',
    'by jdbc:postgresql://db.internal:5432/hr': 'url: jdbc:postgresql://db.internal:5432/hr',
  },
  'addresses of the net behind a colon': {
    'MAC地址：8C:85:90:12:AB:CD': 'mac: 8C:85:90:12:AB:CD',
    'mac:8c:85:90:12:ab:cd': 'mac: 8c:85:90:12:ab:cd',
    'IP：2001:da8:8000::1': 'ip: 2001:da8:8000::1',
  },
  'phone numbers by the word of their language': {
    'Sími 543 1000': 'phone: 543 1000',
    'Cep: 0532 123 45 67': 'phone: 0532 123 45 67',
    'Telefoon 5551234': 'phone: 5551234',
    'τηλ. 2107456000': 'phone: 2107456000',
  },
  'addresses of the net behind what may have a version': {
    'kafka 10.20.3.4 is down': 'ip: 10.20.3.4',
    'Docker 192.168.4.20': 'ip: 192.168.4.20',
    'ip.src==10.0.0.4': 'ip: 10.0.0.4',
    'record updated to 152.14.3.9': 'ip: 152.14.3.9',
  },
  'what a key of a program calls it': {
    '"national_id": "836 156 2427"': 'national-id: 836 156 2427',
    'id_number=79122515637': 'national-id: 79122515637',
    '{"passportNumber": "C01X00T47"}': 'passport: C01X00T47',
    'caller_id=0428-85 46 02': 'phone: 0428-85 46 02',
    'from=+34983629082': 'phone: +34983629082',
    '"git_sha": "e9f50cb"': 'commit: e9f50cb',
    'to=B81yJSHbz1LsLjmMNzyc7QiJZBAtjwVwGnisboJeSbqF': 'wallet: B81yJSHbz1LsLjmMNzyc7QiJZBAtjwVwGnisboJeSbqF',
  },
  'a number by what is said of it': {
    'She had 40 calls on 4657-6822 in a day': 'phone: 4657-6822',
    'Security desk\nT 4555458185': 'phone: 4555458185',
    '| applicant | 94102726162 |': 'national-id: 94102726162',
    'national ID 4720324431531': 'national-id: 4720324431531',
    'HEAD is now at 7032762104 Fix it': 'commit: 7032762104',
    'MD5/SHA of the sample: a5f95743f1f9d7c215e6b9d442d545330e13a97a': 'hash: a5f95743f1f9d7c215e6b9d442d545330e13a97a',
    'the leaked credential, d867b1bf191a6f6fa7bfc36c3da44347, is off': 'api-key: d867b1bf191a6f6fa7bfc36c3da44347',
    'a QR code for F6AGzqV95vBXax91hF8ze9uivJVKPbEzCWYRo7hQn8LL':
      'wallet: F6AGzqV95vBXax91hF8ze9uivJVKPbEzCWYRo7hQn8LL',
    'The ALPR system read 73-DDP-3 as stolen': 'licence-plate: 73-DDP-3',
    'Tag AGH-064 (flagged by ALPR)': 'licence-plate: AGH-064',
    'charged to 3477.820933.50408': 'card: 3477.820933.50408',
  },
  'a card with two blanks': { 'kk 4000  0000  0000  0002 ok': 'card: 4000  0000  0000  0002' },
  'places on the globe as ships, soldiers, surveyors, programs and other languages write them': {
    'geo:37.786971,-122.399677;u=35': 'coordinates: geo:37.786971,-122.399677;u=35',
    'at 36-50.2S 174-45.5E.': 'coordinates: 36-50.2S 174-45.5E',
    'at 33T 448251 5411943': 'coordinates: 33T 448251 5411943',
    'OS grid reference TQ 30080 80510': 'coordinates: TQ 30080 80510',
    'geohash u4pruydqqvj here': 'coordinates: u4pruydqqvj',
    'QTH JO62QM': 'coordinates: JO62QM',
    'at ///filled.count.soap': 'coordinates: ///filled.count.soap',
    'what3words: filled.count.soap': 'coordinates: filled.count.soap',
    'near 9G8F+6W Zurich': 'coordinates: 9G8F+6W',
    'POINT(13.4 52.52)': 'coordinates: POINT(13.4 52.52)',
    '"coordinates":[116.4074,39.9042]': 'coordinates: 116.4074,39.9042',
    '48,8566; 2,3522': 'coordinates: 48,8566; 2,3522',
    'at 40.7 degrees north, 74.0 degrees west': 'coordinates: 40.7 degrees north, 74.0 degrees west',
    '55.7558° с. ш., 37.6173° в. д.': 'coordinates: 55.7558° с. ш., 37.6173° в. д.',
    '北緯35.6586度、東経139.7454度': 'coordinates: 北緯35.6586度、東経139.7454度',
    '북위 37.5665 동경 126.9780': 'coordinates: 북위 37.5665 동경 126.9780',
  },
  'papers by the word of their language, and licences by their form': {
    'паспорт 4509 № 351927': 'passport: 4509 № 351927',
    'загранпаспорт 75 3594892': 'passport: 75 3594892',
    '여권번호 M55848933': 'passport: M55848933',
    'útlevél: BA1234567': 'passport: BA1234567',
    'номер паспорта 07 59 809110': 'passport: 07 59 809110',
    'paspoort: SPEC12K34': 'passport: SPEC12K34',
    'prawo jazdy 12345678': 'driving-licence: 12345678',
    'DL no. DL-0420110149646': 'driving-licence: DL-0420110149646',
    'it said MORGA657054SM9IJ there': 'driving-licence: MORGA657054SM9IJ',
    'driver license S530-420-61-198-0': 'driving-licence: S530-420-61-198-0',
  },
  'plates by the word of their language, their form, or the vehicle before them': {
    'plaka 34 ABC 123': 'licence-plate: 34 ABC 123',
    'Placa: ABC1D23': 'licence-plate: ABC1D23',
    'rendszám AABC-123': 'licence-plate: AABC-123',
    'rego ABC12D': 'licence-plate: ABC12D',
    'skilt EK 12345': 'licence-plate: EK 12345',
    'у А123ВС 77 стоял': 'licence-plate: А123ВС 77',
    'a black sedan, 8XYZ234, left': 'licence-plate: 8XYZ234',
    'the van (LK19 XYZ) was seen': 'licence-plate: LK19 XYZ',
  },
  'postcodes by their word, and before a town': {
    'PIN code 110001': 'postcode: 110001',
    'code postal 75013': 'postcode: 75013',
    '〒100-0001': 'postcode: 100-0001',
    'Torstr. 1, 10179 Berlin': 'postcode: 10179',
  },
  'numbers of persons and firms by what their country calls them': {
    'BVN 22384544898': 'national-id: 22384544898',
    'KRA PIN A614957612Z': 'national-id: A614957612Z',
    'РНОКПП 3412251387': 'national-id: 3412251387',
    '사업자등록번호 124-81-80196': 'national-id: 124-81-80196',
    '統一編號 04595257': 'national-id: 04595257',
    'momsnr SE556463953101': 'national-id: SE556463953101',
    'C.I. 2.706.966-5': 'national-id: 2.706.966-5',
    'Steuer-Nr. 133/8150/8159': 'national-id: 133/8150/8159',
    'Personalausweisnummer L8Z4K1T92': 'national-id: L8Z4K1T92',
    'CIN AB123456': 'national-id: AB123456',
    'the QXV 4471882093 of': 'national-id: 4471882093',
    'LEI 529900T8BM49AURSDO55': 'national-id: 529900T8BM49AURSDO55',
  },
  'accounts of banks, devices and chats': {
    'account 31926819 was': 'account: 31926819',
    'IFSC HDFC0001234': 'account: HDFC0001234',
    'IMSI 310150813474018': 'account: 310150813474018',
    'serial number C02XK0AAJHD3': 'account: C02XK0AAJHD3',
    'Discord user zephyr#4821': 'account: zephyr#4821',
    'GitHub user @octo-kat left': 'account: @octo-kat',
  },
  'keys of more vendors, passwords behind a sign, and what only a machine writes': {
    [`in fo1_${'aHi02KYGae0Z7Id5SAbbvVCBIwb3yXevtU48dO1LvbW'}`]:
      'api-key: fo1_aHi02KYGae0Z7Id5SAbbvVCBIwb3yXevtU48dO1LvbW',
    'Authorization: Basic YWRtaW46Y29ycmVjdA1': 'api-key: YWRtaW46Y29ycmVjdA1',
    'hook https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX':
      'api-key: https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    'passwort: Som24!': 'api-key: Som24',
    'пароль: Vesna2024': 'api-key: Vesna2024',
    'Server=db;User=sa;Password=hunter22;': 'api-key: Server=db;User=sa;Password=hunter22',
    'left SueUNVds8vQ8kvFcASjxl3vrnVr2sGXJ in it': 'api-key: SueUNVds8vQ8kvFcASjxl3vrnVr2sGXJ',
    'seed phrase: legal winner thank year wave sausage worth useful legal winner thank yellow':
      'api-key: legal winner thank year wave sausage worth useful legal winner thank yellow',
  },
  'wallets of more ledgers': {
    'to t1KstPVzcNEK4ZeauQ6cogoqxQBMDSiRnGr now': 'wallet: t1KstPVzcNEK4ZeauQ6cogoqxQBMDSiRnGr',
    'to tz1VSUr8wwNhLAzempoch5d6hLRiTh8Cjcjb now': 'wallet: tz1VSUr8wwNhLAzempoch5d6hLRiTh8Cjcjb',
    'to EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2 now':
      'wallet: EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2',
    'name brantly.eth sold': 'wallet: brantly.eth',
  },
  'fingerprints, sums and files by content': {
    'SHA256:PcTHRR+1Rjpaq5tD3/gei6XjaguV4VsCbA/ENzSSAqo': 'hash: SHA256:PcTHRR+1Rjpaq5tD3/gei6XjaguV4VsCbA/ENzSSAqo',
    'thumbprint A0:B1:C2:D3:E4:F5:06:17:28:39:4A:5B:6C:7D:8E:9F:A0:B1:C2:D3.':
      'hash: A0:B1:C2:D3:E4:F5:06:17:28:39:4A:5B:6C:7D:8E:9F:A0:B1:C2:D3',
    'ssdeep 96:nZ8PsEDX3P5ixY0J:xeExSckP0QoJHJc7': 'hash: 96:nZ8PsEDX3P5ixY0J:xeExSckP0QoJHJc7',
    'CID QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG': 'hash: QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
    'crc32 ee85dcba': 'hash: ee85dcba',
  },
  'changes of code by the words around them, and from one to another': {
    'cherry-picked 5a6b7c8d onto main': 'commit: 5a6b7c8d',
    'bisected to 1f3d9aa8c0': 'commit: 1f3d9aa8c0',
    'last good: 0d1d7fc3': 'commit: 0d1d7fc3',
    'a1b2c3d..e4f5a6b': 'commit: a1b2c3d..e4f5a6b',
    'on v2.4.1-14-g2414721 now': 'commit: v2.4.1-14-g2414721',
  },
  'models as programs name them': {
    'ollama run llama3.1:8b-instruct-q4_K_M': 'model-id: llama3.1:8b-instruct-q4_K_M',
    'with gemini-1.5-pro-002 as judge': 'model-id: gemini-1.5-pro-002',
    'weights: acme-ai/triage-llm': 'model-id: acme-ai/triage-llm',
  },
};

for (const [name, cases] of Object.entries(CASES))
  test(name, async (t) => {
    for (const [text, found] of Object.entries(cases)) t.strictSame(read(text), [found], text);
  });

test('what looks alike is nothing', async (t) => {
  for (const text of [
    'EN 60601-1-2, UL 2900-2-1, IEC 62304-1-2 and build 10.0.19045.4291',
    'AUC 0.91 (0.88-0.94), firmware 8.9.2.26',
    'with cuDNN 8.9.2.26, Postgres 12.4.1.7, transformers==4.44.2.1 and section 4.3.2.1',
    'Version History: 1.0.2.1, 1.0.2.2 and 1.0.3.0; downgraded from 1.12.4.1 to 1.12.3.9',
    'seen at 440659d by all, a national ID of nobody',
    'ISBN 9783161484100, EAN 4006381333931, USD 12000000 and UTC 20240517',
    'arrived AT noon DOT not before, met at home dot',
    'The car of GDPR 2016 and the bus of 12 May',
    'a password: none, the pass: see below, the passcode is four digits',
    'HelloWorldThisIsOneLongCamelCaseName2, antidisestablishmentarianism and 2024-05-17T10:01:22',
    'the patch of 2019, a build in 1999999, commit to 100000 people',
    'at 3:1 after 12:30, 90 degrees and 40 degrees north of it',
    'a placa e a patente, register 12, the vehicle number one',
    '15000 Paris residents, in 10179 Berlin had 12 of them',
  ])
    t.strictSame(read(text), [], text);
  for (const text of ['Windows 203.0.113.7', 'patch 203.0.113.7'])
    t.strictSame(read(text), ['ip: 203.0.113.7'], 'no version has such numbers');
});

test('a wallet with another last sign is none, and a firm only where it is called so', async (t) => {
  const kinds = (text: string) => findIdentifiers(text).map(({ kind }) => kind);
  for (const wallet of ['t1KstPVzcNEK4ZeauQ6cogoqxQBMDSiRnGs', 'EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q3'])
    t.notOk(kinds(wallet).includes('wallet'), wallet);
  t.strictSame(read('LEI 529900T8BM49AURSDO56'), ['national-id: 529900T8BM49AURSDO56']);
  t.strictSame(read('It said 529900T8BM49AURSDO56 there.'), []);
});
