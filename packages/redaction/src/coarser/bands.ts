// Bands of how many were harmed, as the incident type has them (`harms.scale`), and a count told by its band.
import { recordType } from '@detente/record';

export type Band = { from: number; to: number };

/** Of a schema somewhere within a type: the values of `harms[].scale`. */
function scaleOf(type: string): readonly string[] {
  const harms = recordType(type).fields.find(({ name }) => name === 'harms')!.schema as unknown as {
    items: { properties: { scale: { anyOf: { enum?: readonly string[] }[] } } };
  };
  return harms.items.properties.scale.anyOf.flatMap((one) => one.enum ?? []);
}

/** From the least to the most: `1`, `2-9`, …, `1000000+`. */
export const BANDS: readonly Band[] = scaleOf('incident/1').map((text) => {
  const [from, to] = text.split('-');
  return { from: Number.parseInt(from!, 10), to: text.endsWith('+') ? Number.POSITIVE_INFINITY : Number(to ?? from) };
});

/** What is told of a number: `least` and `most` are the same for an exact one; one of them is absent for `at least` and `up to`. */
export type Told = { least?: number; most?: number };

/** The same within the bounds of bands, so that no more is told than before. */
export function bandOf({ least, most }: Told): Told {
  return {
    ...(least !== undefined && { least: bandWith(least)?.from ?? 0 }),
    ...(most !== undefined && { most: bandWith(most)?.to ?? most }),
  };
}

/** None is no band: there is nobody to be told from others. */
function bandWith(count: number): Band | undefined {
  return BANDS.find(({ from, to }) => count >= from && count <= to);
}

export function bandInEnglish({ least, most }: Told): string {
  if (least === undefined) return most === Number.POSITIVE_INFINITY ? 'any number of' : `up to ${english(most!)}`;
  if (most === undefined || most === Number.POSITIVE_INFINITY) return `at least ${english(least)}`;
  return least === most ? english(least) : `${english(least)} to ${english(most)}`;
}

export function bandInChinese({ least, most }: Told): string {
  if (least === undefined) return most === Number.POSITIVE_INFINITY ? '若干' : `至多${most}`;
  if (most === undefined || most === Number.POSITIVE_INFINITY) return `至少${least}`;
  return least === most ? `${least}` : `${least}至${most}`;
}

function english(count: number): string {
  return count.toLocaleString('en');
}
