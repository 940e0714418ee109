import fc from 'fast-check';
import { test } from 'tap';
import { applyEdits, composeEdits, type Edit, placeAfter } from '../src/index.ts';

/** Edits of a text, none empty, sorted and apart. */
function editsOf(text: string, cuts: readonly number[], words: readonly string[]): Edit[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  const edits: Edit[] = [];
  for (let at = 0; at + 1 < places.length; at += 2) {
    const [start, end] = [places[at]!, places[at + 1]!];
    edits.push({ start, end, written: words[at % words.length]!, kind: 'person', by: 'term' });
  }
  return edits;
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const words = fc.array(fc.string({ maxLength: 6 }), { minLength: 1, maxLength: 4 });

test('two edits after the other are one edit of the text that came in', (t) => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), cuts, words, cuts, words, (text, one, a, two, b) => {
      const first = editsOf(text, one, a);
      const between = applyEdits(text, first);
      const next = editsOf(between, two, b);
      const composed = composeEdits(text, first, next);
      const isApart = composed.every(({ start, end }, at) => start <= end && start >= (composed[at - 1]?.end ?? 0));
      return isApart && applyEdits(text, composed) === applyEdits(between, next);
    }),
    { numRuns: 2_000 },
  );
  t.end();
});

test('a place that is not touched reads the same after the edits; one that is, as what was written', (t) => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), cuts, words, fc.nat(), fc.nat(), (text, one, a, from, length) => {
      const edits = editsOf(text, one, a);
      const start = from % (text.length + 1);
      const place = { start, end: Math.min(text.length, start + (length % 5)) };
      const touching = edits.filter((edit) => edit.start < place.end && edit.end > place.start);
      const after = placeAfter(edits, place);
      const now = applyEdits(text, edits).slice(after.start, after.end);
      if (touching.length === 1) return now === touching[0]!.written;
      return touching.length > 1 || place.start === place.end || now === text.slice(place.start, place.end);
    }),
    { numRuns: 2_000 },
  );
  t.end();
});
