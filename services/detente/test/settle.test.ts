import { test } from 'tap';
import { unsettled } from '../src/demo/settle.ts';

/** One node without peers, with so many cases of each status. */
function seen(cases: Record<string, number>) {
  const released = cases.released ?? 0;
  const status = { cases, waiting: { decisions: 0, outgoing: 0, landing: 0, leaves: 0 }, logged: released, released };
  return [{ node: { name: 'cn' }, status, peers: [] }];
}

test('a demo has come to rest when its own cases are decided on, whoever else has some there', (t) => {
  const brought = new Map([['cn', { imported: 3, others: 1 }]]);
  t.same(unsettled(seen({ released: 2, held: 1, new: 1 }), brought), []);
  t.same(unsettled(seen({ released: 4 }), brought), []);
  t.same(unsettled(seen({ released: 2, new: 2 }), brought), ['cn has decided on 2 of 3 cases']);
  t.same(unsettled(seen({ released: 3 }), brought), ['cn has 3 cases and not 4'], 'one is missing');
  t.same(unsettled(seen({ released: 5 }), brought), ['cn has 5 cases and not 4'], 'one is there twice');
  t.end();
});
