// Composing a page: text spliced from stored pieces. A presentation holds nothing that JSON would escape, so that it is
// neither parsed nor serialised on the way out. The page is ASCII: its characters are its bytes.
import { consistencyProof, cover, inclusionProof, type ReadNode } from '@detente/tlog';
import { FeedError } from './errors.ts';
import { formatHash } from './leaf.ts';
import { gapsBetween, type PagePlan } from './plan.ts';

/** A late record of the page's own log: its proof is made from the tree. */
export interface OwnLate {
  number: number;
  index: number;
  presentation: string;
  rule: string;
}

/** A late record of another log, with the evidence that its origin gave. */
export interface RelayedLate extends OwnLate {
  log: string;
  proof: readonly Uint8Array[];
  checkpoint: string;
}

/** A page as it is sent.
 *  @param input `items` from `composeItems` for the same plan; `checkpoint` the signed note of `plan.size` leaves;
 *    `late` with rising numbers above `lateAfter`; `read` serves the plan's nodes.
 *  @throws FeedError `presentation_malformed`; TlogError `tile_missing` */
export function composePage(input: {
  plan: PagePlan;
  log: string;
  day: string;
  terms: string;
  /** As a page has them; absent where they are not known any more. */
  inputs?: readonly (string | null)[];
  items: string;
  checkpoint: string;
  late: readonly (OwnLate | RelayedLate)[];
  lateAfter: number;
  read: ReadNode;
}): string {
  const { plan, late, read } = input;
  const head = {
    log: input.log,
    after: plan.after,
    next: plan.next,
    day: input.day,
    terms: input.terms,
    ...(input.inputs && { inputs: input.inputs }),
    checkpoint: input.checkpoint,
    consistency: consistencyProof(plan.next, plan.size, read).map(formatHash),
    late_next: late.at(-1)?.number ?? input.lateAfter,
  };
  const lateItems = late.map((entry) => composeLate(entry, input.log, plan.size, read));
  return `${ascii(JSON.stringify(head)).slice(0, -1)},"items":${input.items},"late":[${lateItems.join()}]}`;
}

/** The `items` of a page. Those of an old range of the log never change and may be kept for the next peer with the same
 *  grants.
 *  @param presentations in the order of `plan.indexes`.
 *  @throws FeedError `plan_invalid`, `presentation_malformed`; TlogError `tile_missing` */
export function composeItems(plan: PagePlan, presentations: readonly string[], read: ReadNode): string {
  if (presentations.length !== plan.indexes.length) {
    throw new FeedError('plan_invalid', { presentations: presentations.length, indexes: plan.indexes.length });
  }
  const items: string[] = [];
  for (const [i, { start, end }] of gapsBetween(plan.after, plan.next, plan.indexes).entries()) {
    if (start < end) items.push(composeGap(start, end, read));
    const presentation = presentations[i];
    if (presentation !== undefined) items.push(`{"record":"${spliced(presentation)}"}`);
  }
  return `[${items.join()}]`;
}

function composeGap(start: number, end: number, read: ReadNode): string {
  const hashes = cover(start, end).map(({ level, index }) => `"${formatHash(read(level, index))}"`);
  return `{"gap":{"to":${end},"hashes":[${hashes.join()}]}}`;
}

function composeLate(entry: OwnLate | RelayedLate, log: string, size: number, read: ReadNode): string {
  const relayed = 'checkpoint' in entry;
  const proof = relayed ? entry.proof : inclusionProof(entry.index, size, read);
  const { number, index, rule } = entry;
  const head = {
    number,
    log: relayed ? entry.log : log,
    index,
    rule,
    proof: proof.map(formatHash),
    ...(relayed ? { checkpoint: entry.checkpoint } : {}),
  };
  return `${ascii(JSON.stringify(head)).slice(0, -1)},"record":"${spliced(entry.presentation)}"}`;
}

/** Two searches that the engine does at memory speed; what else JSON would refuse, the receiver refuses too. */
function spliced(presentation: string): string {
  if (presentation.includes('"') || presentation.includes('\\')) throw new FeedError('presentation_malformed');
  return presentation;
}

/** A note's dashes as escapes, so that the whole page stays one byte a character. */
function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
