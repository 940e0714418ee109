// Places that say what they are: `Zhejiang Province`, `Kano State`, `the Province of Reggio`.
import type { Finding } from '../finding.ts';
import { IS } from './lexicons.ts';
import { JOINT, type Token } from './tokens.ts';

const HEADS = new Set(
  `province county district prefecture oblast krai state city region municipality township borough governorate voivodeship canton parish
  island islands valley peninsula territory`.split(/\s+/),
);
/** Of these an ordinary word is a name too: `Cook County`. */
const TELLING = new Set('province county prefecture oblast township borough'.split(' '));
const COURTS = new Set('northern southern eastern western central middle'.split(' '));
/** They stand before the name: `Lake Tahoe`. */
const LEADS = new Set('lake mount fort cape'.split(' '));
const MOST_WORDS = 3;

export function findAdministrative(tokens: readonly Token[]): Finding[] {
  const found: Finding[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.shape === 'capital' && LEADS.has(token.key)) {
      const next = tokens[at + 1];
      const goesOn = tokens[at + 2]?.joint === JOINT.space && tokens[at + 2]!.shape !== 'lower';
      if (next?.joint === JOINT.space && mayBelong(next) && !(next.bits & IS.word) && !next.isHeadline && !goesOn)
        found.push({ start: token.start, end: next.end, kind: 'place', confidence: 0.7, reason: 'head' });
      continue;
    }
    // `Peekskill School District` is no district.
    if (token.shape !== 'capital' || !HEADS.has(token.key) || endsBody(tokens[at - 1], token)) continue;
    const [from, to] = [nameBefore(tokens, at), nameBehind(tokens, at)];
    const place = from < at ? [from, at + 1] : to > at + 2 ? [at, to] : undefined;
    if (place === undefined) continue;
    const { start } = tokens[place[0]!]!;
    found.push({ start, end: tokens[place[1]! - 1]!.end, kind: 'place', confidence: 0.7, reason: 'head' });
  }
  return found;
}

function endsBody(before: Token | undefined, { joint }: Token): boolean {
  // `District Court for the Northern District of California`
  if (before !== undefined && COURTS.has(before.key) && joint === JOINT.space) return true;
  return before !== undefined && joint === JOINT.space && before.shape === 'capital' && (before.bits & IS.head) !== 0;
}

/** Where the name before the word begins; where the word itself stands if there is none, or where a longer name goes on behind it:
 *  `Kano State University`. */
function nameBefore(tokens: readonly Token[], at: number): number {
  const next = tokens[at + 1];
  const goesOn = next !== undefined && next.joint <= JOINT.hyphen && next.shape !== 'lower' && next.shape !== 'number';
  let from = at;
  while (at - from < MOST_WORDS && from > 0 && tokens[from]!.joint <= JOINT.hyphen && mayBelong(tokens[from - 1]!))
    from--;
  return !goesOn && !tokens[at]!.isPossessive && tells(tokens.slice(from, at), TELLING.has(tokens[at]!.key))
    ? from
    : at;
}

/** Behind the name that follows `of`. */
function nameBehind(tokens: readonly Token[], at: number): number {
  if (tokens[at + 1]?.key !== 'of' || tokens[at + 1]!.joint !== JOINT.space) return at;
  let to = at + 2;
  while (to < tokens.length && to - at < 2 + MOST_WORDS && tokens[to]!.joint <= JOINT.hyphen && mayBelong(tokens[to]!))
    to++;
  return tells(tokens.slice(at + 2, to), false) ? to : at;
}

function mayBelong({ shape, bits, isPossessive, isFirst }: Token): boolean {
  const isOther = (bits & (IS.noName | IS.head | IS.title)) !== 0 || (isFirst && (bits & IS.word) !== 0);
  return shape === 'capital' && !isOther && !isPossessive;
}

/** Not of ordinary words alone; in a headline what the lists have. */
function tells(name: readonly Token[], isSure: boolean): boolean {
  return name.some(({ bits, isHeadline }) =>
    isHeadline
      ? (bits & (IS.city | IS.country)) !== 0
      : isSure || !(bits & IS.word) || (bits & (IS.city | IS.country)) !== 0,
  );
}
