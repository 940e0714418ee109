// Where a text names somebody, in whatever spelling and however encoded.
import { isOnlySound } from './by-sound.ts';
import { drawnNames, OTHER } from './drawn.ts';
import type { TermKind } from './names.ts';
import { type Found, readNames } from './read-names.ts';
import { remembering } from './remembering.ts';
import type { TermIndex } from './term-index.ts';
import { debased } from './views/base64.ts';
import { unescaped } from './views/escapes.ts';
import { inLatin, untoned } from './views/latin.ts';
import { unnumbered, unquoted } from './views/lines.ts';
import { withoutInitials } from './views/middle-initials.ts';
import { numbered, uncalled } from './views/numbers.ts';
import { unrepeated } from './views/odd-words.ts';
import { plainOf, unpaired, unsigned, unsignedBesidePlus, unspread } from './views/plain-form.ts';
import { unasked } from './views/queries.ts';
import { placeOf, type View } from './views/view.ts';

export type { Found } from './read-names.ts';

/** What may be told about a place where a name stands: never the name. */
export type Place = { start: number; end: number; kind: TermKind };

/** The names in a text from left to right, none within another. What is encoded is decoded, a few times over; its place is where
 *  the encoded name stands. */
export const findTerms = remembering((text, index: TermIndex) => readView({ text }, index, false));

/** The same for a member's name, where a name may be glued to words. */
export const findTermsInKey = remembering((text, index: TermIndex) => readView({ text }, index, true));

/** The same for texts that stand one behind the other; `isPlain` when nothing can be encoded in any of them. */
export function findTermsAlong(texts: readonly string[], isPlain: boolean, index: TermIndex): readonly Found[] {
  return alongSeams(JSON.stringify([isPlain, ...texts]), index);
}

const alongSeams = remembering((asked, index: TermIndex) => {
  const [isPlain, ...texts] = JSON.parse(asked) as [boolean, ...string[]];
  let length = 0;
  const seams = texts.map((text) => (length += text.length)).slice(0, -1);
  const view = { text: texts.join(''), seams };
  return isPlain ? readNames(view, index, { isKey: false }) : readView(view, index, false);
});

function readView(whole: View, index: TermIndex, isKey: boolean): readonly Found[] {
  if (index.size === 0) return [];
  const found = readNames(whole, index, { isKey });
  const views = viewsOf(whole);
  for (const view of views) {
    for (const { start, end, term } of readNames(view, index, { isKey })) {
      const place = placeOf(view, start, end);
      if (!isOnlySound(whole.text, place.start, place.end, term)) found.push({ ...place, term });
    }
  }
  for (const view of [whole, ...views]) found.push(...drawnNames(view, index));
  return withoutOverlaps(found);
}

/** How many times over something may be encoded, and how many texts come out of one: nobody who writes to be read needs more. */
const MAX_DEPTH = 5;
const MAX_VIEWS = 40;

function viewsOf(text: View): View[] {
  const views: View[] = [];
  let level: View[] = [text];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && views.length < MAX_VIEWS; depth++) {
    level = level.flatMap(decodings);
    views.push(...level);
  }
  return [...views, ...[text, ...views].flatMap((view) => signless(view))];
}

/** What is encoded in a text, once. */
function decodings(view: View): View[] {
  const plain = plainOf(view);
  const decoded = [
    unescaped(plain),
    // Letters of other scripts are read by their sound as well.
    plain === view || !OTHER.test(view.text) ? undefined : unescaped(view),
    unspread(plain),
    unpaired(plain),
    numbered(plain),
    uncalled(plain),
    unquoted(plain),
    unnumbered(plain),
    unasked(plain),
  ];
  return [...decoded.filter((one) => one !== undefined), ...debased(plain), ...unrepeated(plain)];
}

/** Readings that are the last, as nothing is encoded by them. */
function signless(view: View): View[] {
  const plain = plainOf(view);
  return [unsigned(plain), unsignedBesidePlus(plain), inLatin(view), untoned(plain), withoutInitials(plain)].filter(
    (one) => one !== undefined,
  );
}

/** From left to right; of two that overlap the one that begins first, or is longer. */
function withoutOverlaps(found: Found[]): Found[] {
  const sorted = found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return sorted.filter((one) => {
    if (one.start < end) return false;
    end = one.end;
    return true;
  });
}
