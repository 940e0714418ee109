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
  let builder: ReturnType<typeof createBuilder> | undefined;
  let at = 0;
  for (const match of view.text.matchAll(pattern)) {
    const by = to(match);
    if (by === undefined || by === match[0]) continue;
    builder ??= createBuilder(view);
    builder.keep(at, match.index);
    at = match.index + match[0].length;
    builder.put(by, match.index, at);
  }
  if (builder === undefined) return undefined;
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
  let length = 0;
  let parts = allocate(view.text.length + 64);
  const room = (more: number) => {
    if (length + more <= parts.starts.length) return;
    const larger = allocate((length + more) * 2);
    for (const part of ['starts', 'ends', 'changed'] as const) larger[part].set(parts[part].subarray(0, length));
    parts = larger;
  };
  return {
    /** What stays, from `from` to `to` of the view. */
    keep(from: number, to: number) {
      if (from === to) return;
      pieces.push(view.text.slice(from, to));
      room(to - from);
      if (view.starts === undefined || view.ends === undefined) {
        for (let at = from; at < to; at++) {
          parts.starts[length] = at;
          parts.ends[length++] = at + 1;
        }
        return;
      }
      parts.starts.set(view.starts.subarray(from, to), length);
      parts.ends.set(view.ends.subarray(from, to), length);
      if (view.changed !== undefined) parts.changed.set(view.changed.subarray(from, to), length);
      length += to - from;
    },
    /** What is put there for it. */
    put(by: string, from: number, to: number) {
      pieces.push(by);
      room(by.length);
      const place = placeOf(view, from, to);
      parts.starts.fill(place.start, length, length + by.length);
      parts.ends.fill(place.end, length, length + by.length);
      parts.changed.fill(1, length, length + by.length);
      length += by.length;
    },
    view: (): View => ({
      text: pieces.join(''),
      starts: parts.starts.subarray(0, length),
      ends: parts.ends.subarray(0, length),
      changed: parts.changed.subarray(0, length),
    }),
  };
}

function allocate(size: number) {
  return { starts: new Uint32Array(size), ends: new Uint32Array(size), changed: new Uint8Array(size) };
}
