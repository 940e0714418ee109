// From a leaf that waits to the signed checkpoint that shows it, on a whole node of real processes.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNode } from '@detente/testkit';

const NOTE_PLACES = `CREATE TABLE noted (leaf bytea, place bigint);
  CREATE FUNCTION note_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    'BEGIN INSERT INTO public.noted VALUES (new.leaf, new.place); RETURN new; END';
  CREATE TRIGGER note AFTER INSERT ON sequenced FOR EACH ROW EXECUTE FUNCTION note_place()`;

/** @param samples leaves, one after the other, each for the next batch
 *  @returns milliseconds of each, in order */
export async function latencies(samples: number, tickMs: number): Promise<number[]> {
  const ends: (() => unknown)[] = [];
  const t = { teardown: (end: () => unknown) => ends.push(end) };
  const node = await startNode(t, { name: 'bench', tickMs, batchSize: 256, witnessesRequired: 0 });
  const border = await node.connect('border');
  const times: number[] = [];
  // The worker takes places home and away.
  await border.query(NOTE_PLACES);
  const shown = 'SELECT FROM noted WHERE leaf = $1 AND place < (SELECT max(size) FROM checkpoints)';
  for (let i = 0; i < samples; i++) {
    const leaf = randomBytes(32);
    await sleep(Math.random() * tickMs);
    const begun = performance.now();
    await border.query('INSERT INTO pending_leaves (leaf, tick) SELECT $1, tick FROM tree', [leaf]);
    while ((await border.query(shown, [leaf])).rowCount === 0) await sleep(2);
    times.push(performance.now() - begun);
  }
  await border.end();
  for (const end of ends.reverse()) await end();
  return times.toSorted((a, b) => a - b);
}
