// A job's work in groups of what waits: a transaction each, so that many cost little more than one.

const GROUP = 64;

export type Groups<Item, Name> = {
  /** The next items that wait, at most `limit`, none of those named. */
  take: (limit: number, but: readonly Name[]) => Promise<Item[]>;
  nameOf: (item: Item) => Name;
  /** Does a group as a whole or not at all; what it has done does not wait any more. */
  work: (items: readonly Item[]) => Promise<void>;
  /** Told of an item that could not be done alone. */
  failed: (error: unknown, name: Name) => void;
};

/** Works until nothing waits. When a group fails, each of its items is done alone, so that one that fails holds up no other.
 *  @throws AggregateError with what failed, when all else is done: the job runs again later */
export async function inGroups<Item, Name>({ take, nameOf, work, failed }: Groups<Item, Name>): Promise<void> {
  const left: Name[] = [];
  const errors: unknown[] = [];
  const leave = (item: Item, error: unknown) => {
    left.push(nameOf(item));
    errors.push(error);
    failed(error, nameOf(item));
  };
  for (;;) {
    const group = await take(GROUP, left);
    if (group.length === 0) break;
    await work(group).catch(async (error) => {
      if (group.length === 1) return leave(group[0]!, error);
      for (const item of group) await work([item]).catch((error) => leave(item, error));
    });
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} could not be done`);
}
