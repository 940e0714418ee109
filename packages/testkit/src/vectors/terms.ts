// Terms: the same statements on one day, the same name and the same levels.

import {
  type HeldOffer,
  type HeldStanding,
  type OfferBody,
  type OfferRule,
  type Standing,
  type TermsInput,
  terms,
} from '@detente/reciprocity';
import { cn, fixedBytes, us } from './test-keys.ts';
import type { Case, VectorFile } from './vector.ts';

const day = '2026-11-24';

export function termsVectors(): VectorFile {
  return {
    description:
      'Terms of one direction: the name, and the level of each cell (0 never; null is nothing). `offers.giver` is the giver’s offer ' +
      'to the taker that counts on the day, `standings.giver` the giver’s standing of the taker; null where there is none.',
    section: '7',
    cases: [
      makeCase('nothing was said but that the taker is enrolled', {}),
      makeCase('the taker is not enrolled: nothing at all', { giver: offer(rule({ tier: 'red' })), standing: null }),
      makeCase('an offer without conditions', { giver: offer(rule({})) }),
      makeCase('as given, and nothing is given', { giver: offer(rule({ condition: 'as-given', tier: 'amber' })) }),
      makeCase('as given, and less is given', {
        giver: offer(rule({ condition: 'as-given', tier: 'amber' })),
        taker: offer(rule({ tier: 'clear', domains: ['bio', 'cyber'] })),
      }),
      makeCase('the first rule that spans a cell decides', {
        giver: offer(
          rule({ domains: ['cyber'], bands: ['2-3'], tier: 'red' }),
          rule({ domains: ['cyber'], tier: null }),
          rule({ bands: ['unrated', '0-1', '4'], tier: 'clear' }),
          rule({ type: 'safety-card' }),
        ),
      }),
      makeCase('probation', { giver: offer(rule({ tier: 'red' })), standing: 'probation' }),
      makeCase('restricted', { giver: offer(rule({ tier: 'red' })), standing: 'restricted' }),
      makeCase('suspended: the floor alone', { giver: offer(rule({ tier: 'red' })), standing: 'suspended' }),
      makeCase('expelled: nothing at all', { giver: offer(rule({ tier: 'red' })), standing: 'expelled' }),
      makeCase('the taker’s standing of the giver caps what it returns', {
        giver: offer(rule({ condition: 'as-given', tier: 'red' })),
        taker: offer(rule({ tier: 'red' })),
        returned: 'restricted',
      }),
      makeCase('an offer that has not begun', { giver: { ...offer(rule({})), valid_from: '2026-11-25' } }),
      makeCase('an offer on its last day', { giver: { ...offer(rule({})), valid_until: day } }),
      makeCase('an offer that has expired', { giver: { ...offer(rule({})), valid_until: '2026-11-23' } }),
    ],
  };
}

type Given = { giver?: OfferBody; taker?: OfferBody; standing?: Standing | null; returned?: Standing };

function makeCase(name: string, { giver, taker, standing = 'good', returned }: Given): Case {
  const input: TermsInput = {
    giver: cn,
    taker: us,
    day,
    offers: { giver: heldOffer(giver, 'giver’s offer'), taker: heldOffer(taker, 'taker’s offer') },
    standings: { giver: heldStanding(standing, 'giver’s standing'), taker: heldStanding(returned, 'taker’s standing') },
  };
  const { digest, cells } = terms(input);
  const levels = Object.fromEntries([...cells].map(([cell, { level }]) => [cell, level]));
  return { name, ...input, expected: { terms: digest, levels } };
}

function heldOffer(body: OfferBody | undefined, label: string): HeldOffer | null {
  return body ? { digest: fixedBytes(label).toString('base64url'), body } : null;
}

function heldStanding(standing: Standing | null | undefined, label: string): HeldStanding | null {
  return standing ? { digest: fixedBytes(label).toString('base64url'), standing } : null;
}

function rule(change: Partial<OfferRule>): OfferRule {
  const all: OfferRule = {
    type: 'incident',
    domains: ['*'],
    bands: ['*'],
    tier: 'green',
    condition: 'unconditional',
    onward: null,
  };
  return { ...all, ...change };
}

function offer(...gives: OfferRule[]): OfferBody {
  return {
    gives,
    access: [],
    obligations: [],
    waives: [],
    notice_days: 0,
    backlog: true,
    valid_from: '2026-01-01',
    valid_until: null,
  };
}

/** Which of several statements counts on a day. */
export function currentStatements(): VectorFile {
  const body = (seq: number, valid_from: string, change: Partial<OfferBody> = {}) => {
    return { seq, ...offer(rule({})), valid_from, ...change };
  };
  const replaced = [body(1, '2026-01-01'), body(2, '2026-11-01', { valid_until: '2026-11-30' }), body(3, '2027-01-01')];
  const clear = { gives: [rule({ tier: 'clear' })] };
  const promised = [
    body(1, '2026-01-01', { notice_days: 30 }),
    body(2, '2026-11-01', { ...clear, notice_days: 30 }),
    body(3, '2026-11-20', { gives: [rule({ tier: 'amber' })], notice_days: 30 }),
    body(4, '2026-11-25', { ...clear, notice_days: 0 }),
  ];
  const foldedOn = (name: string, offers: typeof replaced, days: [day: string, seq: number | null][]) =>
    days.map(([on, seq]) => ({ name: `${name} on ${on}`, offers, day: on, expected: { seq } }));
  const offered = [
    ...foldedOn('offers', replaced, [
      ['2025-12-31', null],
      ['2026-10-31', 1],
      ['2026-11-24', 2],
      ['2026-12-01', 2],
      ['2027-01-01', 3],
    ]),
    ...foldedOn('offers with thirty days of notice', promised, [
      ['2026-11-19', 1],
      ['2026-11-20', 3],
      ['2026-12-24', 3],
      ['2026-12-25', 4],
    ]),
    ...foldedOn('a narrower offer under notice', promised.slice(0, 2), [
      ['2026-11-30', 1],
      ['2026-12-01', 2],
    ]),
  ];
  const standings = [
    { seq: 1, since: '2026-01-01' },
    { seq: 3, since: '2026-11-01' },
    { seq: 2, since: '2026-11-20' },
  ];
  const stood = [
    ['2025-12-31', null],
    ['2026-10-31', 1],
    ['2026-11-24', 3],
  ].map(([on, seq]) => ({ name: `standings on ${on}`, standings, day: on, expected: { seq } }));
  return {
    description:
      'Which offer or standing counts on a day: of those that have begun, the one with the highest seq; null for none. An offer that ' +
      'has expired still counts, and gives nothing. One that narrows the one before it waits for the notice that that one promised.',
    section: '7',
    cases: [...offered, ...stood],
  };
}
