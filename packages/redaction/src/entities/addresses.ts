// Postal addresses: a street with its number, and what of the address stands behind it.
import type { Finding } from '../finding.ts';
import { PARTICLES } from './cues.ts';
import { IS } from './lexicons.ts';
import { JOINT, type Token } from './tokens.ts';

const STREETS = new Set(
  `street st str road rd avenue ave lane ln drive dr boulevard blvd square sq court ct terrace crescent highway hwy parkway pkwy way close
  gardens rue via calle avenida rua ulica ul u strasse platz allee plein weg piazza place row quay strada vicolo trg`.split(
    /\s+/,
  ),
);
const STREET_ENDS =
  /(?:strasse|straat|gasse|gatan|gata|vagen|vej|vaenget|katu|tie|utca|plein|laan|weg|platz|allee|gade|veien|straeti|braut)$/;
const UNITS = new Set('apt apartment suite unit flat floor room box psc apo fpo dpo'.split(' '));
/** United States Postal Service: military addresses, and boxes. */
const BOX = /\b(?:(?:PSC|CMR|Unit|UNIT) \d{1,5},? Box \d{1,5}|P\.? ?O\.? Box \d{1,6})\b/g;
/** Words between the number and the street's kind, and all that may follow. */
const FURTHEST = 5;
const LONGEST = 14;

/** End the name of a street, and hardly a person's. */
const TAILS = new Set(
  `street road rd avenue ave boulevard blvd bypass loop mall route harbor harbour gateway cove coves isle rapids radial pass plaza
  parkway turnpike viaduct causeway crossing junction mews terrace crescent highway freeway expressway trail trafficway courts
  throughway skyway underpass overpass landing shoals shores springs squares valleys villages vista inlet islands
  junctions lakes motorway mountain plains prairie ridges extension estates divide cliffs corners
  bluffs pier lighthouse`.split(/\s+/),
);
/** Begin one. */
const BEGINNINGS = new Set('ul rue via calle avenida avda avinguda piazza rua strada jalan ulica'.split(' '));

/** A street without its number: `Mathias Pass`, `ul. Jesionowa`; the words from `start` on may be names.
 *  @returns behind its last word */
export function streetEnd(tokens: readonly Token[], start: number, end: number): number | undefined {
  const before = tokens[start - 1];
  if (
    before !== undefined &&
    BEGINNINGS.has(before.key) &&
    (before.key !== 'via' || before.shape !== 'lower') &&
    tokens[start]!.joint <= JOINT.other
  )
    return end;
  for (const last of [end, end - 1]) {
    const token = tokens[last];
    if (token === undefined || last === start || tokens[start]!.isHeadline) continue;
    if (TAILS.has(token.key) && token.shape !== 'lower' && token.joint === JOINT.space && !token.isPossessive)
      return last + 1;
  }
  return undefined;
}

export function findAddresses(text: string, tokens: readonly Token[]): Finding[] {
  const found: Finding[] = [];
  const boxes = new Set(text.includes('Box') ? Array.from(text.matchAll(BOX), ({ index }) => index) : []);
  for (let at = 0; at < tokens.length; at++) {
    const street =
      boxes.size > 0 && boxes.has(tokens[at]!.start)
        ? boxEnd(tokens, at)
        : isNumber(tokens[at])
          ? streetAround(tokens, at)
          : undefined;
    if (street === undefined || (found.length > 0 && tokens[street.from]!.start < found.at(-1)!.end)) continue;
    const to = addressEnd(text, tokens, street.to);
    const [start, end] = [tokens[street.from]!.start, tokens[to - 1]!.end];
    found.push({ start, end, kind: 'place', confidence: 0.8, reason: 'address' });
    at = to - 1;
  }
  return found;
}

function isNumber(token: Token | undefined): boolean {
  return token?.shape === 'number' && /^\d{1,6}[a-z]?$/.test(token.key);
}

function boxEnd(tokens: readonly Token[], at: number): { from: number; to: number } {
  let to = at + 1;
  while (to < tokens.length && tokens[to - 1]!.key !== 'box') to++;
  return { from: at, to: Math.min(to + 1, tokens.length) };
}

/** The number first (`1668 Glyn Street`, `12 Rue Lepic`, `6750 Koskikatu 25`) or last (`Lindenstraße 12`, `Calle Mayor 3`). */
function streetAround(tokens: readonly Token[], at: number): { from: number; to: number } | undefined {
  return numberFirst(tokens, at) ?? numberLast(tokens, at);
}

function numberFirst(tokens: readonly Token[], at: number): { from: number; to: number } | undefined {
  let first = at + 1;
  const named = streetNamed(tokens, at);
  if (named !== undefined) return { from: at, to: named };
  if (isNumber(tokens[first]) && tokens[first]!.joint === JOINT.space) first++;
  for (let next = first; next <= first + FURTHEST; next++) {
    const token = tokens[next];
    if (token === undefined || token.joint > JOINT.other) return undefined;
    if (isStreet(token)) {
      // `Rue Lepic`: the kind comes first, and the name behind it.
      if (next > first) return { from: at, to: next + 1 };
      if (tokens[next + 1]?.shape === 'capital') continue;
    }
    if (next > first && token.shape === 'number')
      return isNumber(token) && token.joint <= JOINT.initial ? { from: at, to: next + 1 } : undefined;
    if (next > first && UNITS.has(token.key) && tokens[next + 1]?.shape === 'number') return { from: at, to: next };
    const isName = token.shape !== 'lower' && token.shape !== 'number' && !(token.bits & IS.noName);
    if (token.joint > JOINT.initial || !(isName || (next > first && PARTICLES.has(token.key)) || isStreet(token)))
      return undefined;
  }
  return undefined;
}

/** `12 Rue de la République`, `221 bis, avenue Foch`: the kind comes first, and the name behind it. */
function streetNamed(tokens: readonly Token[], at: number): number | undefined {
  let kind = at + 1;
  if (REPEATED.has(tokens[kind]?.key ?? '')) kind++;
  const street = tokens[kind];
  const isKind =
    street !== undefined &&
    BEFORE_NAMES.has(street.key) &&
    (street.shape !== 'lower' || /^(?:rue|avenue|boulevard|quai|impasse)$/.test(street.key));
  if (!isKind || tokens[kind]!.joint > JOINT.comma) return undefined;
  let to = kind + 1;
  let end: number | undefined;
  while (to <= kind + FURTHEST && tokens[to] !== undefined && tokens[to]!.joint <= JOINT.initial) {
    const { shape, key, bits } = tokens[to]!;
    if (shape === 'lower' ? !PARTICLES.has(key) : shape === 'number' || (bits & IS.noName && key.length > 3)) break;
    to++;
    if (shape !== 'lower') end = to;
  }
  return end;
}

const BEFORE_NAMES = new Set(
  'rue avenue boulevard place quai impasse chemin via viale piazza corso calle avenida plaza rua travessa'.split(' '),
);
const REPEATED = new Set('bis ter quater'.split(' '));

function numberLast(tokens: readonly Token[], at: number): { from: number; to: number } | undefined {
  if (tokens[at]!.joint > JOINT.space) return undefined;
  for (let before = at - 1; before >= Math.max(0, at - 4); before--) {
    const token = tokens[before]!;
    if (token.shape === 'lower' || token.shape === 'number') return undefined;
    const hasEnd = before === at - 1 && token.key.length > 6 && STREET_ENDS.test(token.key);
    if (hasEnd || (STREETS.has(token.key) && before < at - 1)) return { from: before, to: at + 1 };
    if (token.joint > JOINT.initial) return undefined;
  }
  return undefined;
}

function isStreet({ key, shape }: Token): boolean {
  return STREETS.has(key) || (shape !== 'lower' && key.length > 6 && STREET_ENDS.test(key));
}

/** Units, districts, towns, codes and the country, separated by commas, blanks and lines. */
function addressEnd(text: string, tokens: readonly Token[], to: number): number {
  let end = to;
  let next = to;
  while (next < tokens.length && next < to + LONGEST) {
    const token = tokens[next]!;
    if (!isListed(text, tokens[next - 1]!.end, token.start)) break;
    if (token.shape === 'lower' && !PARTICLES.has(token.key) && !UNITS.has(token.key) && !STREETS.has(token.key)) break;
    if (token.bits & IS.noName && !UNITS.has(token.key)) break;
    // An ordinary word begins the next line or sentence: `Please call`.
    if (
      token.bits & IS.word &&
      !(token.bits & (IS.city | IS.country | IS.given | IS.surname | IS.head)) &&
      token.isFirst &&
      !UNITS.has(token.key)
    )
      break;
    next++;
    if (token.shape !== 'lower') end = next;
  }
  return end;
}

function isListed(text: string, from: number, to: number): boolean {
  return to - from <= 16 && /^(?:[.,]?[ \t\n,>(]*|-)$/.test(text.slice(from, to));
}
