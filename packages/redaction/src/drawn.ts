// Names whose letters are written otherwise: by sound in Cyrillic or Greek, or drawn with several signs (`|-|` for h). What is written may be
// one of several letters: all are followed through the index at once.
import { hitsIn } from './hits.ts';
import type { Found } from './read-names.ts';
import { classOf } from './spellings.ts';
import type { TermIndex } from './term-index.ts';
import { unitAt } from './units.ts';
import { plainOf } from './views/plain-form.ts';
import { placeOf, replaced, type View } from './views/view.ts';

/** What is written, and the letters that it may be. */
const SOUNDS =
  'а a,б b,в v w,г g h,д d,е e ye,ё e o yo,ж zh j g,з z s,и i y e,й i y j,к k c q ck,л l,м m,н n,о o,п p,р r,с s c,т t th,у u w oo,ф f ph,' +
  'х h kh x ch,ц c ts tz z,ч ch tch,ш sh sch,щ shch sch,ъ,ы y i,ь,э e a,ю u yu iu,я ya ia,є ye e,і i,ї yi i,ґ g,ѕ s,ј j y,љ lj,њ nj,ђ dj,ћ c,џ j,' +
  'кс x,кѕ x,дж j g,кв qu,ай i y,эй a ay,ей ay a,ау ow,оу o ow,' +
  'α a,β b v,γ g y,δ d,ε e,ζ z,η i e h,θ th,ι i y j,κ k c q ck,λ l,μ m,ν n,ξ x ks,ο o,π p,ρ r,σ s,ς s,τ t,υ u y i,φ f ph,χ h ch kh x,ψ ps,ω o w,' +
  'ά a,έ e,ή i e,ί i y,ό o,ύ u y i,ώ o,ου u w,μπ b,ντ d nt,γκ g,γγ ng,τζ j,τσ ch,κσ x';

/** Letters, and what is drawn for each. */
const DRAWN: Readonly<Record<string, string>> = {
  a: '/\\ /-\\ 4 @ ^',
  b: '|3 13 8 !3 [3',
  c: '( < [ {',
  d: '|) [) |] |>',
  e: '3 [- |=- €',
  f: '|= /= |#',
  g: '(_+ (_, 6 9',
  h: '}{ )( |-| ]-[ }-{ )-( (-) /-/ [-] # |~|',
  i: '! | 1 ][',
  j: '_| _] _/',
  k: '|< |{ |( /< [< |[',
  l: '|_ | 1 [_ 1_ !',
  m: '|v| |\\/| /\\/\\ (v) /v\\ [v] |\\|\\ (\\/)',
  n: '|\\| /\\/ [\\] (\\) {\\} <\\> |/|',
  o: '() [] <> {} (_) 0',
  p: '|> |* |° |^ [> |D |o',
  q: '(_) 0_ (_| (,)',
  r: '|2 /2 |~ 12 |? |` [2',
  s: '$ 5 §',
  t: "+ 7 -|- '|' ~|~",
  u: '|_| (_) [_] {_} \\_/ \\_\\ /_/',
  v: '\\/',
  w: "\\/\\/ \\^/ \\|/ |/\\| \\\\' '// (^)",
  x: '>< }{ )( ][ %',
  y: "'/ `/ ¥ \\|/",
  z: '2 ~/_ 7_',
};

type Writing = { written: string; letters: string; drawn: number };

/** In one bit each: whether there is anything of the kind on the way, and whether a letter is drawn with several signs. */
const ODD = 1;
const SEVERAL = 2;

const WRITINGS = byFirst([
  ...SOUNDS.split(',').flatMap((row) => {
    const [written = '', ...letters] = row.split(' ');
    return (letters.length === 0 ? [''] : letters).map((one) => ({ written, letters: one, drawn: ODD }));
  }),
  ...Object.entries(DRAWN).flatMap(([letters, all]) =>
    all.split(' ').map((written) => ({
      written: written.toLowerCase(),
      letters,
      drawn: /^\d$/.test(written) ? 0 : written.length > 1 ? ODD | SEVERAL : ODD,
    })),
  ),
]);

function byFirst(writings: readonly Writing[]): ReadonlyMap<number, readonly Writing[]> {
  return Map.groupBy(writings, ({ written }) => unitAt(written, 0));
}

/** Signs beside each other that draw a letter, and two signs within a word: quick to look for. */
const SIGNS =
  /[|\\()[\]{}<>/][-_|\\()[\]{}<>=*~]|[\\|]\/|\|[vVoOdD23°?`]|[(/[][vV][)\\\]]|[@$!|#€][a-zA-Z0-9$!|€._-]{1,12}[@$!|+#€]/;
const HINTS = new RegExp(`[\\u0370-\\u052f]|${SIGNS.source}`, 'g');

/** From so many letters on a name is looked for. */
const MIN_LETTERS = 5;
/** As far before a hint a name may begin, and as far behind its beginning it may end. */
const BEFORE = 80;
const REACH = 320;

/** The names that are written so. */
export function drawnNames(view: View, index: TermIndex): Found[] {
  const drawn = seek(plainOf(view), index);
  // In plain characters a letter of another script is what it looks like.
  if (!OTHER.test(view.text)) return drawn;
  return [...drawn, ...seek(replaced(view, /[\p{M}\p{Cf}]{1,9}/gu, () => '', Number.POSITIVE_INFINITY) ?? view, index)];
}

/** Letters of the scripts that are read by their sound. */
export const OTHER = /[\u0370-\u052f]/;

function seek(view: View, index: TermIndex): Found[] {
  if (!SIGNS.test(view.text) && !OTHER.test(view.text)) return [];
  const lower = view.text.toLowerCase();
  const text = lower.length === view.text.length ? lower : view.text;
  const found: Found[] = [];
  let start = 0;
  for (const hint of hitsIn(text, HINTS)) {
    for (start = Math.max(start, hint.index - BEFORE); start <= hint.index; start++) {
      if (!mayBegin(text, start)) continue;
      const name = nameAt(text, start, index);
      if (name === undefined) continue;
      found.push({ ...placeOf(view, start, name.end), term: name.term });
      start = name.end - 1;
    }
  }
  return found;
}

/** Behind a blank, or what stands before a word and draws no letter: behind any sign each place of a long row of them would be one. */
function mayBegin(text: string, start: number): boolean {
  if (start === 0) return true;
  const before = text.charAt(start - 1);
  return before === '(' ? start === 1 || /\s/.test(text.charAt(start - 2)) : OPENING.test(before);
}

const OPENING = /[\s"'“‘„«,:;=@&*~#「（]/;

type Way = { at: number; node: number; length: number; drawn: number; gap: number; breaks: readonly number[] };

/** The longest that begins there. */
function nameAt(text: string, start: number, index: TermIndex): { end: number; term: Found['term'] } | undefined {
  let longest: { end: number; term: Found['term'] } | undefined;
  const seen = new Set<number>();
  const ways: Way[] = [];
  const go = (from: Way, written: number, letters: string, drawn: number) => {
    let { node, length } = from;
    for (let nth = 0; nth < letters.length; nth++) {
      node = index.step(node, classOf(unitAt(letters, nth)));
      if (node === 0) return;
      length++;
    }
    const at = from.at + written;
    const key = (node * REACH + at - start) * 4 + (from.drawn | drawn);
    if (at - start >= REACH || seen.has(key)) return;
    seen.add(key);
    ways.push({ at, node, length, drawn: from.drawn | drawn, gap: letters === '' ? from.gap : 0, breaks: from.breaks });
  };
  go({ at: start, node: 0, length: 0, drawn: 0, gap: 0, breaks: [] }, 0, '', 0);
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    const term = endsAt(text, way, index);
    if (term !== undefined && way.at > (longest?.end ?? 0)) longest = { end: way.at, term };
    const code = unitAt(text, way.at);
    if (isPlain(code)) go(way, 1, text.charAt(way.at), 0);
    for (const { written, letters, drawn } of WRITINGS.get(code) ?? []) {
      if (!text.startsWith(written, way.at)) continue;
      go(way, written.length, letters, drawn);
      // What is one letter by sound may be two: л in Kestrell.
      if (code > 0x36f && letters.length === 1) go(way, written.length, letters + letters, drawn);
    }
    if (way.length > 0 && way.gap < MAX_GAP && BETWEEN.test(text.charAt(way.at)))
      go({ ...way, gap: way.gap + 1, breaks: [...way.breaks, way.length] }, 1, '', 0);
  }
  return longest;
}

/** As much as stands between two words. */
const MAX_GAP = 3;
const BETWEEN = /^[\s._|+-]$/;

function endsAt(text: string, { at, node, length, drawn, breaks }: Way, index: TermIndex): Found['term'] | undefined {
  if (drawn === 0 || length < MIN_LETTERS || isLetter(unitAt(text, at))) return undefined;
  return index
    .spellingsAt(node)
    ?.find(
      ({ tokens, weak, hidden }) =>
        !hidden && (!weak || (drawn & SEVERAL) > 0) && breaks.every((place) => place === length || tokens.has(place)),
    )?.term;
}

function isPlain(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
}

function isLetter(code: number): boolean {
  return code < 128
    ? isPlain(code | (code >= 65 && code <= 90 ? 32 : 0))
    : /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
}
