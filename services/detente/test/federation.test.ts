// Three real nodes and real incidents, from the lab's report to the peers' inboxes, with processes killed on the way.

import { readFileSync } from 'node:fs';
import { dataOf } from '@detente/client';
import { type ImportedCase, importFiles } from '@detente/interop';
import { addLab, introduce, offer, startNode, type TestNode, until } from '@detente/testkit';
import { type Test, test } from 'tap';

const data = new URL('../../../packages/interop/data/aiid/', import.meta.url);
const names = ['incidents.csv', 'classifications_CSETv0.csv', 'classifications_CSETv1.csv', 'classifications_MIT.csv'];
const canary = 'Zyzzyva Quorlane Institute';
const policy = {
  release: [
    {
      sources: ['aiid', 'lab'],
      domains: ['*'],
      bands: ['unrated', '0-1', '2-3', '4', '5-7'],
      take_proposals: true,
      public_edition: true,
    },
  ],
};

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
  const answer = await fetch(`${node.origin}/reporting/v1/cases/batch`, {
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

async function released(node: TestNode): Promise<{ released: number; logged: number; cases: number }> {
  const { released, logged, cases } = dataOf(await node.casework.GET('/casework/v1/status'));
  return { released, logged, cases: Object.values(cases).reduce((sum, count) => sum + count, 0) };
}

/** What must hold whatever was killed when. */
async function checkWhole(t: Test, cn: TestNode, takers: readonly TestNode[], cases: number): Promise<void> {
  const records = await cn.sql('home', 'SELECT case_id, digest, tick::int, place::int FROM records WHERE NOT edition');
  t.equal(records.length, cases, 'each case is one record: nothing was signed twice');
  t.equal(new Set(records.map((record) => record.case_id)).size, cases, 'and none is missing');
  const bundles = await cn.sql('border', 'SELECT leaves FROM entries ORDER BY index');
  const leaves = bundles.flatMap(({ leaves }) => entriesOf(leaves as Buffer));
  const places = new Map(leaves.map((leaf, index) => [leaf, index]));
  t.equal(places.size, leaves.length, 'no leaf is in the log twice');
  t.ok(
    records.every((record) => places.get(record.digest as string) === record.place),
    'every record is in the log where its node says it is',
  );
  const [tree] = await cn.sql('border', 'SELECT size::int, tick::int, batch_size FROM tree');
  t.equal(tree!.size, (tree!.tick as number) * (tree!.batch_size as number), 'the log grew by whole batches alone');
  for (const taker of takers) {
    const [count] = await taker.sql(
      'home',
      'SELECT count(*)::int AS n, count(DISTINCT digest)::int AS d FROM received',
    );
    t.equal(count!.n, count!.d, `${taker.name} holds nothing twice`);
    const refused = await taker.sql('border', 'SELECT code, detail FROM quarantine');
    t.same(refused, [], `${taker.name} refused nothing`);
  }
}

function entriesOf(bundle: Buffer): string[] {
  const entries: string[] = [];
  for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at)) {
    entries.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)).toString('base64url'));
  }
  return entries;
}

test('three nodes exchange real incidents, whatever is killed on the way', { timeout: 240_000 }, async (t) => {
  const [cn, us, sg] = await Promise.all([
    startNode(t, { name: 'cn', policy }),
    startNode(t, { name: 'us' }),
    startNode(t, { name: 'sg' }),
  ]);
  await Promise.all([introduce(cn, us), introduce(cn, sg)]);
  await offer(cn, us, 'green');
  await offer(cn, sg, 'amber-strict');
  const key = await addLab(cn, canary);
  const cases = someIncidents(90);

  await t.test(
    'a process killed while reports come in loses none that was acknowledged, and doubles none',
    async (t) => {
      const sending = send(cn, key, cases.slice(0, 60)).catch(() => 'cut off');
      cn.kill('reporting');
      await sending;
      await until('reporting answers again', async () => {
        await send(cn, key, cases.slice(0, 60));
        return true;
      });
      cn.kill('worker');
      await until('the worker has released them', async () => (await released(cn)).released === 60);
      t.equal((await released(cn)).cases, 60);
    },
  );

  await t.test('worker and exchange killed while records are released and pulled', async (t) => {
    await send(cn, key, cases.slice(60));
    for (const kill of [
      () => cn.kill('worker'),
      () => us.kill('exchange'),
      () => sg.kill('worker'),
      () => cn.kill('exchange'),
    ]) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      kill();
    }
    await until('all are released and logged', async () => (await released(cn)).logged === 90);
    for (const taker of [us, sg]) {
      await until(`${taker.name} holds what it was granted`, async () => {
        const given = await granted(cn, taker);
        return given === 90 && (await received(taker, cn)) === given;
      });
    }
    await checkWhole(t, cn, [us, sg], 90);
  });

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

  await t.test('nothing that left the node names a deployer of its vault, or its lab', async (t) => {
    const deployers = new Set(
      cases.flatMap(({ parties }) => parties.deployer).map((slug) => slug.replaceAll('-', ' ')),
    );
    const distinct = [...deployers]
      .filter((name) => name.length > 7 && name.includes(' ') && !countries.has(name.toLowerCase()))
      .slice(0, 50);
    t.equal(distinct.length, 50, 'fifty names to look for');
    const left = [await wholeBorder(cn), await wholeBorder(us), await wholeBorder(sg), await publicPages(cn)].join(
      '\n',
    );
    const readable = `${left}\n${decoded(left)}`.toLowerCase();
    t.ok(readable.includes('developer'), 'disclosures were read, not only their base64url');
    t.same(
      [...distinct, canary, 'zyzzyva', 'quorlane'].filter((name) => readable.includes(name.toLowerCase())),
      [],
    );
  });
});

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

async function publicPages(node: TestNode): Promise<string> {
  const pages: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 200, ...(cursor && { cursor }) };
    const page = dataOf(await node.publication.GET('/publication/v1/editions', { params: { query } }));
    pages.push(JSON.stringify(page));
    cursor = page.next;
  } while (cursor);
  for (const path of ['/publication/v1/statistics', '/.well-known/detente', '/log/v1/checkpoint'])
    pages.push(await (await fetch(node.origin + path)).text());
  return pages.join('\n');
}

/** All base64url parts of a text, decoded. */
function decoded(text: string): string {
  return (text.match(/[A-Za-z0-9_-]{16,}/g) ?? []).map((part) => Buffer.from(part, 'base64url').toString()).join('\n');
}
