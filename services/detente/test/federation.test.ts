// Three real nodes and real incidents, from the lab's report to the peers' inboxes, with every byte between them recorded.

import { readFileSync } from 'node:fs';
import { dataOf } from '@detente/client';
import { type ImportedCase, importFiles } from '@detente/interop';
import {
  addLab,
  introduce,
  namesIn,
  offer,
  recordWire,
  releasing,
  startNode,
  type TestNode,
  until,
  type Wire,
} from '@detente/testkit';
import { parseCheckpoint, parseNote, tilePath, tileWidth } from '@detente/tlog';
import { type Test, test } from 'tap';

const data = new URL('../../../packages/interop/data/aiid/', import.meta.url);
const names = ['incidents.csv', 'classifications_CSETv0.csv', 'classifications_CSETv1.csv', 'classifications_MIT.csv'];
const canary = 'Zyzzyva Quorlane Institute';
const policy = releasing({ sources: ['aiid', 'lab'], public_edition: true });

/** A country may deploy a system, but its name is a place, and places are not names (packages/redaction). */
const countries = new Set(
  ['US', 'NZ', 'GB', 'AU', 'CN', 'IN', 'CA', 'DE', 'FR', 'JP', 'KR', 'ZA', 'RU', 'IL', 'AE', 'SG']
    .map((code) => new Intl.DisplayNames('en', { type: 'region' }).of(code)!.toLowerCase())
    .concat('soviet union'),
);

function someIncidents(count: number): ImportedCase[] {
  const files = names.map((name) => ({ name, contents: readFileSync(new URL(name, data)) }));
  return importFiles(files).cases.slice(0, count);
}

/** Sends cases as NDJSON; a line that is known already is not received again, so repeating is safe. */
async function send(node: TestNode, key: string, cases: readonly ImportedCase[]): Promise<void> {
  const lines = cases.map(({ key: _, source, ...rest }) => {
    const { registry, id, url, licence, attribution } = source;
    return JSON.stringify({ ...rest, source: { registry, id, url, licence, attribution } });
  });
  const answer = await fetch(`${node.address}/reporting/v1/cases/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: `${lines.join('\n')}\n`,
  });
  if (!answer.ok) throw new Error(`the batch was answered ${answer.status}: ${await answer.text()}`);
  const refused = (await answer.text()).split('\n').filter((line) => line.includes('"refused"'));
  if (refused.length > 0) throw new Error(refused[0]);
}

async function granted(giver: TestNode, taker: TestNode): Promise<number> {
  const { items } = dataOf(await giver.casework.GET('/casework/v1/peers'));
  return items.find(({ name }) => name === taker.name)!.granted;
}

async function received(taker: TestNode, giver: TestNode): Promise<number> {
  const { items } = dataOf(await taker.casework.GET('/casework/v1/peers'));
  return items.find(({ name }) => name === giver.name)!.received;
}

/** A node and the wire before it. Its lab calls it directly: what a lab reports is no secret from the lab. */
async function startRecorded(t: Test, name: string, options: object = {}): Promise<{ node: TestNode; wire: Wire }> {
  const wire = await recordWire(t);
  return { node: await startNode(t, { name, wire, ...options }), wire };
}

test('three nodes exchange real incidents', { timeout: 240_000 }, async (t) => {
  const started = await Promise.all([
    startRecorded(t, 'cn', { policy, batchSize: 64 }),
    startRecorded(t, 'us'),
    startRecorded(t, 'sg'),
  ]);
  const [cn, us, sg] = started.map(({ node }) => node) as [TestNode, TestNode, TestNode];
  const wires = started.map(({ wire }) => wire);
  await Promise.all([introduce(cn, us), introduce(cn, sg)]);
  await offer(cn, us, 'green');
  await offer(cn, sg, 'amber-strict');
  const cases = someIncidents(90);
  await send(cn, await addLab(cn, canary), cases);
  for (const taker of [us, sg]) {
    await until(`${taker.name} holds all`, async () => (await received(taker, cn)) === cases.length, 120_000);
    t.equal(await granted(cn, taker), cases.length);
  }

  await t.test(
    'each peer holds the same record up to its tier: the lower is a prefix of the higher, byte for byte',
    async (t) => {
      const rows = async (node: TestNode) =>
        new Map(
          (await node.sql('home', 'SELECT digest, level, presentation FROM received')).map((row) => [row.digest, row]),
        );
      const [low, high] = [await rows(us), await rows(sg)];
      t.equal(low.size, 90);
      t.same([...low.keys()].sort(), [...high.keys()].sort());
      for (const [digest, { presentation, level }] of low) {
        const higher = high.get(digest)!;
        if (level !== 2 || higher.level !== 4) t.fail(`levels of ${digest}: ${level}, ${higher.level}`);
        if (!(higher.presentation as string).startsWith(presentation as string)) t.fail(`${digest} is no prefix`);
      }
    },
  );

  const names = [...deployersOf(cases), canary, 'Zyzzyva', 'Quorlane'];
  t.equal(names.length, 53, 'fifty deployers to look for, and the lab');

  await t.test('no row of any border names a deployer of the vault, or the lab', async (t) => {
    for (const node of [cn, us, sg]) t.same(namesIn(Buffer.from(await wholeBorder(node)), names), [], node.name);
  });

  await t.test('no byte that left a node names one', async (t) => {
    await readEverything(cn);
    const left = wires.flatMap((wire) => [...wire.answered(), ...wire.received()]);
    await checkRecorded(t, sg, wires);
    for (const bytes of left) {
      const found = namesIn(bytes, names);
      if (found.length > 0) t.same(found, [], 'a connection named them');
    }
    t.comment(`${left.length} directions of connections, ${left.reduce((sum, { length }) => sum + length, 0)} bytes`);
  });
});

/** Fifty names of more than one word that are no countries. */
function deployersOf(cases: readonly ImportedCase[]): string[] {
  const deployers = cases.flatMap(({ parties }) => parties.deployer).map((slug) => slug.replaceAll('-', ' '));
  return [...new Set(deployers)]
    .filter((name) => name.length > 7 && name.includes(' ') && !countries.has(name.toLowerCase()))
    .slice(0, 50);
}

/** Every row of every table of a border, as text. */
async function wholeBorder(node: TestNode): Promise<string> {
  const tables = await node.sql('border', `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  const texts = await Promise.all(
    tables.map(async ({ tablename }) => {
      const rows = await node.sql('border', `SELECT to_jsonb(r)::text AS row FROM "${tablename}" r`);
      return rows.map(({ row }) => row).join('\n');
    }),
  );
  return texts.join('\n');
}

/** Calls everything that anybody may read at a node's origin: editions page by page and one by one, the log to its last
 *  tile, documents and refusals. */
async function readEverything({ origin, publication }: TestNode): Promise<void> {
  let cursor: string | undefined;
  do {
    const query = { limit: 20, ...(cursor && { cursor }) };
    const page = dataOf(await publication.GET('/publication/v1/editions', { params: { query } }));
    for (const { id } of page.items) await (await fetch(`${origin}/publication/v1/editions/${id}`)).text();
    cursor = page.next;
  } while (cursor);
  const documents = ['reporting', 'exchange', 'publication'].flatMap((name) => [
    `/${name}/openapi.json`,
    `/${name}/docs`,
  ]);
  const more = [
    '/publication/v1/statistics',
    '/.well-known/detente',
    '/exchange/v1/feed?after=0&late=0&limit=1',
    '/nothing',
  ];
  const note = await (await fetch(`${origin}/log/v1/checkpoint`)).text();
  const { size } = parseCheckpoint(parseNote(note).text);
  for (const path of [...documents, ...more, ...tilesOf(size)]) await (await fetch(origin + path)).arrayBuffer();
}

function tilesOf(size: number): string[] {
  const paths: string[] = [];
  for (let level = 0; 256 ** level <= size; level++) {
    for (let index = 0; tileWidth({ level, index }, size) > 0; index++) {
      const width = tileWidth({ level, index }, size);
      paths.push(`/log/v1/${tilePath(level, index, width)}`);
      if (level === 0) paths.push(`/log/v1/${tilePath('entries', index, width)}`);
    }
  }
  return paths;
}

/** The recording is not blind: what the peers hold went over it, and words of it are found as the names would be. */
async function checkRecorded(t: Test, taker: TestNode, wires: readonly Wire[]): Promise<void> {
  const [answered, sent] = [
    Buffer.concat(wires.flatMap((wire) => wire.answered())).toString('latin1'),
    Buffer.concat(wires.flatMap((wire) => wire.received())).toString('latin1'),
  ];
  const [held] = await taker.sql(
    'home',
    `SELECT presentation, fields->>'narrative' AS narrative FROM received WHERE fields->>'narrative' <> '' LIMIT 1`,
  );
  t.ok(answered.includes(held!.presentation as string), 'a page with a presentation was recorded');
  const words = (held!.narrative as string).match(/[a-z ]{20,}/)![0].trim();
  t.same(namesIn(Buffer.from(held!.presentation as string), [words]), [words], 'words below base64url are found');
  const [receipt] = await taker.sql('border', 'SELECT jws FROM receipts_out WHERE sent_at IS NOT NULL LIMIT 1');
  t.ok(sent.includes(receipt!.jws as string), 'a receipt was recorded');
  for (const part of [
    '/log/v1/tile/entries/',
    '/publication/v1/editions?',
    '/exchange/openapi.json',
    'PUT /exchange/v1/statements',
  ])
    t.ok(sent.includes(part), part);
}
