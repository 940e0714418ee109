// What holds for every text, whatever is found in it.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { test } from 'tap';
import { FINDING_KINDS, findEntities } from '../src/findings.ts';

const PIECES = [
  'Anna',
  'O’Brien',
  'van der',
  'Dr.',
  'University of',
  'Inc.',
  'S.A.',
  'New York',
  '12 Rue',
  'Apt. 4',
  'P.O. Box 7',
  'March 5, 2024',
  '14:32',
  "'s",
  ' & ',
  '王',
  '欧阳',
  '老王',
  '约翰·',
  '·',
  '有限公司',
  '大学',
  '市',
  '路18号',
  '三月五日',
  '上午9点',
  '某某',
  '先生',
  '说',
  'ΛΕΥΚΩΣΙΑ',
  'Škoda',
  '𠮷',
  '\ud800',
  '\u200b',
  '\u0301',
  '\n',
  ', ',
  ' and ',
  '@',
  '/',
  '.',
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES, ' '), { maxLength: 24 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(' ')),
);

test('findings lie inside the text, from left to right, none over another, and nothing makes it throw', (t) => {
  fc.assert(
    fc.property(anyText, (text) => {
      let behind = 0;
      for (const { start, end, kind, confidence, reason } of findEntities(text)) {
        if (start < behind || end <= start || end > text.length) return false;
        if (!FINDING_KINDS.includes(kind) || confidence <= 0 || confidence > 1 || reason === '') return false;
        behind = end;
      }
      return true;
    }),
    { numRuns: 2_000 },
  );
  t.pass();
  t.end();
});

test('the same text is read the same way again, and a blank line keeps what stands around apart', (t) => {
  fc.assert(
    fc.property(anyText, anyText, (one, two) => {
      const first = findEntities(one);
      if (JSON.stringify(first) !== JSON.stringify(findEntities(one))) return false;
      const sure = findEntities(`${one}\n\n---\n\n${two}`).filter(({ end }) => end <= one.length);
      // What is added to a text may say more of a name in it, and takes no date from it.
      const dates = first.filter(({ kind }) => kind === 'date');
      return dates.every((date) => sure.some(({ start, end }) => start <= date.start && date.end <= end));
    }),
    { numRuns: 500 },
  );
  t.pass();
  t.end();
});

test('the steps grow with the length, and not faster', (t) => {
  const units = [
    'a',
    '@',
    '-',
    '7',
    'A ',
    'A.',
    "a'",
    '1 ',
    'Anna ',
    'Anna and ',
    'Anna de la ',
    'Bank ',
    'Bank of ',
    'Power and Bank ',
  ];
  units.push(
    '12 Rue ',
    'Apt ',
    'PO Box 1 ',
    'Inc. ',
    'In ',
    'Smith, Jones and Brown ',
    '王',
    '年',
    '·',
    '王·',
    '李明',
    '公司',
    '路1号',
    '北京市',
  );
  const script = fileURLToPath(new URL('count-steps.ts', import.meta.url));
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const steps = JSON.parse(execFileSync(process.execPath, [script, JSON.stringify(units)], { encoding: 'utf8', env }));
  for (const unit of units) {
    const [short, long] = steps[unit] as [number, number];
    t.ok(long > 0 && long < 4.4 * short + 1_000, `${JSON.stringify(unit)}: ${short}, ${long}`);
  }
  t.end();
});
