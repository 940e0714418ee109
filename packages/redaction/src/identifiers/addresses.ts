// Addresses of the net: mail, links, domains, IP (RFC 791, RFC 4291), MAC.
import { isIP } from 'node:net';
import type { Rule } from './rule.ts';
import { isTopLevelDomain } from './top-level-domains.ts';

const HOST = String.raw`[\p{sc=Latn}\p{N}][\p{sc=Latn}\p{N}-]{0,62}(?:\.[\p{sc=Latn}\p{N}-]{1,63}){1,8}`;
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
    pattern: new RegExp(`${MAILBOX} ?[[(]at[)\\]] ?(?:${HOST}|\\[[0-9a-f.:]{3,45}\\])`, 'giu'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'url',
    hint: /:\/\/|www\./i,
    pattern:
      /(?<![\p{sc=Latn}\p{N}])(?:(?:https?|ftps?|sftp|ssh|wss?|git|s3|gs|hf|file|ldap|jdbc|mongodb|redis|postgres(?:ql)?):\/\/|www\.)[^\s<>"'“”‘’，。；、！？（）]{2,2000}/giu,
    check: (hit) => /[\p{L}\p{N}]/u.test(hit.replace(/^[a-z0-9]+:\/\//i, '')),
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
    kind: 'ip',
    hint: /\d\.\d/,
    pattern: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2}|:\d{2,5})?(?!\.?\d)/g,
    check: (hit, text, start) =>
      isIP(hit.split(/[/:]/)[0]!) === 4 &&
      !/\bv(?:er(?:sion)?\.?)? ?$/i.test(text.slice(Math.max(0, start - 10), start)),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'ip',
    hint: /:[0-9a-f]{0,4}:/i,
    pattern: /(?<![\w:.])[0-9a-f:]{2,39}(?:(?:\d{1,3}\.){3}\d{1,3})?(?:%\w{1,16})?(?:\/\d{1,3})?(?![\w:])/gi,
    check: (hit) => isIP(hit.split(/[/%]/)[0]!) === 6 && /[0-9a-f]/i.test(hit) && hit.length > 3,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'mac',
    hint: /[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-]|\.[0-9a-f]{4}\./i,
    pattern:
      /(?<![\w:-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![\w:-])/gi,
    confidence: 1,
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
  // `report.md`, `train.py`: names of files, which no path follows.
  return hit.length > host.length || !FILE.test(end) || labels.length > 2;
}

const FILE = /^(?:py|md|sh|rs|pl|zip|mov|ps|cc|so|app|ml|ai|java|properties)$/i;
