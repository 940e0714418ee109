// Calls that brought nothing, since they were refused or repeated what is here. They cost as much as others and leave no row by which
// they could be counted.

export type Fruitless = {
  /** Counts one call. */
  add(whose: string): void;
  /** Whether as many were made as are borne with for now. */
  isSpent(whose: string): boolean;
};

/** @param most calls of one that are borne with from the first on
 *  @param seconds after which it begins anew */
export function countFruitless(
  { most, seconds }: { most: number; seconds: number },
  now: () => number = Date.now,
): Fruitless {
  const counts = new Map<string, { until: number; count: number }>();
  const current = (whose: string) => {
    const held = counts.get(whose);
    return held && held.until > now() ? held : undefined;
  };
  return {
    add(whose) {
      const held = current(whose);
      if (held) held.count += 1;
      else counts.set(whose, { until: now() + seconds * 1000, count: 1 });
    },
    isSpent: (whose) => (current(whose)?.count ?? 0) >= most,
  };
}
