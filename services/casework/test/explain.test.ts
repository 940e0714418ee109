import { isExplained } from '@detente/reciprocity/texts';
import { test } from 'tap';
import { explainWay, type Way } from '../src/explain.ts';

const granted = { level: 2 as const, reasons: [{ code: 'granted', params: { rule: 'as_offered' } }] };
const withheld = {
  level: null,
  reasons: [
    { code: 'granted', params: {} },
    { code: 'tlp_withholds', params: { tlp: 'red' } },
  ],
};
const way = (more: Partial<Way> = {}): Way => ({
  ...{
    status: 'active',
    sandbox: false,
    terms: { day: '2026-11-26', digest: 'd' },
    decision: granted,
    warning: undefined,
  },
  ...{ tick: 7, place: 70, mark: 100, late: null, receipt: undefined, refusedReceipts: 0, recall: undefined },
  ...more,
});
const stepOf = (name: string, more: Partial<Way>) => {
  const { steps } = explainWay(way(more));
  const unsaid = steps.filter(({ code }) => !isExplained(code));
  if (unsaid.length > 0) throw new Error(`no sentence for ${unsaid.map(({ code }) => code)}`);
  const { step, ...rest } = steps.find((one) => one.step === name)!;
  return `${rest.state} ${rest.code} ${JSON.stringify(rest.params)}`;
};
const at = new Date('2026-11-26T10:00:00Z');
const delivered = { attempts: 2, delivered_at: at, fault: null };
const undelivered = { attempts: 3, delivered_at: null, fault: 'the peer did not answer' };

test('each conclusion follows from the last word on the way', (t) => {
  const conclusionOf = (more: Partial<Way>) => explainWay(way(more)).conclusion;
  t.equal(conclusionOf({}), 'under_way');
  t.equal(conclusionOf({ decision: withheld }), 'withheld');
  t.equal(
    conclusionOf({ decision: withheld, warning: undelivered }),
    'under_way',
    'a warning is on its way whatever is granted',
  );
  t.equal(conclusionOf({ decision: withheld, warning: delivered }), 'warned');
  t.equal(conclusionOf({ receipt: { seq: 4, level: null } }), 'refused_there');
  t.equal(
    conclusionOf({ receipt: { seq: 4, level: 0 }, warning: delivered }),
    'stored',
    'the signed part is something',
  );
  t.equal(conclusionOf({ receipt: { seq: 4, level: 2, disagrees: true } }), 'receipt_disagrees');
  t.end();
});

test('each step says what is so, and with what', (t) => {
  const table: [string, Partial<Way>, string][] = [
    ['peer', { status: 'pending' }, 'waiting not_enrolled {}'],
    ['peer', { sandbox: true }, 'waiting sandbox {}'],
    ['peer', { status: 'suspended' }, 'done suspended {}'],
    ['peer', { status: 'expelled' }, 'stopped expelled {}'],
    ['terms', { terms: undefined }, 'waiting no_terms {}'],
    ['grant', {}, 'done granted {"rule":"as_offered"}'],
    ['grant', { decision: withheld }, 'stopped tlp_withholds {"tlp":"red","before_1":"granted"}'],
    ['warning', { warning: delivered }, 'done delivered {"at":"2026-11-26T10:00:00.000Z","attempts":2}'],
    ['warning', { warning: undelivered }, 'waiting undelivered {"attempts":3,"fault":"the peer did not answer"}'],
    ['log', { place: null }, 'waiting not_logged {"tick":7}'],
    ['log', {}, 'done logged {"index":70}'],
    ['page', { place: null }, 'waiting not_asked_for {"served":100}'],
    ['page', { mark: 70 }, 'waiting not_asked_for {"served":70}'],
    ['page', { mark: 71 }, 'done composed {"served":71}'],
    ['page', { late: 5 }, 'done late_item {"number":5}'],
    ['page', { decision: withheld }, 'none on_no_page {}'],
    ['receipt', { receipt: { seq: 4, level: null } }, 'stopped not_in_receipt {"seq":4}'],
    ['receipt', { receipt: { seq: 4, level: 2 } }, 'done stored {"seq":4,"level":2}'],
    ['receipt', { receipt: { seq: 4, level: 2, disagrees: true } }, 'stopped receipt_disagrees {"seq":4,"level":2}'],
    ['quarantine', {}, 'none nothing {}'],
    ['quarantine', { receipt: { seq: 4, level: null }, refusedReceipts: 2 }, 'stopped in_the_peers {"receipt":4}'],
    ['quarantine', { refusedReceipts: 2 }, 'waiting receipts_in_ours {"count":2}'],
    ['recall', { recall: { digest: 'r', answer: 'passed-on', overdue: false } }, 'done passed_on {"recall":"r"}'],
    ['recall', { recall: { digest: 'r', answer: null, overdue: true } }, 'waiting answer_overdue {"recall":"r"}'],
  ];
  for (const [name, more, expected] of table) t.equal(stepOf(name, more), expected);
  t.end();
});
