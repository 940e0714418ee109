// What parameters are called in a sentence, in English and in Chinese.
import type { Band, HAZARD_DOMAINS } from '@detente/record';
import type { ObligationCode } from './obligations.ts';
import type { AccessRule } from './offer.ts';
import type { Sentence } from './sentences.ts';
import type { Standing } from './standing.ts';

/** By level, from 0 on. */
export const levels: readonly Sentence[] = [
  { en: 'nothing', zh: '无' },
  { en: 'clear', zh: '公开级' },
  { en: 'green', zh: '绿级' },
  { en: 'amber', zh: '琥珀级' },
  { en: 'amber-strict', zh: '严格琥珀级' },
  { en: 'red', zh: '红级' },
];

export const bands: Readonly<Record<Band, Sentence>> = {
  unrated: { en: 'unrated', zh: '未评级' },
  '0-1': { en: '0 to 1', zh: '0至1级' },
  '2-3': { en: '2 to 3', zh: '2至3级' },
  '4': { en: '4', zh: '4级' },
  '5-7': { en: '5 to 7', zh: '5至7级' },
};

export const domains: Readonly<Record<(typeof HAZARD_DOMAINS)[number], Sentence>> = {
  bio: { en: 'biology', zh: '生物' },
  chemical: { en: 'chemistry', zh: '化学' },
  nuclear: { en: 'nuclear matters', zh: '核' },
  cyber: { en: 'cyber security', zh: '网络安全' },
  manipulation: { en: 'manipulation', zh: '操纵' },
  'loss-of-control': { en: 'loss of control', zh: '失控' },
  'model-security': { en: 'model security', zh: '模型安全' },
  other: { en: 'other matters', zh: '其他' },
};

export const standings: Readonly<Record<Standing, Sentence>> = {
  good: { en: 'good', zh: '良好' },
  probation: { en: 'probation', zh: '观察期' },
  restricted: { en: 'restricted', zh: '受限' },
  suspended: { en: 'suspended', zh: '中止' },
  expelled: { en: 'expelled', zh: '除名' },
};

export const kinds: Readonly<Record<AccessRule['kind'], Sentence>> = {
  testbed: { en: 'testbed', zh: '试验平台' },
  'evaluation-suite': { en: 'evaluation suite', zh: '评测套件' },
  'joint-test': { en: 'joint test', zh: '联合测试' },
  drill: { en: 'drill', zh: '演练' },
};

/** What is promised, as the key of an obligation names it; `{about}` is its band, suite or models. */
export const promises: Readonly<Record<ObligationCode, Sentence>> = {
  acknowledge_within: { en: 'to acknowledge records in time', zh: '及时确认收到的记录' },
  report_within: { en: 'to report incidents of severity {about} in time', zh: '及时通报严重程度{about}的事件' },
  minimum_detail: { en: 'to fill in enough of each record', zh: '充分填写每份记录' },
  log_health: { en: 'to keep a log that others witness and that has one history', zh: '保持日志受见证且历史唯一' },
  answer_recalls_within: { en: 'to answer recalls in time', zh: '及时答复召回请求' },
  suite_adopted: { en: 'to use the evaluation suite {about}', zh: '采用评测套件“{about}”' },
  safety_cards: { en: 'to have safety cards for {about} models', zh: '为“{about}”类模型备有安全卡' },
  drill: { en: 'to take part in drills', zh: '参加演练' },
  give_in_return: {
    en: 'to give records of severity {about} and above in return',
    zh: '对等提供严重程度达到{about}的记录',
  },
};

/** Rules of grants that are no rule of the terms. */
export const singleRules: Readonly<Record<'override' | 'named_disclosure' | 'recall', Sentence>> = {
  override: { en: 'an officer has decided so for this record', zh: '主管官员就该记录作出决定' },
  named_disclosure: { en: 'an officer has disclosed this record by name', zh: '主管官员具名披露该记录' },
  recall: { en: 'the record has been recalled', zh: '该记录已被召回' },
};

/** Rules of the terms, as a reason within a sentence. */
export const ruleNames: Readonly<Record<string, Sentence>> = {
  ...singleRules,
  no_offer: { en: 'there is no offer', zh: '没有提议' },
  offer_not_yet_valid: { en: 'the offer has not begun', zh: '提议尚未生效' },
  offer_expired: { en: 'the offer has ended', zh: '提议已到期' },
  not_offered: { en: 'the offer does not speak of it', zh: '提议未涉及' },
  offer_withholds: { en: 'the offer withholds it', zh: '提议规定不予提供' },
  not_enrolled: { en: 'the node is not enrolled', zh: '节点尚未接纳' },
  offer_unconditional: { en: 'it is offered without condition', zh: '无条件提供' },
  offer_as_given: { en: 'it is offered as far as the like is given in return', zh: '按对等原则提供' },
  severity_floor: {
    en: 'from severity 5 on, what is green goes to everybody',
    zh: '5级及以上事件的绿级内容提供给所有节点',
  },
  standing_probation: { en: 'the standing is probation', zh: '信誉状态为“观察期”' },
  standing_restricted: { en: 'the standing is restricted', zh: '信誉状态为“受限”' },
  standing_suspended: { en: 'the standing is suspended', zh: '信誉状态为“中止”' },
  standing_expelled: { en: 'the node has been expelled', zh: '节点已被除名' },
  wider_waits: {
    en: 'more is given as soon as the other side computes with the same statements',
    zh: '待对方以相同文件计算后再提供更多',
  },
  later_version_of_given: { en: 'an earlier version was given', zh: '此前已提供较早版本' },
};
