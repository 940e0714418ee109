// Whose log a checkpoint is of, and which of several is the largest.

import { type Checkpoint, parseCheckpoint, parseNote } from '@detente/tlog';

/** The largest of these notes, which were verified before they were kept. */
export function largestOf(notes: readonly string[]): (Checkpoint & { note: string }) | undefined {
  return notes
    .map((note) => ({ ...parseCheckpoint(parseNote(note).text), note }))
    .reduce<(Checkpoint & { note: string }) | undefined>(
      (largest, one) => (largest && largest.size >= one.size ? largest : one),
      undefined,
    );
}

/** Whether a checkpoint names this log. */
export function isOf(log: string, note: string): boolean {
  return parseCheckpoint(parseNote(note).text).origin === log;
}
