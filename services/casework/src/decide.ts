// Decisions on a case: what may be decided is a pure function of its state; the worker carries it out.

import { problem } from '@detente/server';
import { decide, lockCase, readDraft, readVersionFacts, recordAct, type VersionFacts } from '@detente/store/casework';
import type { Database } from '@detente/store/database';
import { whyClosed } from './change-case.ts';

export type ReleaseState = {
  status: string;
  tlp: string;
  /** The newest one. */
  draft: { digest: string; version: number; holds: unknown } | undefined;
  /** Newest first. */
  versions: readonly Pick<VersionFacts, 'draft' | 'edition' | 'retracted'>[];
};

/** Why the draft that an officer has seen may not be released; undefined when it may. */
export function whyNotRelease(
  { status, tlp, draft, versions }: ReleaseState,
  wanted: { draft: string; public_edition: boolean },
): string | undefined {
  const closed = whyClosed(status);
  if (closed !== undefined) return closed;
  if (draft && draft.digest !== wanted.draft) return 'there is a newer draft: look at that one';
  if (wanted.public_edition && tlp !== 'clear')
    return `the case is TLP ${tlp}: only what is clear has a public edition, so release it without one`;
  if (draft && (draft.holds as unknown[]).length > 0) return 'the draft is held: see why in its holds';
  if (!draft || status === 'held') return 'the case has no draft of what it says now: wait for it and look at it';
  const isOut = (edition: boolean) => versions.some((one) => one.edition === edition && one.draft === draft.version);
  if (isOut(false) && (!wanted.public_edition || isOut(true))) return 'there is nothing new: this draft was released';
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
export async function release(
  home: Database,
  { id, actor, reason }: Decided,
  wanted: { draft: string; public_edition: boolean },
): Promise<void> {
  await home.write(async (tx) => {
    const found = await lockCase(tx, id);
    if (!found) throw problem('not_found');
    const state = { ...found, draft: await readDraft(tx, id), versions: await readVersionFacts(tx, id) };
    const detail = whyNotRelease(state, wanted);
    if (detail !== undefined) throw problem('conflict', { detail });
    const { draft, public_edition } = wanted;
    await decide(tx, { case_id: id, kind: 'release', draft, public: public_edition, actor, reason });
    await recordAct(tx, { actor, act: 'case.release', object: id, reason });
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
