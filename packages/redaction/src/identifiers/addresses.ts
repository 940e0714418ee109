// Addresses of the net: mail, links, domains, IP (RFC 791, RFC 4291), MAC.
import { isIP } from 'node:net';
import type { Rule } from './rule.ts';
import { isTopLevelDomain } from './top-level-domains.ts';

const HOST = String.raw`[\p{sc=Latn}\p{N}][\p{sc=Latn}\p{N}-]{0,62}(?:\.[\p{sc=Latn}\p{N}-]{1,63}){1,8}`;
/** `example [dot] org` */
const SPELT_HOST = String.raw`[\p{sc=Latn}\p{N}][\p{sc=Latn}\p{N}-]{0,62}(?:(?:\.| ?[[(]dot[)\]] ?)[\p{sc=Latn}\p{N}-]{1,63}){1,8}`;
const MAILBOX = String.raw`(?<![\p{sc=Latn}\p{N}.!#$%&'*+/=?^_{|}~-])[\p{sc=Latn}\p{N}][\p{sc=Latn}\p{N}.!#$%&'*+/=?^_{|}~-]{0,63}`;

export const ADDRESS_RULES: readonly Rule[] = [
  {
    kind: 'email',
    within: /@/g,
    pattern: new RegExp(`${MAILBOX}@(?:${HOST}|\\[[0-9a-f.:]{3,45}\\])`, 'giu'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'email',
    hint: /\[at\]|\(at\)/i,
    pattern: new RegExp(`${MAILBOX} ?[[(]at[)\\]] ?(?:${SPELT_HOST}|\\[[0-9a-f.:]{3,45}\\])`, 'giu'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'url',
    hint: /:\/\/|www\./i,
    pattern: /(?<![\p{sc=Latn}\p{N}])(?:[a-z][a-z0-9+-]{1,14}:\/\/|www\.)[^\s<>"'“”‘’，。；、！？（）]{2,2000}/giu,
    check: (hit) => /[\p{L}\p{N}]/u.test(hit.replace(/^[a-z0-9+-]+:\/\//i, '')),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'url',
    within: /\.[\p{L}]{2}/gu,
    // A bare domain, with a path if it has one.
    pattern: new RegExp(
      String.raw`(?<![\p{sc=Latn}\p{N}@._/-])${HOST}(?![\p{sc=Latn}\p{N}-])(?::\d{2,5})?(?:/[^\s<>"'“”‘’，。；、！？（）]{0,500})?`,
      'giu',
    ),
    check: (hit) => isDomain(hit),
    confidence: 0.9,
    reason: 'top-level-domain',
  },
  {
    kind: 'url',
    hint: /git@|magnet:\?/i,
    pattern: /(?<![\w.-])(?:git@[\w.-]{3,100}:[\w~][\w.~/-]{1,200}|magnet:\?[^\s<>"'“”]{10,1000})/gi,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'url',
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
      isIP(hit.replaceAll('[.]', '.').split(/[/:]/)[0]!) === 4 &&
      !/\bv(?:er(?:sion)?\.?)? ?$/i.test(text.slice(Math.max(0, start - 10), start)),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'ip',
    hint: /:[0-9a-f]{0,4}:/i,
    pattern:
      /(?<![\w:.])(?:[0-9a-f:]{2,30}:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:]{2,39})(?:%\w{1,16})?(?:\/\d{1,3})?(?![\w:])/gi,
    check: (hit) => isIP(hit.split(/[/%]/)[0]!) === 6 && /[0-9a-f]/i.test(hit) && (hit.length > 3 || hit === '::1'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'mac',
    hint: /[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-]|\.[0-9a-f]{4}\./i,
    pattern:
      /(?<![\w:-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?:(?::[0-9a-f]{2}){2})?|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}(?:(?:-[0-9a-f]{2}){2})?|(?<!\.)[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?!\.\w))(?![\w:-])/gi,
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
