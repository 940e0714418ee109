// A record's fields and those of its public edition, without known terms and without what was found and is to be taken out: what was
// done with each finding, and every change from what came in.
import { siteOf } from './around.ts';
import { applyEdits, type By, composeEdits, type Edit, placeAfter } from './edits.ts';
import { type Change, type EditedText, editFields, type FieldText, fieldTexts } from './field-texts.ts';
import { HELD_FROM } from './finding.ts';
import { tokensOf } from './fold.ts';
import { type Coarser, generalise } from './generalise.ts';
import { termName } from './names.ts';
import type { Naming } from './naming.ts';
import { plainWords } from './plain-words.ts';
import { type FoundText, type Reader, readFindings } from './read-findings.ts';
import { scrubEdits, withoutPseudonyms, written } from './scrub.ts';
import type { TermIndex } from './term-index.ts';

type Fields = Readonly<Record<string, unknown>>;

export type Verdict = 'remove' | 'keep';

export type Rules = {
  /** Of officers, by the finding's id. */
  verdicts: ReadonlyMap<string, Verdict>;
  /** Words that officers had taken out of this case: out wherever they stand, also where the sentence around them has changed since, until
   *  an officer keeps them there. */
  removed: ReadonlySet<string>;
  /** Whether what would hold is taken out without an officer. */
  policy: boolean;
  /** Ids of what was taken out so in an earlier draft. */
  before: ReadonlySet<string>;
};

/** A finding in its place: `start` and `end` are offsets in the text as it is now, of what was written for it where it is taken out. `at`
 *  is a pointer into the fields as they are now; where its item was left out, to its field. */
export type ShownFinding = {
  id: string;
  at: string;
  start: number;
  end: number;
  kind: string;
  confidence: number;
  reason: string;
  /** The words that were found. */
  text: string;
  done: 'removed' | 'kept' | 'open';
  /** Absent while it is open; `term`: an officer had it taken out of another case, or these words as part of others. */
  by?: Exclude<By, 'fit'>;
};

export type Edition = { fields: Record<string, unknown>; findings: ShownFinding[]; changes: Change[] };

/** @param shown the fields of the public edition: some of the fields, with the same values. They are not read again
 *  @param names what to write for names, in the record and in the public edition */
export function takeOut(
  { fields, shown }: { fields: Fields; shown: Fields },
  index: TermIndex,
  names: { record: Naming; edition: Naming },
  { read, ...rules }: Rules & { read: Reader },
): { record: Edition; edition: Edition } {
  const texts = fieldTexts(fields).map((text) => ({ ...text, ...scrubEdits(text.text, index, names.record) }));
  const found = readFindings(texts, read);
  const judged = judge(withCoarser(texts, found, rules), rules);
  const at = new Map(texts.map((text, nth) => [text.at, { ...text, found: judged.filter((one) => one.nth === nth) }]));
  const write = (
    values: Fields,
    naming: Naming,
    termsIn: (text: FieldText) => readonly Edit[],
    last = (_text: string, edits: Edit[]) => edits,
  ): Edition => {
    const edited = editFields(values, (text) =>
      last(text.text, editsOf(text, termsIn(text), at.get(text.at)!.found, { index, naming })),
    );
    const findings = edited.texts.flatMap((text) => at.get(text.at)!.found.map((one) => shownIn(one, text)));
    return { fields: edited.fields, findings, changes: edited.changes };
  };
  return {
    record: write(fields, names.record, (text) => at.get(text.at)!.edits),
    edition: write(shown, names.edition, ({ text }) => scrubEdits(text, index, names.edition).edits, withoutPseudonyms),
  };
}

/** With what is written for a finding where the tier asks for something coarser. */
type Weighed = FoundText & { coarser?: Coarser };
type Judged = Weighed & Pick<ShownFinding, 'done' | 'by'>;

/** In each text what nobody decided on yet, and is finer than its tier may tell. Two that stand side by side are written as one. */
function withCoarser(
  texts: readonly FieldText[],
  found: readonly FoundText[],
  { verdicts, removed }: Rules,
): Weighed[] {
  return texts.flatMap(({ text, field }, nth) => {
    const ours = found.filter((one) => one.nth === nth);
    if (ours.length === 0) return [];
    const free = ours.filter(({ id, taken, text: words }) => !taken && !verdicts.has(id) && !removed.has(words));
    const kept = ours.filter((one) => !free.includes(one));
    // What is written may take in words beside: not those that somebody decided on.
    const changes = generalise(text, free, field.tier).changes.filter(
      (change) => !kept.some(({ start, end }) => start < change.end && end > change.start),
    );
    return ours.map((one) => {
      const coarser = changes.find(({ start, end, kind }) => kind === one.kind && start <= one.start && one.end <= end);
      return coarser === undefined || !free.includes(one) ? one : { ...one, coarser };
    });
  });
}

/** What is done with each: an officer's verdict first, then what is certain, then the policy. What is taken out in one place is taken out
 *  wherever its words stand, but where an officer keeps it. */
function judge(found: readonly Weighed[], rules: Rules): Judged[] {
  const here = new Set(rules.removed);
  for (const { id, text } of found) if (rules.verdicts.get(id) === 'remove') here.add(text);
  const first = found.map((one): Judged => ({ ...one, ...judgeOne(one, rules, here) }));
  const gone = new Map(
    first.filter(({ done, by }) => done === 'removed' && by !== 'tier').map(({ text, by }) => [text, by!]),
  );
  return first.map((one) => {
    const by = one.done === 'open' ? gone.get(one.text) : undefined;
    return by === undefined ? one : { ...one, done: 'removed', by };
  });
}

/** @param here words that an officer had taken out of this case */
function judgeOne(
  { id, confidence, taken, text, coarser }: Weighed,
  { verdicts, removed, policy, before }: Rules,
  here: ReadonlySet<string>,
): Pick<Judged, 'done' | 'by'> {
  const verdict = verdicts.get(id);
  if (taken) return { done: 'removed', by: here.has(text) ? 'officer' : 'term' };
  if (verdict !== undefined) return { done: verdict === 'remove' ? 'removed' : 'kept', by: 'officer' };
  if (removed.has(text)) return { done: 'removed', by: 'officer' };
  if (coarser !== undefined) return { done: 'removed', by: 'tier' };
  if (confidence === 1) return { done: 'removed', by: 'certain' };
  if (before.has(id) || (policy && confidence >= HELD_FROM)) return { done: 'removed', by: 'policy' };
  return { done: 'open' };
}

/** What is written for known terms, and for what is taken out beside them. */
function editsOf(
  { text }: FieldText,
  scrubbed: readonly Edit[],
  found: readonly Judged[],
  { index, naming }: { index: TermIndex; naming: Naming },
): Edit[] {
  const rests = found.filter(({ done, isRest }) => done === 'removed' && isRest);
  const named = rests.length === 0 ? scrubbed : scrubEdits(text, index, naming, rests).edits;
  const terms = named.map((edit) => byVerdict(edit, found));
  const isTold = ({ start, end, isRest }: Judged) =>
    isRest && terms.some((edit) => edit.start <= start && end <= edit.end);
  const removed = found.filter((one) => one.done === 'removed' && !one.taken && !isTold(one));
  if (removed.length === 0) return terms;
  const coarser = coarserEdits(removed, terms);
  const whole = removed.map((one) => ({
    one,
    over: terms.filter((edit) => edit.start < one.end && edit.end > one.start),
  }));
  // Of an identifier that has a name in it nothing stays.
  const gone = new Set(whole.flatMap(({ over }) => over));
  const places = whole.map(({ one, over }) => ({
    ...one,
    start: Math.min(one.start, ...over.map(({ start }) => start)),
    end: Math.max(one.end, ...over.map(({ end }) => end)),
  }));
  const edits: Edit[] = [];
  let at = 0;
  for (const one of [...terms.filter((edit) => !gone.has(edit)), ...coarser, ...places].sort(
    (a, b) => a.start - b.start,
  )) {
    // Two that have a part in one name: what is left of the second. Of what is told more coarsely nothing is.
    if (one.end <= at) continue;
    const start = Math.max(one.start, at);
    const edit =
      'written' in one ? { ...one, start } : editFor(text, { ...one, start, name: nameIn(found, one) }, at, naming);
    edits.push(edit);
    at = edit.end;
  }
  // What is written may make another name with the words around it.
  return composeEdits(text, edits, scrubEdits(applyEdits(text, edits), index, naming).edits);
}

/** What is told more coarsely, apart from what else is written: beside that it is taken out as a whole. */
function coarserEdits(removed: readonly Judged[], terms: readonly Edit[]): Edit[] {
  const others = [...terms, ...removed.filter(({ by }) => by !== 'tier')];
  const different = new Map(removed.flatMap((one) => (one.by === 'tier' ? [[one.coarser!, one] as const] : [])));
  return [...different]
    .filter(([{ start, end }]) => !others.some((other) => other.start < end && other.end > start))
    .map(([{ start, end, written: words, kind }, { id }]) => ({
      start,
      end,
      written: words,
      kind,
      by: 'tier',
      finding: id,
    }));
}

/** A term that officers made one is taken out by them. */
function byVerdict(edit: Edit, found: readonly Judged[]): Edit {
  const one = found.find(({ taken, start, end }) => taken && start < edit.end && end > edit.start);
  return one === undefined ? edit : { ...edit, by: one.by!, finding: one.id };
}

/** What its pseudonym is made of: of `Traoré` the name of the one person of the text who is called by that and more. */
function nameIn(found: readonly Judged[], { kind, text, name }: Judged): string {
  if (name !== undefined) return name;
  const words = tokensOf(text);
  const longer = found.filter((other) => {
    const theirs = kind === 'person' && other.kind === kind ? tokensOf(other.text) : [];
    return theirs.length > words.length && words.every((word) => theirs.includes(word));
  });
  const names = new Set(longer.map((other) => termName(other.text)));
  return names.size === 1 ? [...names][0]! : termName(text);
}

function editFor(text: string, one: Judged & { name: string }, after: number, naming: Naming): Edit {
  const { kind, id, by } = one;
  const { around, ...place } = siteOf(text, one, after);
  const words =
    kind === 'person' || kind === 'organisation'
      ? naming({ name: one.name, kind, taken: true }, around)
      : plainWords(kind, one.text, around);
  return { ...place, written: written(text, place, words, around), kind, by: by!, finding: id };
}

function shownIn(one: Judged, text: EditedText): ShownFinding {
  const { id, kind, confidence, reason, done, by } = one;
  const place = text.to === undefined ? { start: 0, end: 0 } : placeAfter(text.edits, one);
  const at = text.to ?? `/${text.field.name}`;
  return { id, at, ...place, kind, confidence, reason, text: one.text, done, ...(by && { by }) };
}
