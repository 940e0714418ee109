// One sentence for every code, in English and in Chinese. `{name}` stands for a parameter, as `texts.ts` writes it.
import type { ACCESS_RULES } from './access.ts';
import type { OFFER_FINDINGS } from './check-offer.ts';
import type { STANDING_REASONS } from './conduct.ts';
import type { DIFFERENCES } from './difference.ts';
import type { EFFECTS } from './effects.ts';
import type { NARROWINGS } from './notice.ts';
import type { ObligationCode } from './obligations.ts';
import type { RELAY_REASONS } from './relay.ts';
import type { RULES } from './terms.ts';
import type { WHY_REASONS } from './why.ts';

export type ExplainedCode =
  | ObligationCode
  | 'enrolled'
  | 'offboarding'
  | (
      | typeof ACCESS_RULES
      | typeof DIFFERENCES
      | typeof EFFECTS
      | typeof NARROWINGS
      | typeof OFFER_FINDINGS
      | typeof RELAY_REASONS
      | typeof RULES
      | typeof STANDING_REASONS
      | typeof WHY_REASONS
    )[number];

export type Sentence = { readonly en: string; readonly zh: string };

export const sentences: Readonly<Record<ExplainedCode, Sentence>> = {
  // What terms give a cell.
  no_offer: { en: 'No offer has been made.', zh: '尚未提出任何提议。' },
  offer_not_yet_valid: { en: 'The offer begins on {from}.', zh: '该提议自{from}起生效。' },
  offer_expired: { en: 'The offer ended on {until}.', zh: '该提议已于{until}到期。' },
  not_offered: { en: 'The offer says nothing of records of this kind.', zh: '该提议未涉及此类记录。' },
  offer_withholds: {
    en: 'Rule {rule} of the offer withholds records of this kind.',
    zh: '提议的第{rule}条规定不提供此类记录。',
  },
  not_enrolled: {
    en: 'The node has not been enrolled, so nothing is given to it.',
    zh: '该节点尚未正式接纳，因此不向其提供任何内容。',
  },
  offer_unconditional: {
    en: 'Rule {rule} of the offer gives this without condition.',
    zh: '提议的第{rule}条无条件提供此内容。',
  },
  offer_as_given: {
    en: 'Rule {rule} of the offer gives as much as is given in return: {offered} at most, and {returned} is given in return.',
    zh: '提议的第{rule}条按对等原则提供：上限为{offered}，对方回报为{returned}。',
  },
  severity_floor: {
    en: 'From severity 5 on, everything up to green goes to every enrolled peer, here instead of {instead_of}.',
    zh: '严重程度达到5级及以上时，绿级及以下内容提供给每个已接纳的节点，此处取代{instead_of}。',
  },
  standing_probation: {
    en: 'The standing is probation, which allows no more than amber, here instead of {instead_of}.',
    zh: '信誉状态为“观察期”，最多提供至琥珀级，此处取代{instead_of}。',
  },
  standing_restricted: {
    en: 'The standing is restricted, which allows no more than green, here instead of {instead_of}.',
    zh: '信誉状态为“受限”，最多提供至绿级，此处取代{instead_of}。',
  },
  standing_suspended: {
    en: 'The standing is suspended: nothing but warnings of severity 5 and above is given, here instead of {instead_of}.',
    zh: '信誉状态为“中止”：除5级及以上的预警外不提供任何内容，此处取代{instead_of}。',
  },
  standing_expelled: {
    en: 'The node has been expelled: nothing is given to it.',
    zh: '该节点已被除名：不向其提供任何内容。',
  },
  wider_waits: {
    en: 'Up to {instead_of} is given as soon as the other side computes with the same statements.',
    zh: '待对方以相同文件计算后，将提供至{instead_of}。',
  },
  // What terms open.
  access_open: { en: 'The {kind} {name} is open without condition.', zh: '{kind}“{name}”无条件开放。' },
  access_as_given: {
    en: 'The {kind} {name} is open, since the like is open in return.',
    zh: '{kind}“{name}”对等开放，因对方亦开放同类资源。',
  },
  access_not_returned: {
    en: 'The {kind} {name} is closed until the like is open in return.',
    zh: '{kind}“{name}”暂不开放，待对方开放同类资源后再行开放。',
  },
  access_not_in_force: {
    en: 'The {kind} {name} is closed, since the offer that opens it is not in force.',
    zh: '{kind}“{name}”不开放，因相关提议当前无效。',
  },
  access_standing: {
    en: 'The {kind} {name} is closed, since the standing is {standing}.',
    zh: '{kind}“{name}”不开放，因信誉状态为“{standing}”。',
  },
  // With what the other side computes other terms.
  differs_our_offer: {
    en: 'The other side computes with another offer of ours: {theirs}; the one that counts here is {ours}.',
    zh: '对方据以计算的我方提议不同：{theirs}；此处有效的是{ours}。',
  },
  differs_their_offer: {
    en: 'The other side computes with another offer of its own: {theirs}; the one that counts here is {ours}.',
    zh: '对方据以计算的其自身提议不同：{theirs}；此处有效的是{ours}。',
  },
  differs_our_standing: {
    en: 'The other side computes with another judgement of ours on its standing: {theirs}; the one that counts here is {ours}.',
    zh: '对方据以计算的我方对其信誉的评定不同：{theirs}；此处有效的是{ours}。',
  },
  differs_their_standing: {
    en: 'The other side computes with another judgement of its own on our standing: {theirs}; the one that counts here is {ours}.',
    zh: '对方据以计算的其对我方信誉的评定不同：{theirs}；此处有效的是{ours}。',
  },
  differs_unknown: {
    en: 'The other side computes other terms, and does not say from which statements.',
    zh: '对方计算出的条件不同，且未说明所依据的文件。',
  },
  // Why a peer has a record.
  granted: {
    en: 'Decision {number} gives this record, {level}, from place {from} of the log on: {rule}.',
    zh: '第{number}号决定自日志第{from}位起提供该记录（{level}）：{rule}。',
  },
  not_granted: { en: 'Nothing has been granted at this place of the log.', zh: '在日志的这一位置未作任何授予。' },
  denied: { en: 'Decision {number} withholds this record: {rule}.', zh: '第{number}号决定不提供该记录：{rule}。' },
  tlp_withholds: {
    en: 'The record is marked {tlp}, which asks for more than the {granted} that is granted.',
    zh: '该记录标记为{tlp}，高于所授予的{granted}。',
  },
  severity_floor_over_tlp: {
    en: 'The record is marked {tlp}, but from severity 5 on no marking holds back what is green.',
    zh: '该记录标记为{tlp}，但严重程度达到5级及以上时，任何标记均不得扣留绿级内容。',
  },
  later_version_of_given: {
    en: 'An earlier version was given, so the signed part of this one is given too.',
    zh: '此前已提供过较早版本，因此本版本的签名部分也一并提供。',
  },
  // How much of another node's record may be passed on.
  relay_not_accepted: {
    en: 'The peer does not take records of this origin from us.',
    zh: '该节点不接受由我方转交的该来源记录。',
  },
  onward_not_in_force: {
    en: 'No offer of the origin to us is in force, so nothing of it may be passed on.',
    zh: '来源节点对我方的提议当前无效，因此不得转交其任何内容。',
  },
  onward_none: {
    en: 'The origin lets nothing of this kind be passed on: {cell}.',
    zh: '来源节点不允许转交此类内容：{cell}。',
  },
  onward_not_to: {
    en: 'Rule {rule} of the origin’s offer names others to whom such records may be passed on, and not this peer.',
    zh: '来源节点提议的第{rule}条所列可转交对象不包括该节点。',
  },
  onward_tlp: {
    en: 'The record is marked {tlp}, which asks for more than the {allowed} that may be passed on.',
    zh: '该记录标记为{tlp}，高于允许转交的{allowed}。',
  },
  relayed: {
    en: 'Rule {rule} of the origin’s offer lets this record be passed on: {level}.',
    zh: '来源节点提议的第{rule}条允许转交该记录：{level}。',
  },
  relayed_later_version: {
    en: 'An earlier version was passed on, so the signed part of this one is passed on too.',
    zh: '此前已转交过较早版本，因此本版本的签名部分也一并转交。',
  },
  // What an officer should know before signing.
  rule_shadowed: {
    en: 'Rule {rule} is never reached: the rules before it cover all that it says.',
    zh: '第{rule}条永远不会适用：前面的规则已涵盖其全部内容。',
  },
  rule_type_unknown: {
    en: 'Rule {rule} speaks of {type}, a type of record that is not known here.',
    zh: '第{rule}条所述记录类型“{type}”在此处不为所知。',
  },
  rule_never_returned: {
    en: 'Rule {rule} gives nothing today, since the other side offers nothing of the kind in return.',
    zh: '第{rule}条目前不会提供任何内容，因为对方未就此类内容作出任何提议。',
  },
  rule_below_floor: {
    en: 'Rule {rule} gives less than green of severity 5 and above, which goes to every enrolled peer in any case.',
    zh: '第{rule}条对5级及以上事件的提供低于绿级，而绿级内容无论如何都会提供给每个已接纳的节点。',
  },
  onward_above_tier: {
    en: 'Rule {rule} lets more be passed on than it gives.',
    zh: '第{rule}条允许转交的内容多于其所提供的内容。',
  },
  access_twice: { en: 'The access {access} is named twice.', zh: '访问项目“{access}”重复出现。' },
  obligation_twice: {
    en: 'Two obligations are about the same: {obligation}. The stricter would bind.',
    zh: '有两项义务针对同一事项：{obligation}。将以较严者为准。',
  },
  obligation_unknown: {
    en: 'The obligation {obligation} cannot be measured here, and would bind nobody.',
    zh: '义务“{obligation}”在此处无法衡量，不会约束任何一方。',
  },
  obligation_broken_today: {
    en: 'We would already break a promise that binds us too: {obligation} (of late kept {kept} times, broken {broken} times).',
    zh: '我方现已违反同样约束我方的承诺：{obligation}（近期遵守{kept}次，违反{broken}次）。',
  },
  return_not_given: {
    en: 'We would be bound {obligation}, but no rule of this offer gives the first of these severities: give them, or ask to have it waived.',
    zh: '我方将受“{obligation}”约束，但本提议没有任何一条提供其中最低的严重程度：请予提供，或请求豁免。',
  },
  waives_nothing: {
    en: 'The waiver names something that the other side does not require: {obligation}.',
    zh: '所豁免的事项对方并未要求：{obligation}。',
  },
  relay_origin_unknown: {
    en: 'Records of {origin} would be taken from this relay, but no such node is enrolled here: nothing of it is taken until it is.',
    zh: '拟经该节点接收{origin}的记录，但此处尚未接纳该节点：在接纳之前不会接收其任何记录。',
  },
  already_ended: {
    en: 'The offer would have ended on {until}, before it is signed.',
    zh: '该提议在签署之前即已于{until}到期。',
  },
  waits_for_notice: {
    en: 'The offer narrows the one before it, so it counts from {until} on, when the promised notice has passed.',
    zh: '该提议较前一提议有所收窄，因此须待承诺的通知期届满，自{until}起方始生效。',
  },
  backdated: {
    en: 'The offer narrows the one before it and says that it began on {from}, before today.',
    zh: '该提议较前一提议有所收窄，却声称自今日之前的{from}开始。',
  },
  too_many_ahead: {
    en: 'With this offer {ahead} of them would wait for their day, and 16 may: sign fewer ahead, or one that counts sooner.',
    zh: '加上本提议将有{ahead}份提议等待生效，而上限为16份：请减少预先签署的提议，或签署一份更早生效的提议。',
  },
  // What an offer would change.
  offer_releases: {
    en: 'Record versions that are logged already and would be released: {count}.',
    zh: '已入日志并将因此提供的记录版本：{count}个。',
  },
  offer_recalls: {
    en: 'Record versions that were given and would be asked back, in whole or in part: {count}.',
    zh: '此前已提供、将全部或部分召回的记录版本：{count}个。',
  },
  offer_beside_singles: {
    en: 'Records that an officer gave by name, and that stand beside the offer: {count}.',
    zh: '由主管官员具名提供、与该提议并行有效的记录：{count}份。',
  },
  given_more: {
    en: 'Of our {records} records of the last {days} days we would give more of {count}.',
    zh: '在我方最近{days}天的{records}份记录中，将有{count}份提供得更多。',
  },
  given_less: {
    en: 'Of our {records} records of the last {days} days we would give less of {count}.',
    zh: '在我方最近{days}天的{records}份记录中，将有{count}份提供得更少。',
  },
  given_same: {
    en: 'Of our {records} records of the last {days} days we would give as much as now.',
    zh: '我方最近{days}天的{records}份记录，提供程度与现在相同。',
  },
  taken_more: {
    en: 'Of the {records} records that we have from the last {days} days we would be given more of {count}.',
    zh: '在我方所持对方最近{days}天的{records}份记录中，将有{count}份获得得更多。',
  },
  taken_less: {
    en: 'Of the {records} records that we have from the last {days} days we would be given less of {count}.',
    zh: '在我方所持对方最近{days}天的{records}份记录中，将有{count}份获得得更少。',
  },
  taken_same: {
    en: 'Of the {records} records that we have from the last {days} days we would be given as much as now.',
    zh: '我方所持对方最近{days}天的{records}份记录，获得程度与现在相同。',
  },
  foreseen_own: {
    en: 'Had this bound us in the last {days} days, we would have promised {obligation}, kept it {kept} times and broken it {broken} times: our standing there would be {standing}, and what is given to us follows from that.',
    zh: '若最近{days}天内我方即受此约束，则我方承诺{obligation}，计遵守{kept}次、违反{broken}次：对方对我方的信誉评定将为“{standing}”，我方所获内容亦随之而定。',
  },
  foreseen_peer: {
    en: 'Had this bound the other side in the last {days} days, it would have promised {obligation}, kept it {kept} times and broken it {broken} times: its standing here would be {standing}, and what is given to it follows from that.',
    zh: '若最近{days}天内对方即受此约束，则对方承诺{obligation}，计遵守{kept}次、违反{broken}次：我方对其信誉评定将为“{standing}”，其所获内容亦随之而定。',
  },
  // In what an offer is narrower.
  gives_less: { en: 'Less is given: {cell}.', zh: '提供的内容减少：{cell}。' },
  condition_added: {
    en: 'What was given without condition depends on what is given in return: {cell}.',
    zh: '原本无条件提供的内容改为对等提供：{cell}。',
  },
  onward_less: { en: 'Less may be passed on: {cell}.', zh: '可转交的内容减少：{cell}。' },
  access_less: { en: 'Less access is given.', zh: '开放的访问减少。' },
  backlog_ended: { en: 'What was logged before is no longer included.', zh: '不再包括此前已入日志的内容。' },
  notice_shorter: { en: 'Later changes are announced at shorter notice.', zh: '今后变更的通知期缩短。' },
  ends_earlier: { en: 'The offer ends earlier.', zh: '提议提前到期。' },
  obligations_more: { en: 'More is required.', zh: '要求有所增加。' },
  waiver_withdrawn: { en: 'A waiver is withdrawn.', zh: '一项豁免被撤回。' },
  // Why a standing is what it is.
  conduct_good: { en: 'What was promised has been kept.', zh: '各项承诺均已遵守。' },
  conduct_broken: {
    en: 'A promise was broken: {obligation} (counted as kept {kept} times, broken {broken} times; evidence {evidence}). Keeping it {needed} more times, or until {by}, mends it.',
    zh: '承诺未获遵守：{obligation}（计遵守{kept}次，违反{broken}次；证据{evidence}）。再遵守{needed}次，或持续遵守至{by}，即可恢复。',
  },
  conduct_missing: {
    en: 'Something that was promised has not been seen in time: {obligation} (counted as kept {kept} times, missing or late {broken} times; evidence {evidence}). Keeping it {needed} more times, or until {by}, mends it.',
    zh: '承诺的事项未见按时履行：{obligation}（计遵守{kept}次，缺失或迟到{broken}次；证据{evidence}）。再遵守{needed}次，或持续遵守至{by}，即可恢复。',
  },
  conduct_owing: {
    en: 'Less came back than was promised: {obligation} ({needed} more are due; evidence {evidence}). Giving so many mends it; or else it is mended by {by}, unless more falls due. A country in which little happens may ask to have it waived.',
    zh: '对等提供的记录少于承诺：{obligation}（尚欠{needed}份；证据{evidence}）。补足即可恢复；如无新的应提供事项，最迟于{by}恢复。事件稀少的国家可请求豁免。',
  },
  conduct_mending: {
    en: 'Conduct is better again; if nothing more is broken, the standing is good by {by}.',
    zh: '履约情况已有改善；如不再违反，信誉状态最迟于{by}恢复为“良好”。',
  },
  officer: { en: 'An officer has decided so: {told}.', zh: '由主管官员决定：{told}。' },
  enrolled: { en: 'The node has been enrolled.', zh: '该节点已正式接纳。' },
  offboarding: { en: 'The peering is coming to its end.', zh: '双方的对等关系正在终止。' },
  // What an obligation asks.
  acknowledge_within: { en: 'Records are acknowledged within {hours} hours.', zh: '收到记录后须在{hours}小时内确认。' },
  report_within: {
    en: 'Incidents of severity {band} are reported within {hours} hours.',
    zh: '严重程度{band}的事件须在{hours}小时内通报。',
  },
  minimum_detail: {
    en: 'At least {percent} % of the fields that may be seen are filled in.',
    zh: '可见字段中至少{percent}%须予填写。',
  },
  log_health: {
    en: 'The log is cosigned by at least {witnesses} witnesses every {hours} hours, and is one history.',
    zh: '日志须每{hours}小时由至少{witnesses}个见证方联署，且历史唯一。',
  },
  answer_recalls_within: { en: 'Recalls are answered within {days} days.', zh: '召回请求须在{days}天内答复。' },
  suite_adopted: {
    en: 'The evaluation suite {suite} is in use, attested every {days} days.',
    zh: '采用评测套件“{suite}”，每{days}天书面确认一次。',
  },
  safety_cards: {
    en: 'There are safety cards for {models} models, attested every {days} days.',
    zh: '“{models}”类模型均备有安全卡，每{days}天书面确认一次。',
  },
  drill: { en: 'A drill is taken part in every {days} days.', zh: '每{days}天参加一次演练。' },
  give_in_return: {
    en: 'For every 100 records of severity {from} and above (from 2 on with unrated ones) that were given, at least {percent} such records are given in return.',
    zh: '每获得100份严重程度{from}级及以上的记录（自2级起计时含未评级记录），须至少对等提供{percent}份此类记录。',
  },
};
