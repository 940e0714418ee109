// What a tier makes coarser in texts: whoever may not see the exact field may not read it in a text either.
import { levelOf, type Tier } from '@detente/record';
import { sitesOf } from './around.ts';
import { countryAt, countryFor } from './coarser/countries.ts';
import { monthFor } from './coarser/months.ts';
import type { Rewrite } from './coarser/rewrite.ts';
import { timeFor } from './coarser/times.ts';
import { countFor, isOne } from './coarser/told-counts.ts';
import { type CoarserKind, exactLevel } from './exact-fields.ts';
import type { Finding, FindingKind } from './finding.ts';
import { withNarrowNumbers } from './narrow.ts';

export type { CoarserKind } from './exact-fields.ts';

/** A part of the text as it was, and what is written for it; `finding` is what it was found by. */
export type Coarser = Rewrite & { kind: CoarserKind; finding: Finding };

/** Dates to months, times of day to nothing, places to their country or a plain word, counts of persons to the bands of the type's
 *  scale; each only in a text of a lower tier than the field that has it exactly. What is coarse already stays.
 *  @param findings in the text, from left to right: what an officer keeps is left out by the caller
 *  @param tier of the text's field */
export function generalise(
  written: string,
  findings: readonly Finding[],
  tier: Tier,
  type = 'incident/1',
): { text: string; changes: Coarser[] } {
  const text = withNarrowNumbers(written);
  const ours = findings.filter(({ kind }) => isCoarser(kind, tier, type));
  const sites = sitesOf(text, ours);
  const hasBands = ours.some(({ kind, start, end }) => kind === 'count' && !isOne(text.slice(start, end)));
  const rewritten = ours.flatMap((finding, at) => {
    const rewrite = rewriteFor(text, finding, sites[at]!.around.isHan, hasBands);
    return rewrite === undefined ? [] : [{ ...rewrite, kind: finding.kind as CoarserKind, finding }];
  });
  const changes = joined(text, rewritten).filter((one) => text.slice(one.start, one.end) !== one.written);
  let out = '';
  let at = 0;
  for (const one of changes) {
    out += written.slice(at, one.start) + one.written;
    at = one.end;
  }
  return { text: out + written.slice(at), changes };
}

/** Whether a text of this tier tells a kind coarsely. */
export function isCoarser(kind: FindingKind, tier: Tier, type = 'incident/1'): kind is CoarserKind {
  return levelOf(tier) < (exactLevel(kind, type) ?? 0);
}

function rewriteFor(text: string, finding: Finding, isHan: boolean, hasBands: boolean): Rewrite | undefined {
  switch (finding.kind) {
    case 'date':
      return monthFor(text, finding, isHan);
    case 'time':
      return timeFor(text, finding, isHan);
    case 'place':
      return countryFor(text, finding, isHan);
    default:
      return countFor(text, finding, isHan, hasBands);
  }
}

const BETWEEN = /^(?:,? |、|,? and |，| ?[-–—] ?| to | and | or |至|到|和|与|及| ?\( ?|（)?$/;
const CLOSED = /^ ?[)）]/;

/** Side by side the same is written once: `Los Angeles, California`, `March 5 to March 9`, `Paris, France`. None overlaps. */
function joined(text: string, changes: readonly Coarser[]): Coarser[] {
  const kept: Coarser[] = [];
  for (const change of changes) {
    const before = kept.at(-1);
    if (before !== undefined && isItsFirstLetter(before, change)) {
      Object.assign(before, { end: change.start, written: '' });
      kept.push({ ...change, written: change.written.charAt(0).toUpperCase() + change.written.slice(1) });
      continue;
    }
    if (before !== undefined && change.start < before.end) {
      if (change.end > before.end) before.end = change.end;
      continue;
    }
    if (before !== undefined && isUnknownBeside(before, change) && /^, $/.test(text.slice(before.end, change.start))) {
      before.end = change.end;
      if (isUnknown(before)) before.written = insteadOf(before.written, change.written);
      continue;
    }
    if (before !== undefined && isSame(before, change) && BETWEEN.test(text.slice(before.end, change.start))) {
      const closing = /[(（]/.test(text.slice(before.end, change.start))
        ? (CLOSED.exec(text.slice(change.end))?.[0].length ?? 0)
        : 0;
      before.end = change.end + closing;
      if (change.written.length > before.written.length)
        before.written = withLead(before.written) + bareOf(change.written);
      if (change.kind === 'date' || change.kind === 'time') withoutRange(text, before, kept.at(-2)?.end ?? 0);
    } else kept.push({ ...change });
  }
  return kept.map((change, nth) => withCountryBeside(text, change, kept[nth - 1]?.end ?? 0));
}

/** Whether the letter that a sentence begins with, now that a time is gone, is a part of what comes next. */
function isItsFirstLetter(before: Coarser, change: Coarser): boolean {
  const { kind, end, written } = before;
  return kind === 'time' && written !== '' && change.start === end - written.length && change.end > end;
}

function isSame(before: Coarser, change: Coarser): boolean {
  if (before.kind !== change.kind || before.kind === 'count' || before.written === '') return false;
  const [first, second] = [bareOf(before.written), bareOf(change.written)];
  // `March to March 2024`, `2023年5月至5月`
  return (
    first === second ||
    (before.kind === 'date' &&
      (second.startsWith(`${first} `) || first.startsWith(`${second} `) || first.endsWith(`年${second}`)))
  );
}

/** `Redmond, Washington`: of two places of which one tells a country, the other tells nothing more. */
function isUnknownBeside(before: Coarser, change: Coarser): boolean {
  return before.kind === 'place' && change.kind === 'place' && isUnknown(before) !== isUnknown(change);
}

/** The country, where a place stood that tells none: `in a place`, `A place`. */
function insteadOf(place: string, country: string): string {
  const words = country.replace(/^in /i, '');
  const [lead = ''] = /^in /i.exec(place) ?? [];
  return lead === '' && /^\p{Lu}/u.test(place) ? words.charAt(0).toUpperCase() + words.slice(1) : lead + words;
}

function isUnknown({ written }: Coarser): boolean {
  return bareOf(written) === 'a place';
}

/** `from March 2024 to March 2024` is in March 2024, `from noon to midnight` takes some time. */
function withoutRange(text: string, change: Coarser, after: number): void {
  const [lead] = RANGE.exec(text.slice(Math.max(after, change.start - 16), change.start)) ?? [];
  if (lead === undefined) return;
  change.start -= lead.length;
  if (change.kind === 'time') {
    change.written = /^[从自從]/u.test(lead) ? '某段时间' : `${/^\p{Lu}/u.test(lead) ? 'For' : 'for'} some time`;
    return;
  }
  if (!/\p{sc=Han}/u.test(lead)) change.written = `${/^\p{Lu}/u.test(lead) ? 'In' : 'in'} ${bareOf(change.written)}`;
}

const RANGE = /(?:(?<!\p{L})(?:between|from) (?:the )?|[从自從])$/iu;

function bareOf(written: string): string {
  return written.replace(/^(?:in |the )+/i, '');
}

function withLead(written: string): string {
  return written.slice(0, written.length - bareOf(written).length);
}

/** `Paris, France`, `中国北京`: the country that stands beside it is the one that is written. */
function withCountryBeside(text: string, change: Coarser, after: number): Coarser {
  if (change.kind !== 'place') return change;
  const before = text.slice(Math.max(after, change.start - 40), change.start);
  if (/\p{sc=Han}/u.test(change.written) && before.endsWith(change.written))
    return { ...change, start: change.start - change.written.length };
  // `in the UK, London`
  const [gap = '', named = ''] = COUNTRY_BEFORE.exec(before) ?? [];
  if (named !== '' && countryAt(named) !== undefined && countryAt(named) === countryAt(change.written))
    return { ...change, start: change.start - gap.length };
  const [hit, name = ''] = /^,? ?(\p{Lu}[\p{L} ]{2,30}?|\p{sc=Han}{2,8}?)(?![\p{L}])/u.exec(
    text.slice(change.end, change.end + 40),
  ) ?? [''];
  const isSameCountry = hit !== '' && countryAt(name) !== undefined && countryAt(name) === countryAt(change.written);
  return isSameCountry ? { ...change, end: change.end + hit.length } : change;
}

const COUNTRY_BEFORE = /(?:(?<!\p{L})the )?(\p{Lu}[\p{L}.]{1,20}(?: \p{Lu}[\p{L}.]{1,20})?),? (?:and )?$/u;
