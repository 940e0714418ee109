// Addresses of the net: mail, links, domains, IP (RFC 791, RFC 4291), MAC; and names with full stops that are none of it.
import { isIP } from 'node:net';
import { isVersion } from '../versions.ts';
import type { Rule } from './rule.ts';
import { isTopLevelDomain } from './top-level-domains.ts';

const HOST = String.raw`[\p{sc=Latn}\p{N}][\p{sc=Latn}\p{N}-]{0,62}(?:\.[\p{sc=Latn}\p{N}-]{1,63}){1,8}`;
/** `example [dot] org` */
const SPELT_HOST = String.raw`[\p{sc=Latn}\p{N}][\p{sc=Latn}\p{N}-]{0,62}(?:(?:\.| ?[[(]dot[)\]] ?)[\p{sc=Latn}\p{N}-]{1,63}){1,8}`;
/** With an end of another script (RFC 5890). */
const OTHER_HOST = String.raw`(?:[\p{sc=Cyrl}\p{sc=Grek}\p{sc=Arab}\p{sc=Deva}\p{N}][\p{sc=Cyrl}\p{sc=Grek}\p{sc=Arab}\p{sc=Deva}\p{N}-]{0,62}\.){1,4}(?:рф|рус|бел|укр|срб|мкд|бг|мон|қаз|ею|ελ|ευ|онлайн|сайт|орг|ком|дети|москва|भारत|شبكة|موقع|السعودية|امارات|مصر|ایران|الاردن|المغرب|قطر|تونس|عمان)(?![\p{L}\p{N}-])`;
/** Han has no blanks: what stands before such a name may be taken with it. */
const HAN_HOST = String.raw`(?:[\p{sc=Han}A-Za-z0-9-]{1,10}\.){1,3}(?:中国|中國|香港|台湾|台灣|公司|网络|網絡|网址|在线|中文网|集团|政务|公益|商城|网店|商店|我爱你|新加坡|澳門)`;
const PATH = String.raw`(?::\d{2,5})?(?:/[^\s<>"'“”‘’，。；、！？（）]{0,500})?`;
const LATIN = String.raw`\p{sc=Latn}`;
/** What has blanks between its words. */
const WRITTEN = String.raw`\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Arab}\p{sc=Deva}`;
const MAILBOX = String.raw`(?<![\p{sc=Latn}\p{N}.!#$%&'*+/=?^_{|}~-])[\p{sc=Latn}\p{N}][\p{sc=Latn}\p{N}.!#$%&'*+/=?^_{|}~-]{0,63}`;

export const ADDRESS_RULES: readonly Rule[] = [
  {
    kind: 'email',
    needs: '@',
    within: /@/g,
    pattern: new RegExp(`${MAILBOX}@(?:${HOST}|\\[[0-9a-f.:]{3,45}\\])`, 'giu'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'email',
    needs: '@',
    within: /@/g,
    // Of other scripts (RFC 6531).
    pattern: new RegExp(
      `${MAILBOX.replaceAll(LATIN, WRITTEN)}@(?:${HOST}|${OTHER_HOST}|${HAN_HOST})|\\p{sc=Han}{1,10}@${HAN_HOST}`,
      'giu',
    ),
    check: (hit) => /[^\p{sc=Latn}\p{sc=Zyyy}]/u.test(hit),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'email',
    needs: '"',
    hint: /"@/,
    // A mailbox in quotation marks (RFC 5321 §4.1.2).
    pattern: new RegExp(String.raw`"[^"\\\n@]{1,64}"@${HOST}`, 'giu'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'email',
    needs: '[(',
    hint: /\[at\]|\(at\)/i,
    pattern: new RegExp(`${MAILBOX} ?[[(]at[)\\]] ?(?:${SPELT_HOST}|\\[[0-9a-f.:]{3,45}\\])`, 'giu'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'email',
    hint: / (?:dot|DOT) /,
    // As it is spoken: `jo AT example DOT org`.
    pattern:
      /(?<![\w.+-])[A-Za-z0-9][\w.+-]{1,63} (?:AT|at) [A-Za-z0-9-]{2,63}(?: (?:DOT|dot) [A-Za-z0-9-]{2,20}){1,4}(?![\w-])/g,
    check: (hit) => isTopLevelDomain(hit.slice(hit.lastIndexOf(' ') + 1)),
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'url',
    hint: /:\/\/|www\./i,
    pattern:
      /(?<![\p{sc=Latn}\p{N}])(?:(?:jdbc:)?[a-z][a-z0-9+-]{1,14}:\/\/|www\.)[^\s<>"'“”‘’，。；、！？（）]{2,2000}/giu,
    check: (hit) => /[\p{L}\p{N}]/u.test(hit.replace(/^[a-z0-9+-]+:\/\//i, '')),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'url',
    within: /\.[\p{L}]{2}/gu,
    // A bare domain, with a path if it has one.
    pattern: new RegExp(String.raw`(?<![\p{sc=Latn}\p{N}@._/-])${HOST}(?![\p{sc=Latn}\p{N}-])${PATH}`, 'giu'),
    check: (hit) => isDomain(hit),
    confidence: 0.9,
    reason: 'top-level-domain',
  },
  {
    kind: 'url',
    needs: 'аαبभ中香台公网集政商我新澳',
    hint: /[\u0370-\uffff]\.[\u0370-\uffff]/,
    pattern: new RegExp(`(?<![\\p{L}\\p{N}@._/-])${OTHER_HOST}${PATH}|(?<![@._/-])${HAN_HOST}${PATH}`, 'giu'),
    confidence: 0.9,
    reason: 'top-level-domain',
  },
  {
    kind: 'url',
    needs: '@?',
    hint: /git@|magnet:\?/i,
    pattern: /(?<![\w.-])(?:git@[\w.-]{3,100}:[\w~][\w.~/-]{1,200}|magnet:\?[^\s<>"'“”]{10,1000})/gi,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'url',
    needs: '[',
    hint: /\[\.\]/,
    // Made harmless, so that nobody clicks on it: `evil[.]example[.]com`.
    pattern: /(?<![\w.\]-])[a-z0-9][a-z0-9-]{0,62}(?:(?:\.|\[\.\])[a-z0-9-]{1,63}){1,8}(?![\w-])/gi,
    check: (hit) => hit.includes('[') && isDomain(hit.replaceAll('[.]', '.')),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'ip',
    hint: /\d(?:\.|\[\.\])\d/,
    pattern: /(?<![\d.])\d{1,3}(?:(?:\.|\[\.\])\d{1,3}){3}(?:\/\d{1,2}|:\d{2,5})?(?!\.?\d)/g,
    check: (hit, text, start) =>
      isIP(hit.replaceAll('[.]', '.').split(/[/:]/)[0]!) === 4 && !isVersion(hit, text, start),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'ip',
    needs: ':',
    hint: /:[0-9a-f]{0,4}:/i,
    pattern:
      /(?<![\w.]|(?<!\w)[0-9a-f]{1,4}:|::)(?:[0-9a-f:]{2,30}:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]{2,39})(?:%\w{1,16})?(?:\/\d{1,3})?(?![\w:])/gi,
    check: (hit) => isIP(hit.split(/[/%]/)[0]!) === 6 && /[0-9a-f]/i.test(hit) && (hit.length > 3 || hit === '::1'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'mac',
    hint: /[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-]|\.[0-9a-f]{4}\./i,
    pattern:
      /(?<![\w-]|(?<!\w)[0-9a-f]{1,4}:|::)(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?:(?::[0-9a-f]{2}){2})?|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}(?:(?:-[0-9a-f]{2}){2})?|(?<!\.)[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?!\.\w))(?![\w:-])/gi,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'mac',
    least: { hex: 12 },
    hint: /mac|hwaddr|bssid|ether/i,
    pattern: /(?<!\w)[0-9a-f]{12}(?!\w)/gi,
    cue: /(?:\bmac|hwaddr|bssid|ether(?:net)?)(?:[ _-]?(?:addr(?:ess)?|id))?["']?(?: is)?[ :=#]{1,3}["']?$/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'coordinates',
    needs: '/',
    hint: /\/{3}\p{L}/u,
    // Three words of what3words.
    pattern: /(?<![\p{L}\p{N}:/])\/{3}\p{L}{2,24}\.\p{L}{2,24}\.\p{L}{2,24}(?![\p{L}\p{N}.])/gu,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: '3',
    hint: /what3words|\bw3w\b/i,
    pattern: /(?<![\p{L}\p{N}:/.])\p{L}{2,24}\.\p{L}{2,24}\.\p{L}{2,24}(?![\p{L}\p{N}]|\.\p{L})/gu,
    cue: /(?:what3words|w3w)[^\p{L}\p{N}]{1,3}(?:(?:address|code|is|was|at)[^\p{L}\p{N}]{1,3}){0,2}$/iu,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'wallet',
    hint: /\.eth\b/i,
    // A name of the Ethereum Name Service.
    pattern: /(?<![\w.@/-])[a-z0-9][a-z0-9-]{2,40}(?:\.[a-z0-9-]{1,40}){0,2}\.eth(?![\w-]|\.\w)/gi,
    confidence: 0.95,
    reason: 'form',
  },
];

/** `example.com`, and not `Node.js`, `e.g`, `end.The`: the end is a top-level domain in one case throughout. */
function isDomain(hit: string): boolean {
  const host = hit.split(/[:/]/)[0]!;
  const labels = host.split('.');
  const end = labels.at(-1)!;
  if (
    !isTopLevelDomain(end) ||
    (labels.some((label) => label.length === 1) && labels.length > 2 && labels.every((label) => label.length < 3))
  )
    return false;
  if (end !== end.toLowerCase() && host !== host.toUpperCase()) return false;
  // `report.md`, `train.py`: names of files, which no path follows; with a capital, `Character.ai` is what a firm calls itself.
  return hit.length > host.length || !(FILE.test(end) || (end === 'ai' && /\p{Lu}/u.test(host))) || labels.length > 2;
}

const FILE = /^(?:py|md|sh|rs|pl|zip|mov|ps|cc|so|app|ml|java|properties)$/i;
