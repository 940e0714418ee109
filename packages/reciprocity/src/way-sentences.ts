// One sentence for every step on a record's way to a peer, and for where it ended. `{name}` stands for a parameter.
import type { Sentence } from './sentences.ts';

/** By code. Codes of the terms and of their grants are those of `sentences`. */
export const waySentences = {
  sandbox: { en: 'The peer is being tried, and is given nothing yet.', zh: '该节点尚在试用，暂不向其提供任何内容。' },
  active: { en: 'The peer is enrolled.', zh: '该节点已正式接纳。' },
  suspended: { en: 'The peer is enrolled, and suspended.', zh: '该节点已接纳，现已中止。' },
  expelled: { en: 'The peer is expelled.', zh: '该节点已被除名。' },
  computed: { en: 'The terms are those of {day}: {digest}.', zh: '条件为{day}的条件：{digest}。' },
  no_terms: { en: 'There are no terms with the peer yet.', zh: '与该节点尚无条件。' },
  no_warning: { en: 'The peer was not warned of it ahead of the log.', zh: '未在入日志之前就此向该节点预警。' },
  delivered: { en: 'The warning was taken at {at}.', zh: '预警已于{at}被接收。' },
  undelivered: {
    en: 'The warning has not been taken yet (tried {attempts} times; last fault: {fault}).',
    zh: '预警尚未被接收（已尝试{attempts}次；最近故障：{fault}）。',
  },
  not_logged: { en: 'It is not in the log before batch {tick}.', zh: '最早在第{tick}批次入日志。' },
  logged: { en: 'It is at place {index} of the log.', zh: '位于日志第{index}位。' },
  on_no_page: { en: 'It stands on no page for the peer.', zh: '不在提供给该节点的任何页面上。' },
  late_item: { en: 'It goes to the peer as late item {number}.', zh: '作为第{number}号补发内容提供给该节点。' },
  not_asked_for: {
    en: 'The peer has not asked for this place yet: it was given pages up to {served}.',
    zh: '该节点尚未请求到这一位置：已向其提供至第{served}位的页面。',
  },
  composed: {
    en: 'It stood on a page for the peer, which was given pages up to {served}.',
    zh: '已列入提供给该节点的页面，页面已提供至第{served}位。',
  },
  no_receipt: { en: 'There is no receipt of it yet.', zh: '尚无其回执。' },
  not_in_receipt: {
    en: 'The receipt {seq} for its page leaves it out.',
    zh: '其所在页面的第{seq}号回执未列出该记录。',
  },
  receipt_disagrees: {
    en: 'The receipt {seq} speaks of other fields, or of more, than the peer was given: {level}.',
    zh: '第{seq}号回执所述字段与所提供的不同或更多：{level}。',
  },
  stored: { en: 'The receipt {seq} says that it was stored: {level}.', zh: '第{seq}号回执表明已存储：{level}。' },
  in_the_peers: {
    en: 'It lies in the quarantine of the peer, as the receipt {receipt} leaves it out.',
    zh: '第{receipt}号回执未列出该记录，其位于对方隔离区。',
  },
  receipts_in_ours: {
    en: 'Receipts of the peer that lie in our quarantine: {count}.',
    zh: '位于我方隔离区的对方回执：{count}份。',
  },
  nothing: { en: 'Nothing of it lies in quarantine.', zh: '隔离区中无相关内容。' },
  no_recall: { en: 'It has not been asked back.', zh: '未被召回。' },
  not_answered: {
    en: 'It was asked back, and no answer is due yet: {recall}.',
    zh: '已召回，答复期限未到：{recall}。',
  },
  answer_overdue: { en: 'It was asked back, and the answer is overdue: {recall}.', zh: '已召回，答复逾期：{recall}。' },
  purged: {
    en: 'It was asked back, and the peer says that it cut it away: {recall}.',
    zh: '已召回，对方称已清除：{recall}。',
  },
  kept: {
    en: 'It was asked back, and the peer says that it keeps it: {recall}.',
    zh: '已召回，对方称予以保留：{recall}。',
  },
  passed_on: {
    en: 'It was asked back, and the peer says that it had passed it on: {recall}.',
    zh: '已召回，对方称此前已转交：{recall}。',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

/** Where the way ended; `{peer}` is the peer's name. */
export const wayEnds = {
  stored: { en: '{peer} has it: its receipt says so.', zh: '{peer}已有该记录：其回执可证。' },
  warned: {
    en: '{peer} was warned of it, and has not receipted it yet.',
    zh: '已就此向{peer}预警，其尚未出具回执。',
  },
  under_way: { en: '{peer} may have it, and does not yet.', zh: '{peer}可获得该记录，但尚未获得。' },
  withheld: { en: '{peer} may not have it.', zh: '{peer}不得获得该记录。' },
  refused_there: {
    en: '{peer} took the page that it is on, and did not store it.',
    zh: '{peer}已接收该记录所在页面，但未予存储。',
  },
  receipt_disagrees: {
    en: '{peer} signed a receipt of other fields, or of more, than it was given: keep it, and ask the peer.',
    zh: '{peer}签署的回执所述字段与所提供的不同或更多：请保存该回执并向其查询。',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
