import { randomUUID } from 'node:crypto';
import { test } from 'tap';
import { addEdition, createNode, get } from './public-node.ts';

const editions = '/publication/v1/editions';
type Shown = { id: string; tick: number; index?: number; retracted: boolean };

test('public editions', async (t) => {
  const node = await createNode(t);
  const list = async (query: string): Promise<{ items: Shown[]; next?: string }> => {
    const answer = await get(node, `${editions}${query}`);
    t.equal(answer.status, 200, answer.bytes.toString());
    return answer.json();
  };
  const idsOf = (items: { id: string }[]) => items.map(({ id }) => id).sort();

  await t.test('are listed by falling tick, page by page, each once, also where many have one tick', async (t) => {
    t.same(await list(''), { items: [] });
    const made = [];
    for (let at = 0; at < 23; at++) made.push(await addEdition(node, { tick: Math.floor(at / 6) }));
    const seen: Shown[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await list(`?limit=4${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.items);
      cursor = page.next;
      pages += 1;
    } while (cursor);
    t.equal(pages, 6);
    const order = made.toSorted((a, b) => b.tick - a.tick || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
    t.same(
      seen.map(({ id }) => id),
      order,
    );
    t.equal((await list('?limit=23')).next, undefined, 'the last page has no next');
    await node.admin.write((tx) => tx.query('DELETE FROM editions'));
  });

  await t.test('are found by what they are about', async (t) => {
    const cyber = await addEdition(node, { title: 'Prompts leaked credentials' });
    const bio = await addEdition(node, {
      domain: 'bio',
      band: '4',
      kind: 'near-miss',
      month: '2026-04',
      title: 'Assay',
    });
    const drill = await addEdition(node, { exercise: true });
    const withdrawn = await addEdition(node, { retracted: true, domain: 'other', band: 'unrated', month: null });
    for (const [query, expected] of [
      ['', [cyber, bio, withdrawn]],
      ['?domain=bio', [bio]],
      ['?band=2-3', [cyber]],
      ['?kind=near-miss', [bio]],
      ['?month=2026-03', [cyber]],
      ['?domain=bio&month=2026-03', []],
      ['?q=leaking+credential', [cyber]],
      ['?q=%22credentials+leaked%22', []],
      ['?q=%27%29%3B--+%26%7C%21', []],
      ['?exercise=true', [drill]],
    ] as const)
      t.same(idsOf((await list(query)).items), idsOf([...expected]), query);
    t.equal((await list('?domain=other')).items[0]?.retracted, true, 'a withdrawn one is shown as such');
    for (const query of ['?domain=none', '?band=9', '?month=2026-13', '?limit=0', '?limit=201', '?page=2', '?cursor=x'])
      t.equal((await get(node, editions + query)).status, 422, query);
    const id = '00000000-0000-4000-8000-000000000000';
    for (const made of [
      { tick: 1 },
      { tick: 2 ** 60, id },
      { tick: -1, id },
      { tick: 1, id: 'none' },
      { tick: '1', id },
    ]) {
      const cursor = Buffer.from(JSON.stringify(made)).toString('base64url');
      t.equal((await get(node, `${editions}?cursor=${cursor}`)).status, 422, JSON.stringify(made));
    }
  });

  await t.test('are shown one by one, and again only when they have changed', async (t) => {
    const made = await addEdition(node, { tick: 7 });
    const path = `${editions}/${made.id}`;
    const first = await get(node, path);
    t.equal(first.status, 200);
    t.match(first.json(), { id: made.id, tick: 7, retracted: false, exercise: false, token: 'a.b.c~' });
    t.notOk('index' in first.json(), 'it is not in the log yet');
    t.match(first.headers.get('cache-control'), 'no-cache');
    const tag = first.headers.get('etag')!;
    t.match(tag, /^"[A-Za-z0-9_-]+"$/);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const same = await get(node, path, { 'if-none-match': known });
      t.equal(same.status, 304, known);
      t.equal(same.bytes.length, 0);
      t.equal(same.headers.get('etag'), tag);
    }
    await node.admin.write((tx) => tx.query('UPDATE editions SET place = 33 WHERE id = $1', [made.id]));
    const logged = await get(node, path, { 'if-none-match': tag });
    t.equal(logged.status, 200);
    t.equal(logged.json().index, 33);
    t.not(logged.headers.get('etag'), tag);
    const page = await get(node, editions);
    t.equal((await get(node, editions, { 'if-none-match': page.headers.get('etag')! })).status, 304);
    t.equal((await get(node, `${editions}/${randomUUID()}`)).status, 404);
    t.equal((await get(node, `${editions}/${made.id.toUpperCase()}`)).status, 422);
  });

  await t.test('are counted without exercises and withdrawn ones', async (t) => {
    await node.admin.write((tx) => tx.query('DELETE FROM editions'));
    for (const more of [
      {},
      {},
      { month: '2026-04' },
      { month: null, domain: 'bio' },
      { exercise: true },
      { retracted: true },
      { band: '5-7' },
    ])
      await addEdition(node, more);
    const answer = await get(node, '/publication/v1/statistics');
    t.same(answer.json(), {
      counts: [
        { month: '2026-04', domain: 'cyber', band: '2-3', editions: 1 },
        { month: '2026-03', domain: 'cyber', band: '2-3', editions: 2 },
        { month: '2026-03', domain: 'cyber', band: '5-7', editions: 1 },
        { domain: 'bio', band: '2-3', editions: 1 },
      ],
    });
    const tag = answer.headers.get('etag')!;
    t.equal((await get(node, '/publication/v1/statistics', { 'if-none-match': tag })).status, 304);
  });
});
