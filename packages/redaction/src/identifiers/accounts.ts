// What somebody is called in a system: user names, handles, and numbers of patients, employees, customers and cases.
import { COUNTRIES } from '@detente/record';
import type { Rule } from './rule.ts';

const LINK = String.raw`(?: (?:is|was|of|at|as)|为|是)?[\s:：=#"'“‘「『（(@]{0,4}$`;

/** What a name in a system is called. */
const NAMES = String.raw`\buser ?(?:name|id)|\blogin(?: name| id)?|\bhandle|\b(?:screen|account|display) ?name|\b(?:telegram|discord|wechat|weixin|whatsapp|skype|signal|line|instagram|twitter|tiktok|github|reddit)(?: (?:id|user(?:name)?|handle|account))?|\bu\/|微信号?|(?:微信|抖音|快手|小红书|微博|支付宝|淘宝|陌陌)(?:号|账号|帐号|账户|id|ID)|\bQQ号?码?|\borcid(?: id)?|用户名|账号名?|帐号|昵称|登录名`;
/** And a number by which somebody is kept. */
const NUMBERS = String.raw`\bmrn\b|\bimsi\b|\biccid\b|\bifsc(?: code)?|\bbsb\b|\bpnr\b|\bs\/n\b|\bserial(?: number| no\.?)?|(?:record|booking) locator|sort code|routing number|\baba\b|\bnhi\b|(?:medical )?(?:record|chart)(?=[ :#])|(?:patient|employee|staff|student|member(?:ship)?|customer|client|subscriber|policy ?holder|policy|claim|case|docket|ticket|order|booking|reservation|invoice|application|badge|inmate|prisoner|voter|participant|subject|account|loan|contract|matriculation|payroll|personnel|registration|enrol?ment)(?: ?(?:id|no\.?|number|num|nr\.?|ref(?:erence)?|#)){1,2}|病历号|病案号|住院号|门诊号|就诊卡号|工号|员工号|学号|会员号|会员卡号|客户号|保单号|订单号|案号|准考证号|警号|运单号|快递单号|合同编号|借据号`;
const NUMBER_LINK = String.raw`(?: (?:is|was|of|number|no\.?)|为|是)?[\s:：=#"'“（(]{0,4}$`;

export const ACCOUNT_RULES: readonly Rule[] = [
  {
    kind: 'account',
    needs: '@',
    hint: /@[A-Za-z]/,
    pattern: /(?<![\w.@/+-])@[A-Za-z][A-Za-z0-9_]{2,29}(?![\w@/]|[.-]\w)/g,
    check: (hit) => /[\d_]/.test(hit),
    confidence: 0.8,
    reason: 'form',
  },
  {
    kind: 'account',
    needs: '@',
    hint: /@[A-Za-z]/,
    pattern: /(?<![\w.@/+-])@[A-Za-z][A-Za-z0-9_.-]{1,36}[A-Za-z0-9_](?![\w@/])/g,
    cue: /(?:telegram|twitter|\bX\b|instagram|tiktok|discord|mastodon|bluesky|threads|github|reddit|youtube|微博|handle|user(?:name)?|account|tweet(?:ed)?|post(?:ed)?|follow(?:ed|er|ers)?|channel|dm|message[ds]?)[^.!?\n]{0,24}$/i,
    confidence: 0.8,
    reason: 'cue',
  },
  {
    kind: 'account',
    within: /[\d_]/g,
    pattern: /(?<![\w.@/+-])[A-Za-z0-9](?:[\w-]|[./](?=\w)){1,29}(?![\w@])/g,
    check: (hit, text, start) => mayFollow(text, start) && isName(hit),
    cue: new RegExp(`(?:${NAMES})${LINK}|(?:${NUMBERS})${NUMBER_LINK}`, 'i'),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'account',
    needs: ':=为是号',
    hint: /[:：=]\s{0,2}["'“「]?[A-Za-z\d]|[为是号]\s?["'“「]?[A-Za-z\d]/,
    // Said to be one by a sign.
    pattern: /(?<=[:：=为是号]\s{0,2}["'“「]?)[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=\w)){3,29}(?![\w@])/g,
    cue: new RegExp(`(?:${NAMES})${LINK}`, 'i'),
    confidence: 0.8,
    reason: 'cue',
  },
  {
    kind: 'account',
    hint: /\d[ -]\d{3}/,
    // The number of a bank account, in groups.
    pattern: /(?<![\w.@/+-])\d{3,6}(?:[ -]\d{2,6}){1,7}(?![\w@])/g,
    check: (hit) => hit.replace(/\D/g, '').length >= 8,
    cue: new RegExp(`(?:账号|帐号|账户|卡号|\\b(?:account|acct)(?: ?(?:no\\.?|number|#))?)${LINK}`, 'i'),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'account',
    least: { figures: 7 },
    pattern: /(?<![\w.@/+-])\d{7,18}(?![\w@]|[.-]\d)/g,
    cue: /\b(?:account|acct\.?|kontonummer|konto(?:-?nr\.?)?|compte|cuenta|conta)(?: ?(?:no\.?|number|nr\.?|#))?[\s:=#(]{1,4}$/i,
    confidence: 0.9,
    reason: 'cue',
  },
  {
    kind: 'account',
    needs: '#',
    hint: /#\d{4}/,
    // As Discord named everybody until 2023.
    pattern: /(?<![\w.@/#+-])[A-Za-z][\w.]{1,31}#\d{4}(?!\w)/g,
    cue: /discord[^.!?\n]{0,32}$/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'iban',
    hint: /BIC|SWIFT|Swift (?:code|BIC)/,
    // The bank's own (ISO 9362), which may be letters alone.
    pattern: /(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])/g,
    check: (hit) => COUNTRIES.has(hit.slice(4, 6)),
    cue: /\b(?:bic|swift)(?:[ /-](?:bic|swift|code)){0,2}(?: (?:is|was|no\.?|number))?[\s:：=#"'(]{1,4}$/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'account',
    needs: ':',
    hint: /\d:\d\d-/,
    // A docket of the courts of the United States: `3:24-cv-05811-RS`.
    pattern: /(?<![\w:.-])\d{1,2}:\d{2}-[a-z]{2}-\d{3,6}(?:-[A-Z]{2,4}){0,3}(?![\w-])/gi,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'account',
    needs: '/\\',
    hint: /[/\\](?:home|[Uu]sers)[/\\]/,
    // Whose folder it is.
    pattern: /(?<=(?:(?<![\w.])\/(?:home|Users)\/|[A-Za-z]:[\\/]{1,2}Users[\\/]{1,2}))[A-Za-z][\w.-]{1,30}(?<![.-])/gi,
    check: (hit) => !NOBODYS.test(hit),
    confidence: 0.95,
    reason: 'form',
  },
];

/** Folders that machines make. */
const NOBODYS =
  /^(?:user|username|ubuntu|debian|ec2-user|centos|admin|administrator|root|runner|runneradmin|vscode|node|app|guest|public|default|shared|all)$/i;

/** `48213`, `QX7T4Z`, `li_na88`; no year and no date. */
function isName(hit: string): boolean {
  if (!/[\d_]/.test(hit)) return false;
  if (/^(?:19|20)\d\d$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(hit)) return false;
  const digits = hit.replace(/\D/g, '').length;
  return digits >= 3 || (digits === 2 && /[A-Z]{2}/.test(hit)) || (hit.length > 3 && /[A-Za-z]/.test(hit));
}

/** What cues end with. */
const LAST = new Set(
  'orcid imsi iccid ifsc bsb pnr serial locator code aba qq n id no num number nr ref reference mrn nhi record chart is was of at name username login handle user account u telegram discord wechat weixin whatsapp skype signal line instagram twitter tiktok github reddit'.split(
    ' ',
  ),
);
const LAST_HAN = /[号為为是信名称码]/;
/** Signs between the cue and what it is of. */
const BETWEEN = 4;

/** Whether a cue may end before this place: asked of every word with a digit in it. */
function mayFollow(text: string, start: number): boolean {
  let to = start;
  while (to > 0 && start - to < BETWEEN && !/[A-Za-z\u4e00-\u9fff]/.test(text.charAt(to - 1))) to--;
  if (LAST_HAN.test(text.charAt(to - 1))) return true;
  let from = to;
  while (from > 0 && /[A-Za-z]/.test(text.charAt(from - 1)) && to - from < LONGEST) from--;
  return LAST.has(text.slice(from, to).toLowerCase());
}

const LONGEST = 12;
