// How long it takes until a signed checkpoint shows what was to be logged, on a whole node of real processes.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addLab, startNode, type TestNode, until } from '@detente/testkit';

const NOTE_PLACES = `CREATE TABLE noted (leaf bytea, place bigint);
  CREATE FUNCTION note_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    'BEGIN INSERT INTO public.noted VALUES (new.leaf, new.place); RETURN new; END';
  CREATE TRIGGER note AFTER INSERT ON sequenced FOR EACH ROW EXECUTE FUNCTION note_place()`;
const SHOWN = 'SELECT FROM noted WHERE leaf = $1 AND place < (SELECT max(size) FROM checkpoints)';

/** @param samples one after the other, each at any time of a tick
 *  @returns milliseconds of each, in order: from a leaf in border, for the next batch; and from an officer's release of a case, whose
 *    record is promised to the batch behind that one */
export async function latencies(samples: number, tickMs: number): Promise<{ leaf: number[]; release: number[] }> {
  const ends: (() => unknown)[] = [];
  const t = { teardown: (end: () => unknown) => ends.push(end) };
  const node = await startNode(t, { name: 'bench', tickMs, batchSize: 256, witnessesRequired: 0 });
  // The worker takes places home and away.
  await node.sql('border', NOTE_PLACES);
  const cases = await drafted(node, samples);
  const untilShown = async (leaf: Buffer) => {
    while ((await node.sql('border', SHOWN, [leaf])).length === 0) await sleep(2);
  };
  const timed = async (log: () => Promise<Buffer>) => {
    await sleep(Math.random() * tickMs);
    const begun = performance.now();
    await untilShown(await log());
    return performance.now() - begun;
  };
  const leaf: number[] = [];
  for (let i = 0; i < samples; i++) leaf.push(await timed(() => insertLeaf(node)));
  const release: number[] = [];
  for (const one of cases) release.push(await timed(() => releaseCase(node, one)));
  for (const end of ends.reverse()) await end();
  return { leaf: leaf.toSorted((a, b) => a - b), release: release.toSorted((a, b) => a - b) };
}

async function insertLeaf(node: TestNode): Promise<Buffer> {
  const leaf = randomBytes(32);
  await node.sql('border', 'INSERT INTO pending_leaves (leaf, tick) SELECT $1, tick FROM tree', [leaf]);
  return leaf;
}

type Drafted = { id: string; draft: string };

/** Cases that wait for an officer's release. */
async function drafted(node: TestNode, count: number): Promise<Drafted[]> {
  const lab = node.reporting(await addLab(node, 'Northlight Laboratory'));
  const fields = { kind: 'incident', title: 'Wrong doses', summary: 'Ten times too high.', language: 'en' } as const;
  for (let i = 0; i < count; i++) {
    const headers = { 'idempotency-key': randomUUID() };
    await lab.POST('/reporting/v1/cases', { body: { fields } as never, headers });
  }
  const drafts = `SELECT DISTINCT ON (case_id) case_id AS id, digest AS draft FROM drafts JOIN cases ON id = case_id
    WHERE status = 'drafted' ORDER BY case_id, version DESC`;
  await until('all are drafted', async () => (await node.sql('home', drafts)).length === count);
  return (await node.sql('home', drafts)) as Drafted[];
}

/** @returns the leaf of the record that was signed */
async function releaseCase({ casework, sql }: TestNode, { id, draft }: Drafted): Promise<Buffer> {
  const body = { draft, public_edition: false, reason: 'bench' };
  const { error } = await casework.POST('/casework/v1/cases/{id}/release', { params: { path: { id } }, body });
  if (error) throw new Error(error.detail ?? error.title);
  for (;;) {
    const [record] = await sql('home', 'SELECT digest FROM records WHERE case_id = $1', [id]);
    if (record) return Buffer.from(record.digest as string, 'base64url');
    await sleep(2);
  }
}
