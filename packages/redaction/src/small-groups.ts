// Quasi-identifiers: whether so few events fit what a tier shows of a record that it tells which one is meant. It warns and decides nothing.
import { levelOf, recordType, TIERS, type Tier } from '@detente/record';

type Fields = Readonly<Record<string, unknown>>;

/** Fields that tell events apart together, and what is coarser than each, the least step first; `null`: left out. */
const COARSER: Readonly<Record<string, readonly (string | null)[]>> = {
  occurred_month: ['quarter', 'year', null],
  hazard_domain: [null],
  sector: [null],
  deployment: [null],
  countries_affected: [null],
  techniques: [null],
};

/** What an event is known by: a field, a colon, and JSON that the field's value contains; for quarters and years alternatives with bars
 *  between: `countries_affected:["US"]`, `deployment:{"breadth":"pilot"}`, `occurred_month:"2023-04"|"2023-05"|"2023-06"`. */
export function traitsOf(fields: Fields): string[] {
  return Object.keys(COARSER).flatMap((name) => traitsOfField(name, fields[name] ?? null));
}

function traitsOfField(name: string, value: unknown): string[] {
  if (value === null) return [];
  if (name === 'occurred_month') return (['month', 'quarter', 'year'] as const).map((span) => monthTrait(value, span));
  if (Array.isArray(value)) return value.map((item) => traitOf(name, [item]));
  if (typeof value !== 'object') return [traitOf(name, value)];
  return Object.entries(value).flatMap(([member, one]) =>
    Array.isArray(one)
      ? one.map((item) => traitOf(name, { [member]: [item] }))
      : one === null
        ? []
        : [traitOf(name, { [member]: one })],
  );
}

function traitOf(name: string, value: unknown): string {
  return `${name}:${JSON.stringify(value)}`;
}

function monthTrait(month: unknown, span: 'month' | 'quarter' | 'year'): string {
  const [year, number] = String(month).split('-');
  const length = { month: 1, quarter: 3, year: 12 }[span];
  const first = Math.floor((Number(number) - 1) / length) * length + 1;
  const months = Array.from({ length }, (_, at) => `"${year}-${String(first + at).padStart(2, '0')}"`);
  return `occurred_month:${months.join('|')}`;
}

/** What would be shown instead of a field's value; `instead` is null where it is left out. */
type Step = { field: string; instead: string | null };
/** Which traits an event must have to fit. */
type Question = { traits: readonly string[]; step?: Step };
export type TierQuestions = { tier: Tier; asked: Question; coarser: (Question & { step: Step })[] };

/** What is to be counted for a record's fields, for each tier that shows something that the one below does not. */
export function groupQuestions(fields: Fields, type = 'incident/1'): TierQuestions[] {
  const tierOf = (name: string) => recordType(type).fields.find((field) => field.name === name)!.tier;
  const told = Object.keys(COARSER).filter((name) => traitsOfField(name, fields[name] ?? null).length > 0);
  return TIERS.flatMap((tier) => {
    const shown = told.filter((name) => levelOf(tierOf(name)) <= levelOf(tier));
    if (!shown.some((name) => tierOf(name) === tier)) return [];
    const coarser = shown.flatMap((field) =>
      COARSER[field]!.map((instead) => ({
        step: { field, instead },
        traits: asked(fields, shown, { field, instead }),
      })),
    );
    return [{ tier, asked: { traits: asked(fields, shown) }, coarser }];
  });
}

/** A month says its quarter and year too: one trait of the three is asked for. */
function asked(fields: Fields, shown: readonly string[], step?: Step): string[] {
  return shown.flatMap((name) => {
    const instead = step?.field === name ? step.instead : undefined;
    if (instead === null) return [];
    if (name === 'occurred_month')
      return [monthTrait(fields[name], (instead ?? 'month') as 'month' | 'quarter' | 'year')];
    return traitsOfField(name, fields[name]);
  });
}

/** `fit`: how many events have what the tier shows, counted up to `k`; `rare`: fields without any one of which enough would; where one is
 *  not enough, all that help most. `offers`: for each of these what could be told instead, and how many would fit then. */
export type SmallGroup = {
  code: 'small_group';
  tier: Tier;
  fit: number;
  k: number;
  rare: string[];
  offers: { place: string; instead: string | null; fit: number }[];
};

/** The tiers at which fewer than `k` fit.
 *  @param fitting how many events have all of these traits */
export function smallGroups(
  questions: readonly TierQuestions[],
  fitting: (traits: readonly string[]) => number,
  k: number,
): SmallGroup[] {
  return questions.flatMap(({ tier, asked: { traits }, coarser }) => {
    const fit = fitting(traits);
    if (fit >= k) return [];
    const offers = coarser.map(({ step, traits: fewer }) => ({ ...step, fit: fitting(fewer) }));
    const most = Math.min(k, Math.max(...offers.map((offer) => offer.fit)));
    const helping = offers.filter((offer) => offer.fit >= most && offer.fit > fit);
    const rare = [...new Set(helping.map(({ field }) => field))];
    const shown = offers.filter(({ field }) => rare.includes(field));
    return [
      {
        ...{ code: 'small_group' as const, tier, fit, k, rare },
        offers: shown.map(({ field, instead, fit: then }) => ({ place: `/${field}`, instead, fit: then })),
      },
    ];
  });
}
