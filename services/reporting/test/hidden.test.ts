// What a lab may not know of looks like what is not there, in every byte but its name, its time and how many came before it.

import { randomUUID } from 'node:crypto';
import { test } from 'tap';
import { type Answer, call, createNode, report, serve } from './reporting-node.ts';

const cases = '/reporting/v1/cases';

/** What names an answer, and counts those that its caller had. */
const OF_EACH = new Set(['date', 'x-request-id', 'x-ratelimit-remaining', 'x-ratelimit-reset']);

/** All of an answer but that. */
function looks({ status, headers, json }: Answer) {
  const fields = [...headers].filter(([name]) => !OF_EACH.has(name));
  return { status, fields, body: { ...json, instance: undefined } };
}

test('another lab’s report, its receipt and its updates look like none', async (t) => {
  const node = await createNode(t);
  const origin = await serve(t, node);
  const [lab, other] = [await node.addLab(), await node.addLab()];
  const { id } = (await call(origin, cases, lab, report())).json;
  const calls: [string, (id: string, who: string) => Promise<Answer>][] = [
    ['report', (id, who) => call(origin, `${cases}/${id}`, who)],
    ['receipt', (id, who) => call(origin, `${cases}/${id}/receipts/0`, who)],
    ['update', (id, who) => call(origin, `${cases}/${id}/updates`, who, { text: 'news' })],
  ];
  for (const [what, ask] of calls) {
    const hidden = looks(await ask(id, other));
    t.equal(hidden.status, 404, what);
    t.same(hidden, looks(await ask(randomUUID(), other)), what);
    t.match((await ask(id, lab)).status, /^20/, `its own lab has the ${what}`);
  }
  t.same(
    looks(await call(origin, `${cases}/${id}/receipts/7`, other)),
    looks(await call(origin, `${cases}/${id}/receipts/7`, lab)),
  );
});
