// What a node may pass on of another one's records, and what a node takes from a relay.
import { explain } from '@detente/reciprocity/texts';
import { cellsOfType, type Level, leastLevel, levelOf } from '@detente/record';
import fc from 'fast-check';
import { test } from 'tap';
import { acceptedOrigins, type RelayInput, relayLevel } from '../src/index.ts';
import { bodies, day, offer, rule, taker } from './samples.ts';

const onward = (to: string[], tier: 'clear' | 'green' | 'amber') => ({ to, tier });
const asked: RelayInput = {
  offer: offer(rule({ tier: 'amber', onward: onward(['*'], 'green') })),
  day,
  receiver: taker,
  isAccepted: true,
  cell: 'incident/bio/2-3',
  tlp: 'clear',
  held: 3,
  earlierRelayed: false,
  passed: null,
};
const said = (change: Partial<RelayInput>) => {
  const { level, reason } = relayLevel({ ...asked, ...change });
  return [level, reason.code];
};

test('a record is passed on as the origin’s rule for its cell says', async (t) => {
  t.same(said({}), [2, 'relayed']);
  t.same(said({ held: 1 }), [1, 'relayed'], 'never more than the relay has');
  t.same(said({ held: 0 }), [null, 'onward_tlp'], 'and no signed part alone');
  t.same(said({ isAccepted: false, earlierRelayed: true }), [null, 'relay_not_accepted']);
  t.same(said({ offer: null }), [null, 'onward_not_in_force']);
  t.same(said({ offer: { ...asked.offer!, valid_until: '2026-01-02' } }), [null, 'onward_not_in_force']);
  t.same(said({ offer: offer(rule()) }), [null, 'onward_none']);
  t.same(said({ offer: offer(rule({ domains: ['cyber'], onward: onward(['*'], 'green') })) }), [null, 'onward_none']);
  const named = (to: string) => said({ offer: offer(rule({ onward: onward([to], 'green') })) });
  t.same(named('https://br.example'), [null, 'onward_not_to']);
  t.same(named(taker), [2, 'relayed']);
});

test('the mark of a record holds for a relay too, and the floor above it', async (t) => {
  t.same(said({ tlp: 'green' }), [2, 'relayed']);
  t.same(said({ tlp: 'amber' }), [null, 'onward_tlp']);
  t.same(said({ tlp: 'amber', cell: 'incident/bio/5-7' }), [2, 'relayed']);
  t.equal(
    explain(relayLevel({ ...asked, tlp: 'red' }).reason, 'en'),
    'The record is marked TLP:RED, which asks for more than the green that may be passed on.',
  );
});

test('who was passed an earlier version is passed each later one, if only its signed part', async (t) => {
  t.same(said({ offer: null, earlierRelayed: true }), [0, 'relayed_later_version']);
  t.same(said({ held: 0, earlierRelayed: true }), [0, 'relayed_later_version']);
  t.same(said({ earlierRelayed: true }), [2, 'relayed']);
});

test('who takes nothing more from the relay keeps what it was passed, as far as the origin allows', async (t) => {
  const keeps = (change: Partial<RelayInput>) => {
    const { level, kept } = relayLevel({ ...asked, isAccepted: false, passed: 2, ...change });
    return [level, kept];
  };
  t.same(keeps({}), [null, 2]);
  t.same(keeps({ passed: 1 }), [null, 1], 'nothing is added');
  t.same(keeps({ passed: null }), [null, null]);
  t.same(keeps({ held: 1 }), [null, 1], 'a recall narrows');
  t.same(keeps({ held: 0 }), [null, null]);
  t.same(keeps({ offer: null }), [null, null], 'and so does an offer');
});

test('whatever the origin offers, the tier never rises on a relay', async (t) => {
  const tlps = fc.constantFrom('clear' as const, 'green' as const, 'amber' as const, 'red' as const);
  const cells = fc.constantFrom(...cellsOfType('incident'));
  const held = fc.constantFrom<Level[]>(0, 1, 2, 3, 4, 5);
  let passed = 0;
  fc.assert(
    fc.property(bodies, cells, tlps, held, (body, cell, tlp, level) => {
      const input = { ...asked, receiver: 'https://sg.example', offer: body, cell, tlp, held: level };
      const got = relayLevel(input).level;
      if (got === null) return true;
      passed++;
      const most = Math.max(...body.gives.map((one) => (one.onward ? levelOf(one.onward.tier) : 0)));
      return got <= level && got <= most && (got >= leastLevel(tlp) || cell.endsWith('/5-7'));
    }),
    { numRuns: 5000 },
  );
  t.ok(passed > 100, `${passed} of them were passed on`);
});

test('a node takes records from a relay while its own offer says so and it trusts the relay', async (t) => {
  const body = { ...offer(), relays: ['https://cn.example'] };
  t.same(acceptedOrigins(body, 'good', day), ['https://cn.example']);
  t.same(acceptedOrigins(body, 'probation', day), ['https://cn.example']);
  for (const standing of ['restricted', 'suspended', 'expelled', null] as const)
    t.same(acceptedOrigins(body, standing, day), []);
  t.same(acceptedOrigins({ ...body, valid_until: '2026-01-02' }, 'good', day), []);
  t.same([acceptedOrigins(offer(), 'good', day), acceptedOrigins(null, 'good', day)], [[], []]);
});
