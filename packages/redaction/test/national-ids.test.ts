// Numbers that a country gives to a person: by their check sign, their form, or what they are called.
import { test } from 'tap';
import { findIdentifiers } from '../src/findings.ts';

const read = (text: string) =>
  findIdentifiers(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

const nationalIn = (text: string) => read(text).filter((one) => one.startsWith('national-id'));

/** Those of whose country and check sign there is no doubt. */
const certainIn = (text: string) =>
  findIdentifiers(text).filter(({ kind, confidence }) => kind === 'national-id' && confidence === 1);

/** With each other last sign of its kind. */
function withOtherLast(id: string): string[] {
  const [last, at] = [/[0-9A-Z](?=\)?$)/.exec(id)![0], id.search(/[0-9A-Z]\)?$/)];
  const signs = /\d/.test(last) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return Array.from(signs.replace(last, ''), (sign) => id.slice(0, at) + sign + id.slice(at + 1));
}

/** By country or by what it is called, examples that the countries, Wikipedia or python-stdnum publish. */
const CHECKED: Readonly<Record<string, readonly string[]>> = {
  AR: ['20-05536168-2'],
  BE: ['85.07.30-033.28'],
  BR: ['390.533.447-05', '16.727.230/0001-97'],
  CH: ['756.9217.0769.85', '7569217076985', 'CHE-100.155.212'],
  CL: ['12.531.909-2'],
  CN: ['440308199901101512', '91110000600037341L'],
  CO: ['213.123.432-1'],
  CZ: ['710319/2745'],
  ES: ['54362315-K', 'X2482300W'],
  EU: [
    'ATU13585627',
    'BE0428759497',
    'DE136695976',
    'DK13585628',
    'FI20774740',
    'FR83404833048',
    'IT00743110157',
    'PL8567346215',
  ],
  FI: ['131052-308T', '010594Y9032'],
  FR: ['2 95 10 99 126 111 93', '253072A07300443', '253072B07300470'],
  HK: ['G123456(A)', 'AB987654(3)'],
  IN: ['2341 2341 2346'],
  IT: ['RCCMNL83S18D969H', 'RSSMRA85T10A562S'],
  MX: ['BOXW310820HNERXN09'],
  RO: ['1630615123457'],
  RU: ['112-233-445 95'],
  SE: ['880320-0016', '19880320-0016', '701063-2391'],
  SG: ['S1234567D', 'T1234567J', 'F1234567N', 'G1234567X', 'M1234567K'],
  TH: ['3-1006-00445-63-5'],
  TW: ['A123456789', 'A800000014'],
  UY: ['1.234.567-2'],
  ZA: ['7503305044089'],
};
const CUED: Readonly<Record<string, readonly string[]>> = {
  SVNR: ['1237 010180'],
  'tax file number': ['123 456 782'],
  'registre national': ['85073003328'],
  CPF: ['39053344705'],
  INN: ['500100732259'],
  RUT: ['12531909-2'],
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

test('what may be another number is one of a country only where it is called so, and surely with its check sign', async (t) => {
  for (const [cue, ids] of Object.entries(CUED))
    for (const id of ids) {
      t.strictSame(read(`The ${cue} ${id} there.`), [`national-id: ${id}`]);
      t.strictSame(nationalIn(`It said ${id} there.`), [], id);
      t.equal(certainIn(`The ${cue} ${id} there.`).length, 1, id);
      // It was written wrong, or is of another country that calls its own so.
      for (const other of withOtherLast(id)) t.strictSame(certainIn(`The ${cue} ${other} there.`), [], other);
    }
});

test('a number without a check sign is one by its form and the day in it', async (t) => {
  const ids = {
    '': [
      '770305-02-1234',
      '971013-1019902',
      'AB123456C',
      '078-05-1120',
      'ACUPA7085R',
      '27AAPFU0939F1ZV',
      'GODE561231GR8',
      '35202-1962815-7',
      'GHA-000000000-0',
      'NL004495445B01',
      '784-1980-1234567-8',
    ],
    'Medicare ': ['2123 45670 1'],
    'Sozialversicherung ': ['15 070649 C 103'],
    'CPR ': ['211062-5629'],
    'ITIN ': ['078051120'],
  };
  for (const [cue, all] of Object.entries(ids))
    for (const id of all) {
      t.strictSame(read(`The ${cue}${id} there.`), [`national-id: ${id}`]);
      t.equal(certainIn(`The ${cue}${id} there.`).length, 1, id);
    }
  const others = {
    '': ['771305-02-1234', '971033-1019902', 'BG123456C', 'AB123456E', '000-05-1120', '078-00-1120', '111-11-1111'],
    'Medicare ': ['2123 45671 1', '7123 45670 1'],
    'Sozialversicherung ': ['15 073249 C 103'],
    'CPR ': ['311162-5629'],
    'ITIN ': ['078001120'],
  };
  for (const [cue, all] of Object.entries(others))
    for (const id of all) {
      const text = `The ${cue}${id} there.`;
      t.strictSame(cue === '' ? nationalIn(text) : certainIn(text), [], id);
    }
});
