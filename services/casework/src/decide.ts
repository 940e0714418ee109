// Decisions on a case: what may be decided is a pure function of its state; the worker carries it out.

import { FLOOR_SEVERITY, type Severity, severityLevel } from '@detente/record';
import { problem } from '@detente/server';
import { decide, lockCase, readDraft, readVersionFacts, recordAct, type VersionFacts } from '@detente/store/casework';
import type { Database } from '@detente/store/database';
import { whyClosed } from './change-case.ts';
import { isEventHold, isNameHold } from './event-differences.ts';
import { openInEdition, tellOpen } from './open-in-edition.ts';

export type ReleaseState = {
  status: string;
  tlp: string;
  /** Whether something came in that its newest draft has not seen. */
  draft_due: boolean;
  /** The newest one. */
  draft: { digest: string; version: number; holds: unknown; fields: unknown; findings: unknown } | undefined;
  /** Newest first. */
  versions: readonly Pick<VersionFacts, 'draft' | 'edition' | 'retracted'>[];
};

/** `overrule`: what another account of the event hides may be shown, or the names that the check found in a warning. */
export type Wanted = { draft: string; public_edition: boolean; overrule?: boolean };

/** Why the draft that an officer has seen may not be released; undefined when it may. */
export function whyNotRelease(
  { status, tlp, draft_due, draft, versions }: ReleaseState,
  wanted: Wanted,
): string | undefined {
  const closed = whyClosed(status);
  if (closed !== undefined) return closed;
  if (draft && draft.digest !== wanted.draft) return 'there is a newer draft: look at that one';
  if (wanted.public_edition && tlp !== 'clear')
    return `the case is TLP ${tlp}: only what is clear has a public edition, so release it without one`;
  const holds = (draft?.holds ?? []) as { code: string }[];
  if (!draft || draft_due || (status === 'held' && holds.length === 0))
    return 'the case has no draft of what it says now: wait for it and look at it; if none comes, its acts say why';
  if (holds.length > 0 || wanted.overrule) {
    const held = whyStillHeld(draft, holds, wanted);
    if (held !== undefined) return held;
  }
  const open = wanted.public_edition ? openInEdition(draft.findings) : [];
  if (open.length > 0)
    return `the public edition may name somebody (${tellOpen(open)}): decide on these findings, or release it without one`;
  const isOut = (edition: boolean) => versions.some((one) => one.edition === edition && one.draft === draft.version);
  if (isOut(false) && (!wanted.public_edition || isOut(true))) return 'there is nothing new: this draft was released';
  return undefined;
}

/** Why a held draft stays held. What other accounts of the event hide or show may be overruled; a warning of severity 5 and above may be
 *  released over the names in it, to peers alone. */
function whyStillHeld(
  { fields }: NonNullable<ReleaseState['draft']>,
  holds: readonly { code: string }[],
  { overrule, public_edition }: Wanted,
): string | undefined {
  if (!overrule) return 'the draft is held: see why in its holds';
  const own = holds.filter((hold) => !isEventHold(hold));
  if (own.length === 0 && holds.length > 0) return undefined;
  const { severity = null } = fields as { severity?: Severity | null };
  if ((severityLevel(severity) ?? 0) < FLOOR_SEVERITY)
    return `only a warning, of severity ${FLOOR_SEVERITY} and above, is released over what holds it`;
  if (public_edition) return 'what names somebody has no public edition: release it without one';
  if (!own.every(isNameHold))
    return 'the draft is held by more than names, which nobody can overrule: see why in its holds';
  return undefined;
}

/** Why a case may not be retracted; undefined when it may. */
export function whyNotRetract({ status, versions }: Pick<ReleaseState, 'status' | 'versions'>): string | undefined {
  const closed = whyClosed(status);
  if (closed !== undefined) return closed;
  const newest = versions.find((one) => !one.edition);
  return newest && !newest.retracted ? undefined : 'the case was never released';
}

export type Decided = { id: string; actor: string; reason: string };

/** @throws ProblemError `not_found`, `conflict` */
export async function release(home: Database, { id, actor, reason }: Decided, wanted: Wanted): Promise<void> {
  await home.write(async (tx) => {
    const found = await lockCase(tx, id);
    if (!found) throw problem('not_found');
    const state = { ...found, draft: await readDraft(tx, id), versions: await readVersionFacts(tx, id) };
    const detail = whyNotRelease(state, wanted);
    if (detail !== undefined) throw problem('conflict', { detail });
    const { draft, public_edition } = wanted;
    await decide(tx, { case_id: id, kind: 'release', draft, public: public_edition, actor, reason });
    await recordAct(tx, { actor, act: 'case.release', object: id, reason });
    // The worker finds it here, for this very draft.
    if (wanted.overrule) await recordAct(tx, { actor, act: 'case.overrule', object: `${id} ${draft}`, reason });
  });
}

/** @throws ProblemError `not_found`, `conflict` */
export async function retract(home: Database, { id, actor, reason }: Decided): Promise<void> {
  await home.write(async (tx) => {
    const found = await lockCase(tx, id);
    if (!found) throw problem('not_found');
    const detail = whyNotRetract({ status: found.status, versions: await readVersionFacts(tx, id) });
    if (detail !== undefined) throw problem('conflict', { detail });
    await decide(tx, { case_id: id, kind: 'retraction', draft: null, public: false, actor, reason });
    await recordAct(tx, { actor, act: 'case.retract', object: id, reason });
  });
}
