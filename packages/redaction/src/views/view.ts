// A text as it reads once decoded, with the place in the text that every unit of it came from.
import { hitFrom } from '../hits.ts';
import { unitAt } from '../units.ts';

export type View = {
  text: string;
  /** Where each UTF-16 unit came from; absent where the view is the text itself. */
  starts?: Uint32Array;
  ends?: Uint32Array;
  /** 1 for what was put there by decoding. */
  changed?: Uint8Array;
  /** Where another text begins, so that a name may begin or end there. */
  seams?: readonly number[];
  /** What `oddRuns` found in it. */
  odd?: readonly Run[];
  /** What `plainOf` made of it. */
  plain?: View;
};

/** Offsets in the text of a view. */
export type Run = { from: number; to: number };

/** Replaces what an expression finds. `to` answers undefined where it stays as it is.
 *  @returns what was replaced with the text near it, as a name that lies farther off is read without it; undefined where nothing changes */
export function replaced(
  view: View,
  pattern: RegExp,
  to: (match: RegExpExecArray) => string | undefined,
  reach = REACH,
): View | undefined {
  let builder: ReturnType<typeof createBuilder> | undefined;
  let end = 0;
  for (let match = hitFrom(view.text, pattern, 0); match !== null; match = hitFrom(view.text, pattern, end)) {
    end = match.index + match[0].length;
    const by = to(match);
    if (by === undefined || by === match[0]) continue;
    builder ??= createBuilder(view, reach);
    builder.replace(match.index, end, by);
  }
  return builder?.view();
}

/** As much before and behind as the longest name may take, with something between its letters. */
const REACH = 160;
/** Between two places that lie far apart: a letter that no name has. */
const WALL = '\n\nƕƕƕ\n\n';

/** The place in the text of a stretch of the view. */
export function placeOf({ starts, ends }: View, start: number, end: number): { start: number; end: number } {
  if (starts === undefined || ends === undefined) return { start, end };
  return { start: starts[start]!, end: ends[end - 1]! };
}

/** Makes a view out of another, from left to right. */
export function createBuilder(view: View, reach = REACH) {
  const pieces: string[] = [];
  let length = 0;
  let parts = allocate(256);
  /** Up to where the other view was read. */
  let done = 0;
  const room = (more: number) => {
    if (length + more <= parts.starts.length) return;
    const larger = allocate((length + more) * 2);
    for (const part of ['starts', 'ends', 'changed'] as const) larger[part].set(parts[part].subarray(0, length));
    parts = larger;
  };
  const keep = (from: number, to: number) => {
    if (from >= to) return;
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
  };
  const put = (by: string, from: number, to: number, changed: number) => {
    pieces.push(by);
    room(by.length);
    const place = placeOf(view, from, to);
    parts.starts.fill(place.start, length, length + by.length);
    parts.ends.fill(place.end, length, length + by.length);
    parts.changed.fill(changed, length, length + by.length);
    length += by.length;
  };
  return {
    /** What stands from `from` to `to` becomes `by`; what is near stays beside it. */
    replace(from: number, to: number, by: string) {
      // Neither looks past the other: in a text without blanks all that lies between would be walked through for each place.
      const head = length === 0 ? done : borderBehind(view.text, done + reach, from);
      const tail = borderBefore(view.text, from - reach, head);
      if (tail <= head) keep(done, from);
      else {
        keep(done, head);
        if (length > 0) put(WALL, head, tail, 0);
        keep(tail, from);
      }
      put(by, from, to, 1);
      done = to;
    },
    /** One more piece of what stands from `from` to `to`, with nothing beside it. */
    put: (by: string, from: number, to: number) => put(by, from, to, 1),
    /** With what is near behind the last that was replaced, if something was. */
    view(): View {
      if (done > 0) keep(done, borderBehind(view.text, done + reach, view.text.length));
      return {
        text: pieces.join(''),
        starts: parts.starts.subarray(0, length),
        ends: parts.ends.subarray(0, length),
        changed: parts.changed.subarray(0, length),
      };
    },
  };
}

/** No word, and nothing that is encoded, is cut. */
function borderBehind(text: string, from: number, end: number): number {
  let at = Math.min(from, end);
  while (at < end && isInside(unitAt(text, at))) at++;
  return at;
}

function borderBefore(text: string, from: number, end: number): number {
  let at = Math.max(from, 0);
  while (at > end && isInside(unitAt(text, at - 1))) at--;
  return at;
}

function isInside(code: number): boolean {
  return code > 32 && code < 0x2e80;
}

function allocate(size: number) {
  const buffer = new ArrayBuffer(size * 9);
  return {
    starts: new Uint32Array(buffer, 0, size),
    ends: new Uint32Array(buffer, size * 4, size),
    changed: new Uint8Array(buffer, size * 8, size),
  };
}
