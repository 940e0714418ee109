// Quasi-identifiers: whether so few events fit what a tier shows of a record that it tells which one is meant. It warns and decides nothing.
import { levelOf, recordType, TIERS, type Tier } from '@detente/record';

type Fields = Readonly<Record<string, unknown>>;

/** Fields that tell events apart together. */
const TELLING = ['occurred_month', 'hazard_domain', 'sector', 'deployment', 'countries_affected', 'techniques'];

/** What an event is known by: a field, a colon, and JSON that the field's value contains; for quarters and years alternatives with bars
 *  between; of a technique with all that are a part of it `^` and its name: `countries_affected:["US"]`, `deployment:{"breadth":"pilot"}`,
 *  `occurred_month:"2023-04"|"2023-05"|"2023-06"`, `techniques:^"AML.T0051"`. */
export function traitsOf(given: Fields): string[] {
  const fields = withMonth(given);
  return TELLING.flatMap((name) => {
    const traits = traitsOfField(name, fields[name] ?? null);
    return name === 'techniques' ? [...new Set([...traits, ...traits.map(withParts)])] : traits;
  });
}

/** A day alone tells its month. */
function withMonth(fields: Fields): Fields {
  const { occurred, occurred_month = null } = fields;
  return occurred_month === null && typeof occurred === 'string'
    ? { ...fields, occurred_month: occurred.slice(0, 7) }
    : fields;
}

/** A technique that is a part of another. */
const PART = /^techniques:\["([^".]+\.[^".]+)\.[^"]+"\]$/;

/** `techniques:["AML.T0051.001"]` to `techniques:^"AML.T0051"`. */
function withParts(trait: string): string {
  return trait.replace(/^techniques:\["([^".]+\.[^".]+)(?:\.[^"]+)?"\]$/, 'techniques:^"$1"');
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

/** What would be shown at a place; `instead` is null where it is left out, `technique` where the techniques stand that these are a part of. */
type Step = { place: string; instead: string | null };
/** Which traits an event must have to fit. */
type Question = { traits: readonly string[] };
export type TierQuestions = { tier: Tier; asked: Question; coarser: (Question & { field: string; step: Step })[] };
/** A step, and what its field tells then. */
type Way = { field: string; step: Step; told: readonly string[] };

/** What is to be counted for a record's fields, for each tier that shows something that the one below does not. */
export function groupQuestions(given: Fields, type = 'incident/1'): TierQuestions[] {
  const fields = withMonth(given);
  const isOfDay = fields !== given;
  const shownAs = (name: string) => (name === 'occurred_month' && isOfDay ? 'occurred' : name);
  const tierOf = (name: string) => recordType(type).fields.find((field) => field.name === shownAs(name))!.tier;
  const told = TELLING.filter((name) => traitsTold(name, fields[name] ?? null).length > 0);
  return TIERS.flatMap((tier) => {
    const shown = told.filter((name) => levelOf(tierOf(name)) <= levelOf(tier));
    if (!shown.some((name) => tierOf(name) === tier)) return [];
    const ask = (way?: Way) =>
      shown.flatMap((name) => (way?.field === name ? way.told : traitsTold(name, fields[name])));
    const coarser = shown
      .flatMap((field) => waysOf(field, fields[field]))
      .map((way) => ({
        field: way.field,
        step: { ...way.step, place: way.step.place.replace(way.field, shownAs(way.field)) },
        traits: ask(way),
      }));
    return [{ tier, asked: { traits: ask() }, coarser }];
  });
}

/** A month says its quarter and year too: one trait of the three is asked for. A technique stands for its parts as well. */
function traitsTold(name: string, value: unknown): string[] {
  if (name === 'occurred_month' && value !== null) return [monthTrait(value, 'month')];
  const traits = traitsOfField(name, value);
  return name === 'techniques' ? traits.map((one) => (PART.test(one) ? one : withParts(one))) : traits;
}

/** More items of a list than these are not asked for one by one. */
const ITEMS = 8;

/** What is coarser than a field's value, the least step first, and at last that it is left out. Of several items or members each may be. */
function waysOf(field: string, value: unknown): Way[] {
  const way = (told: readonly string[], instead: string | null, member = ''): Way => ({
    field,
    step: { place: `/${field}${member}`, instead },
    told,
  });
  const spans = field === 'occurred_month' ? (['quarter', 'year'] as const) : [];
  const traits = traitsOfField(field, value);
  const members = typeof value === 'object' ? membersOf(field, value!) : [];
  const parts = field === 'techniques' ? traits.map((one) => (PART.test(one) ? withParts(one) : one)) : traits;
  return [
    ...spans.map((span) => way([monthTrait(value, span)], span)),
    ...(parts.join() === traits.join() ? [] : [way([...new Set(parts)], 'technique')]),
    ...(members.length < 2 || members.length > ITEMS
      ? []
      : members.map((member) => way(traitsOfField(field, without(value!, member)), null, `/${member}`))),
    way([], null),
  ];
}

/** Those that tell something. */
function membersOf(field: string, value: object): string[] {
  return Object.keys(value).filter(
    (member) => traitsOfField(field, without(value, member)).length < traitsOfField(field, value).length,
  );
}

function without(value: object, member: string): unknown {
  return Array.isArray(value) ? value.filter((_, nth) => nth !== Number(member)) : { ...value, [member]: null };
}

/** How many events fit, and of how many organisations they are; each counted up to `k`. */
export type Fitting = { fit: number; organisations: number };

/** Of what the tier shows; `all`: of whatever the node knows. `rare`: fields without any one of which enough would; where one is not
 *  enough, all that help most. `offers`: for each of these what could be told instead, and how many would fit then. */
export type SmallGroup = Fitting & {
  code: 'small_group';
  tier: Tier;
  k: number;
  all: Fitting;
  rare: string[];
  offers: (Step & Fitting)[];
};

/** The tiers at which fewer than `k` fit, events or organisations.
 *  @param fitting how many events have all of these traits, and their organisations */
export function smallGroups(
  questions: readonly TierQuestions[],
  fitting: (traits: readonly string[]) => Fitting,
  k: number,
): SmallGroup[] {
  return questions.flatMap(({ tier, asked: { traits }, coarser }) => {
    const told = fitting(traits);
    if (leastOf(told) >= k) return [];
    const offers = coarser.map(({ field, step, traits: fewer }) => ({ field, shown: { ...step, ...fitting(fewer) } }));
    const most = Math.min(k, Math.max(...offers.map(({ shown }) => leastOf(shown))));
    const isHelping = ({ shown }: (typeof offers)[number]) => leastOf(shown) >= most && leastOf(shown) > leastOf(told);
    const rare = [...new Set(offers.filter(isHelping).map(({ field }) => field))];
    // Of a month, whose steps are each part of the next, all are shown; of one item among several those that help.
    const shown = offers.filter((offer) => rare.includes(offer.field) && (isWhole(offer.shown) || isHelping(offer)));
    return [
      {
        ...{ code: 'small_group' as const, tier, ...told, k, all: fitting([]), rare },
        offers: shown.map((offer) => offer.shown),
      },
    ];
  });
}

function leastOf({ fit, organisations }: Fitting): number {
  return Math.min(fit, organisations);
}

function isWhole({ place }: Step): boolean {
  return place.lastIndexOf('/') === 0;
}
