// Whether a part of a name stands directly beside another: `Model S` beside `Tesla`.

type Span = { start: number; end: number };

/** What may stand between two parts of one name. */
const BETWEEN = /^[ \u00a0‑-]?$/u;

/** @returns the one that it is beside, if there is one */
export function hangsOn<S extends Span>(text: string, { start, end }: Span, spans: readonly S[]): S | undefined {
  return spans.find((one) =>
    one.end <= start
      ? BETWEEN.test(text.slice(one.end, start))
      : one.start >= end && BETWEEN.test(text.slice(end, one.start)),
  );
}
