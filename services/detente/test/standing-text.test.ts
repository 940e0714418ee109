import { test } from 'tap';
import { differenceLines, standingLines } from '../src/standing-text.ts';

test('both standings are told in sentences, with what mends them', async (t) => {
  const params = { obligation: 'acknowledge_within', kept: 3, broken: 6, evidence: 'x', needed: 31, by: '2027-02-11' };
  const missing = { standing: 'probation', since: '2026-11-20', reason: 'conduct_missing', params, overridden: false };
  const told = {
    standing: 'good',
    since: '2026-11-01',
    reason: 'officer',
    params: { told: 'a\u001b[2Jb' },
    overridden: true,
  };
  const peer = { standing: told, our_standing: missing } as Parameters<typeof standingLines>[0];
  t.match(standingLines(peer, 'en'), [
    /^standing {7}good, 2026-11-01: An officer has decided so: ab\.$/,
    /^ours there {5}probation, 2026-11-20: Something .* to acknowledge records in time .* Keeping it 31 more times, or until 2027-02-11/,
  ]);
  t.match(standingLines(peer, 'zh')[1], /观察期.*及时确认收到的记录.*2027-02-11/);
  t.same(standingLines({}, 'en'), []);
});

test('each statement that a peer computes otherwise with has its line', async (t) => {
  const at = '2026-11-24T12:00:00Z';
  const inputs = [
    { code: 'differs_our_offer', params: { ours: 'B'.repeat(43) } },
    { code: 'differs_their_standing', params: { ours: 'C'.repeat(43), theirs: 'D'.repeat(43) } },
  ];
  const differs = { day: '2026-11-24', at, named: 'N'.repeat(43), computed: 'K'.repeat(43), inputs };
  t.match(differenceLines({ differs }, 'en'), [
    /^differs {8}The other side computes with another offer of ours: none; the one that counts here is B+\.$/,
    /^differs {8}The other side .* of its own on our standing: D+; .* C+\.$/,
  ]);
  t.match(differenceLines({ differs }, 'zh')[0], /^differs .*我方提议.*无/);
  t.same(differenceLines({}, 'en'), []);
});
