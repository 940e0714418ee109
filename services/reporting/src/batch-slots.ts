// How many batches are in memory at once: of all labs, and of one.

import { problem } from '@detente/server';

/** Bodies of 16 MB that this process holds at once; more are asked to come again. */
const maxBatches = 8;
/** So that a lab that sends or reads slowly leaves room for the others. */
const maxOfLab = 2;

export class BatchSlots {
  private readonly taken = new Map<string, number>();

  /** Takes a slot for a batch of the lab.
   *  @returns gives the slot back; a second call does nothing
   *  @throws ProblemError `overloaded` when all are taken, `rate_limited` when the lab has its share */
  take(lab: string): () => void {
    const own = this.taken.get(lab) ?? 0;
    if (own >= maxOfLab)
      throw problem('rate_limited', {
        detail: `${own} batches of this lab are still running, send the next when one has ended`,
        headers: { 'retry-after': '5' },
      });
    if (this.count() >= maxBatches) throw problem('overloaded');
    this.taken.set(lab, own + 1);
    let held = true;
    return () => {
      if (held) this.free(lab);
      held = false;
    };
  }

  private count(): number {
    return [...this.taken.values()].reduce((sum, own) => sum + own, 0);
  }

  private free(lab: string): void {
    const own = this.taken.get(lab)! - 1;
    if (own > 0) this.taken.set(lab, own);
    else this.taken.delete(lab);
  }
}
