// What is written in place of what, in one text: applied, put one after the other, and followed from the text that came in.

/** Who takes something out: a known term, certainty (a checksum, a form), an officer, the policy; `tier`: told more coarsely, since the text's
 *  tier does not show the exact field; `fit`: a text that grew is cut, or
 *  of two items that have become the same one stays. */
export type By = 'term' | 'certain' | 'officer' | 'policy' | 'tier' | 'fit';

/** UTF-16 offsets in the text as it came; edits of a text are sorted, none overlaps another, and each replaces something by something. */
export type Edit = {
  start: number;
  end: number;
  written: string;
  /** Of the term or finding; of `fit`, `length` or `duplicate`. */
  kind: string;
  by: By;
  /** The finding that is taken out. */
  finding?: string;
};

type Span = { start: number; end: number };

export function applyEdits(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  let out = '';
  let at = 0;
  for (const { start, end, written } of edits) {
    out += text.slice(at, start) + written;
    at = end;
  }
  return out + text.slice(at);
}

/** Both as edits of the text that came in. What the second changes of what the first wrote becomes one edit.
 *  @param next edits of `applyEdits(text, first)` */
export function composeEdits(text: string, first: readonly Edit[], next: readonly Edit[]): Edit[] {
  if (first.length === 0 || next.length === 0) return [...first, ...next];
  const between = applyEdits(text, first);
  const written = writtenSpans(first);
  const parts = [
    ...written.map((span, nth) => ({ ...span, edit: first[nth]!, isNext: false })),
    ...next.map((edit) => ({ start: edit.start, end: edit.end, edit, isNext: true })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  const composed: Edit[] = [];
  for (let at = 0; at < parts.length; ) {
    const { start } = parts[at]!;
    let { end } = parts[at]!;
    let to = at + 1;
    // What was deleted where this ends goes with it: nothing stands between the two.
    while (to < parts.length && (parts[to]!.start < end || parts[to]!.end === end))
      end = Math.max(end, parts[to++]!.end);
    const group = parts.slice(at, to);
    at = to;
    // As it was: of what nothing was written for, the place in between does not say where it began.
    if (group.length === 1 && !group[0]!.isNext) {
      composed.push(group[0]!.edit);
      continue;
    }
    const { edit: leading } = group.find(({ isNext }) => isNext) ?? group[0]!;
    const inside = group.filter(({ isNext }) => isNext).map(({ edit }) => shifted(edit, -start));
    composed.push({
      ...leading,
      start: before(written, first, start),
      end: before(written, first, end),
      written: applyEdits(between.slice(start, end), inside),
    });
  }
  return composed;
}

/** Where the place of a text is after the edits: what was written for it where it was changed.
 *  @returns offsets in `applyEdits(text, edits)` */
export function placeAfter(edits: readonly Edit[], { start, end }: Span): Span {
  let shift = 0;
  let touched: Span | undefined;
  for (const edit of edits) {
    if (edit.start >= end) break;
    const from = edit.start + shift;
    if (edit.end > start) touched = { start: touched?.start ?? from, end: from + edit.written.length };
    shift += edit.written.length - (edit.end - edit.start);
  }
  return touched ?? { start: start + shift, end: end + shift };
}

/** What was written, as offsets in the text after the edits. */
function writtenSpans(edits: readonly Edit[]): Span[] {
  let shift = 0;
  return edits.map(({ start, end, written }) => {
    const from = start + shift;
    shift += written.length - (end - start);
    return { start: from, end: from + written.length };
  });
}

/** Of a place at an edge of what was written, or outside. */
function before(written: readonly Span[], edits: readonly Edit[], at: number): number {
  const last = written.findLastIndex(({ end }) => end <= at);
  return last === -1 ? at : edits[last]!.end + at - written[last]!.end;
}

function shifted(edit: Edit, by: number): Edit {
  return { ...edit, start: edit.start + by, end: edit.end + by };
}
