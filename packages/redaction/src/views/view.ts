// A text as it reads once decoded, with the place in the text that every unit of it came from.

export type View = {
  text: string;
  /** Where each UTF-16 unit came from; absent where the view is the text itself. */
  starts?: Uint32Array;
  ends?: Uint32Array;
  /** 1 for what was put there by decoding. */
  changed?: Uint8Array;
  /** Where another text begins, so that a name may begin or end there. */
  seams?: readonly number[];
};

/** Replaces what an expression finds. `to` answers undefined where it stays as it is.
 *  @returns undefined where nothing changes */
export function replaced(
  view: View,
  pattern: RegExp,
  to: (match: RegExpExecArray) => string | undefined,
): View | undefined {
  const builder = createBuilder(view);
  let at = 0;
  for (const match of view.text.matchAll(pattern)) {
    const by = to(match);
    if (by === undefined || by === match[0]) continue;
    builder.keep(at, match.index);
    at = match.index + match[0].length;
    builder.put(by, match.index, at);
  }
  if (at === 0) return undefined;
  builder.keep(at, view.text.length);
  return builder.view();
}

/** The place in the text of a stretch of the view. */
export function placeOf({ starts, ends }: View, start: number, end: number): { start: number; end: number } {
  if (starts === undefined || ends === undefined) return { start, end };
  return { start: starts[start]!, end: ends[end - 1]! };
}

export function createBuilder(view: View) {
  const pieces: string[] = [];
  const [starts, ends, changed]: [number[], number[], number[]] = [[], [], []];
  const mark = (from: number, to: number, isChanged: number) => {
    const place = placeOf(view, from, to);
    starts.push(place.start);
    ends.push(place.end);
    changed.push(isChanged);
  };
  return {
    /** What stays, from `from` to `to` of the view. */
    keep(from: number, to: number) {
      if (from === to) return;
      pieces.push(view.text.slice(from, to));
      for (let at = from; at < to; at++) mark(at, at + 1, view.changed?.[at] ?? 0);
    },
    /** What is put there for it. */
    put(by: string, from: number, to: number) {
      pieces.push(by);
      for (let nth = 0; nth < by.length; nth++) mark(from, to, 1);
    },
    view: (): View => ({
      text: pieces.join(''),
      starts: Uint32Array.from(starts),
      ends: Uint32Array.from(ends),
      changed: Uint8Array.from(changed),
    }),
  };
}
