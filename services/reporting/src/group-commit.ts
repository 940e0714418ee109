// One lane: what waits while a commit runs is the next group. No timer; an idle lane takes a single item at once.

export type GroupCommitOptions<Item, Result> = {
  /** Takes a group as a whole or not at all; results in the order of the items. */
  commit: (items: readonly Item[]) => Promise<Result[]>;
  /** Most items of a group. */
  maxItems: number;
  /** Most weight of a group; a heavier item is a group of its own. */
  maxWeight: number;
  weigh: (item: Item) => number;
  /** Whether a failure may lie in one item: then each is committed alone, so that it fails alone. */
  mayBeOneItem: (error: unknown) => boolean;
};

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

export class GroupCommit<Item, Result> {
  private readonly options: GroupCommitOptions<Item, Result>;
  private queue: Waiting<Item, Result>[] = [];
  private running = false;

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.options = options;
  }

  /** Resolves when the item's group is committed. */
  submit(item: Item): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.queue.push({ item, resolve, reject });
    if (!this.running) void this.run();
    return promise;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.queue.length > 0) await this.commit(this.nextGroup());
    this.running = false;
  }

  private nextGroup(): Waiting<Item, Result>[] {
    const { maxItems, maxWeight, weigh } = this.options;
    let count = 0;
    for (let weight = 0; count < Math.min(this.queue.length, maxItems); count++) {
      weight += weigh(this.queue[count]!.item);
      if (weight > maxWeight && count > 0) break;
    }
    return this.queue.splice(0, count);
  }

  private async commit(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.commit(group.map(({ item }) => item));
      for (const [at, { resolve }] of group.entries()) resolve(results[at]!);
    } catch (error) {
      if (group.length > 1 && this.options.mayBeOneItem(error)) {
        for (const one of group) await this.commit([one]);
      } else {
        for (const { reject } of group) reject(error);
      }
    }
  }
}
