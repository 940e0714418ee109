// Tiers of fields, and the level numbers that stand for them wherever something is stored or counted.

/** Who may see a field, from everybody to named recipients. */
export const TIERS = ['clear', 'green', 'amber', 'amber-strict', 'red'] as const;
export type Tier = (typeof TIERS)[number];

/** How much of a record: 0 is the signed part without disclosures, 1 to 5 the fields up to that tier. */
export const LEVELS = [0, 1, 2, 3, 4, 5] as const;
export type Level = (typeof LEVELS)[number];

/** Level of the fields up to `tier`: 1 for `clear` to 5 for `red`. */
export function levelOf(tier: Tier): Level {
  return LEVELS[TIERS.indexOf(tier) + 1]!;
}

/** The highest tier that `level` discloses; `null` for level 0. */
export function tierOf(level: Level): Tier | null {
  return TIERS[level - 1] ?? null;
}

export function isLevel(value: unknown): value is Level {
  return LEVELS.includes(value as Level);
}

type Tiered = { readonly fields: readonly { readonly name: string; readonly tier: Tier }[] };

/** Names of the fields that a presentation at `level` discloses, in the type's order: always a prefix of all its fields. */
export function fieldsOfLevel(type: Tiered, level: Level): string[] {
  return type.fields.filter((field) => levelOf(field.tier) <= level).map((field) => field.name);
}

/** The lowest level that discloses exactly `count` fields of the type; `undefined` when `count` ends inside a tier. */
export function levelOfCount(type: Tiered, count: number): Level | undefined {
  return LEVELS.find((level) => fieldsOfLevel(type, level).length === count);
}
