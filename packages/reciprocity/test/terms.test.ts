import { createHash } from 'node:crypto';
import { type Cell, cellsOfType, levelOf, parseCell, TIERS } from '@detente/record';
import fc from 'fast-check';
import { test } from 'tap';
import {
  capOf,
  currentStanding,
  offeredLevel,
  parseOffer,
  parseStanding,
  STANDINGS,
  type TermsInput,
  terms,
} from '../src/index.ts';
import { bodies, currentOffer, day, inputs, offer, rule, rules, simple } from './samples.ts';

/** Random pairs of offers and standings that each property of the terms is held against. */
const PAIRS = 10_000;
const low: Cell = 'incident/cyber/2-3';
const high: Cell = 'incident/cyber/5-7';
const value = (level: number | null | undefined) => level ?? -1;
const levels = (input: TermsInput) => [...terms(input).cells.values()].map(({ level }) => value(level));
const bytes = ({ cells, access }: ReturnType<typeof terms>) => JSON.stringify([[...cells], access]);
const everywhere = (a: number[], compare: (a: number, b: number) => boolean, b: number[]) =>
  a.length === b.length && a.every((one, at) => compare(one, b[at]!));

test('the digest is SHA-256 over the eight LF-ended lines of everything that the terms follow from', async (t) => {
  const [a, b, c] = ['A'.repeat(43), 'B'.repeat(43), 'C'.repeat(43)];
  const input: TermsInput = {
    giver: 'https://cn.example',
    taker: 'https://us.example',
    day: '2026-11-24',
    offers: { giver: { digest: a, body: offer() }, taker: { digest: b, body: offer() } },
    standings: { giver: null, taker: { digest: c, standing: 'good' } },
  };
  const text = `detente/terms/1\nhttps://cn.example\nhttps://us.example\n2026-11-24\n${a}\n${b}\n-\n${c}\n`;
  t.equal(terms(input).digest, createHash('sha256').update(text).digest('base64url'));
  t.equal(terms(input).digest, 'XVkNLi7TkwSMSW3iz79sPFoByBZ2DiKmb72g-v8eCFw');
});

test('whoever computes the terms of a direction gets the same bytes', async () => {
  fc.assert(
    fc.property(inputs, (input) => {
      // The other side read the same statements off the wire.
      const other = JSON.parse(JSON.stringify(input)) as TermsInput;
      const [a, b] = [terms(input), terms(other)];
      return a.digest === b.digest && bytes(a) === bytes(b);
    }),
    { numRuns: PAIRS },
  );
});

test('the digest differs with every statement, party and day, and the two directions have different ones', async (t) => {
  fc.assert(
    fc.property(inputs, (input) => {
      const swap = <T>(pair: { giver: T; taker: T }) => ({ giver: pair.taker, taker: pair.giver });
      const { giver, taker, offers, standings } = input;
      const back = terms({ ...input, giver: taker, taker: giver, offers: swap(offers), standings: swap(standings) });
      const next = terms({ ...input, day: '2026-11-25' });
      const held = { digest: 'X'.repeat(43), body: offer() };
      const changed = terms({ ...input, offers: { ...offers, taker: held } });
      return new Set([terms(input), back, next, changed].map(({ digest }) => digest)).size === 4;
    }),
    { numRuns: 200 },
  );
  const input = { offers: { giver: null, taker: null }, standings: { giver: null, taker: null } };
  t.throws(() => terms({ ...input, giver: 'a\nb', taker: 'c', day: '2026-11-24' }), { code: 'party_malformed' });
  for (const day of ['2026-02-30', '2026-11', '2026', '', '2026-11-24T00:00:00Z']) {
    t.throws(() => terms({ ...input, giver: 'a', taker: 'c', day }), { code: 'day_malformed' }, day);
  }
});

test('every cell of every known type has terms', async (t) => {
  t.same([...simple({}).cells.keys()], cellsOfType('incident'));
});

test('the first rule that spans a cell decides for it', async (t) => {
  const given = offer(
    rule({ domains: ['bio'], tier: null }),
    rule({ domains: ['bio', 'cyber'], bands: ['2-3', '4'], tier: 'amber' }),
    rule({ type: 'safety-card', tier: 'red' }),
    rule({ tier: 'clear' }),
  );
  const { cells } = simple({ given });
  t.same(cells.get('incident/bio/2-3'), { level: null, rule: { code: 'offer_withholds', params: { rule: 0 } } });
  t.same(cells.get(low), { level: 3, rule: { code: 'offer_unconditional', params: { rule: 1 } } });
  t.same(cells.get('incident/other/4'), { level: 1, rule: { code: 'offer_unconditional', params: { rule: 3 } } });
  t.equal(simple({ given: offer() }).cells.get(low)?.rule.code, 'not_offered');
  t.equal(simple({}).cells.get(low)?.rule.code, 'no_offer');
});

test('as given is the lower of what is offered and what the taker offers for the same cell', async (t) => {
  const given = offer(rule({ tier: 'amber-strict', condition: 'as-given' }));
  const of = (taken: Parameters<typeof simple>[0]) => simple({ given, ...taken }).cells.get(low);
  t.equal(of({})?.level, null);
  t.same(of({ taken: offer(rule({ tier: 'amber' })) }), {
    level: 3,
    rule: { code: 'offer_as_given', params: { rule: 0, offered: 4, returned: 3 } },
  });
  t.equal(of({ taken: offer(rule({ tier: 'red' })) })?.level, 4);
  t.equal(of({ taken: offer(rule({ tier: 'red', domains: ['bio'] })) })?.level, null);
  t.equal(of({ taken: offer(rule({ tier: 'red' })), returned: 'restricted' })?.level, 2);
  t.equal(of({ taken: offer(rule({ tier: 'red' })), returned: 'suspended' })?.level, null);
});

test('a conditional cell is the lower of both caps, and nothing where one of them is nothing', async () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const standing = { giver: { digest: 'g'.repeat(43), standing: 'good' }, taker: null } as const;
      const [mine, its] = [input.offers.giver?.body ?? null, input.offers.taker?.body ?? null];
      return [...terms({ ...input, standings: standing }).cells].every(([cell, { level }]) => {
        const [given, returned] = [offeredLevel(mine, cell, day), offeredLevel(its, cell, day)];
        const caps = given.level !== null && given.condition === 'as-given' ? [given, returned] : [given];
        const floor = parseCell(cell).band === '5-7' ? levelOf('green') : -1;
        return value(level) === Math.max(floor, Math.min(...caps.map((one) => value(one.level))));
      });
    }),
    { numRuns: PAIRS },
  );
});

test('giving more never gets less', async () => {
  fc.assert(
    fc.property(inputs, bodies, rules, (input, body, more) => {
      const wider = { ...body, valid_from: '2026-01-01', valid_until: null };
      const richer = { ...wider, gives: [...wider.gives.map((one) => ({ ...one, tier: raised(one.tier) })), more] };
      const getting = (taken: typeof body) =>
        levels({ ...input, offers: { ...input.offers, taker: { digest: 'T'.repeat(43), body: taken } } });
      return everywhere(getting(richer), (a, b) => a >= b, getting(wider));
    }),
    { numRuns: PAIRS },
  );
});

test('a better standing never gets less, in either direction', async () => {
  fc.assert(
    fc.property(inputs, fc.nat(3), fc.constantFrom<'giver' | 'taker'>('giver', 'taker'), (input, at, side) => {
      const getting = (place: number) => {
        const held = { digest: 'S'.repeat(43), standing: STANDINGS[place]! };
        return levels({ ...input, standings: { ...input.standings, [side]: held } });
      };
      return everywhere(getting(at), (better, worse) => better >= worse, getting(at + 1));
    }),
    { numRuns: PAIRS },
  );
});

test('no more is given than offered, save the floor, and no more than the standing lets through', async () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const standing = input.standings.giver?.standing ?? 'expelled';
      const good = { digest: 'g'.repeat(43), standing: 'good' } as const;
      const offered = levels({ ...input, standings: { giver: good, taker: null } });
      return [...terms(input).cells].every(([cell, { level }], at) => {
        const floor = parseCell(cell).band === '5-7' && standing !== 'expelled' ? 2 : -1;
        return value(level) <= Math.max(floor, Math.min(offered[at]!, value(capOf(standing))));
      });
    }),
    { numRuns: 300 },
  );
});

test('whom the giver has given no standing is not enrolled, and is given nothing whatever is offered', async (t) => {
  const offers = { giver: { digest: 'o'.repeat(43), body: offer(rule({ tier: 'red' })) }, taker: null };
  const { cells } = terms({
    giver: 'a',
    taker: 'b',
    day: '2026-11-24',
    offers,
    standings: { giver: null, taker: null },
  });
  t.ok(cells.size > 0);
  for (const [cell, found] of cells) t.same(found, { level: null, rule: { code: 'not_enrolled', params: {} } }, cell);
});

test('from severity 5 on at least green goes to every enrolled peer that is not expelled, without any offer', async (t) => {
  fc.assert(
    fc.property(inputs, (input) => {
      const expelled = (input.standings.giver?.standing ?? 'expelled') === 'expelled';
      return [...terms(input).cells]
        .filter(([cell]) => parseCell(cell).band === '5-7')
        .every(([, { level }]) => (expelled ? level === null : value(level) >= levelOf('green')));
    }),
    { numRuns: PAIRS },
  );
  t.same(simple({}).cells.get(high), { level: 2, rule: { code: 'severity_floor', params: { instead_of: 0 } } });
  t.equal(simple({ standing: 'suspended', given: offer(rule({ tier: 'red' })) }).cells.get(high)?.level, 2);
  t.equal(simple({ given: offer(rule({ tier: 'amber' })) }).cells.get(high)?.level, 3);
  t.equal(simple({ given: offer(rule({ tier: 'green' })) }).cells.get(high)?.rule.code, 'offer_unconditional');
  const expelled = simple({ standing: 'expelled', given: offer(rule()) }).cells.get(high);
  t.same(expelled, { level: null, rule: { code: 'standing_expelled', params: {} } });
  t.same(
    [...simple({ standing: 'expelled', given: offer(rule()) }).cells.values()].map(({ level }) => level),
    Array(40).fill(null),
  );
});

test('each standing has its cap', async (t) => {
  const given = offer(rule({ tier: 'red' }));
  const at = (standing: (typeof STANDINGS)[number]) => simple({ given, standing }).cells.get(low);
  t.same(
    STANDINGS.map((standing) => at(standing)?.level),
    [5, 3, 2, null, null],
  );
  t.same(at('probation')?.rule, { code: 'standing_probation', params: { instead_of: 5 } });
});

test('an offer that has expired or not begun counts for nothing, on either side', async () => {
  fc.assert(
    fc.property(inputs, bodies, fc.constantFrom('giver', 'taker'), fc.boolean(), (input, body, side, past) => {
      const period = past
        ? { valid_from: '2026-01-01', valid_until: '2026-11-23' }
        : { valid_from: '2026-11-25', valid_until: null };
      const stale = { digest: 'E'.repeat(43), body: { ...body, ...period } };
      const getting = (held: typeof stale | null) => levels({ ...input, offers: { ...input.offers, [side]: held } });
      return everywhere(getting(stale), (a, b) => a === b, getting(null));
    }),
    { numRuns: PAIRS },
  );
});

test('an offer that was replaced never counts, whatever became of the one that replaced it', async () => {
  fc.assert(
    fc.property(inputs, bodies, bodies, (input, old, next) => {
      const before = { seq: 1, digest: '1'.repeat(43), body: { ...old, valid_from: '2026-01-01', notice_days: 0 } };
      const after = { seq: 2, digest: '2'.repeat(43), body: { ...next, valid_from: '2026-02-01' } };
      const giving = (held: typeof before) => terms({ ...input, offers: { ...input.offers, giver: held } });
      return bytes(giving(currentOffer([before, after], day)!)) === bytes(giving(after));
    }),
    { numRuns: PAIRS },
  );
});

test('an offer holds on its first and its last day', async (t) => {
  const given = { ...offer(rule()), valid_from: '2026-11-24', valid_until: '2026-11-24' };
  t.equal(simple({ given }).cells.get(low)?.level, 2);
  const early = { level: null, reason: { code: 'offer_not_yet_valid', params: { from: '2026-11-24' } } };
  t.same(offeredLevel(given, low, '2026-11-23'), early);
  const late = { level: null, reason: { code: 'offer_expired', params: { until: '2026-11-24' } } };
  t.same(offeredLevel(given, low, '2026-11-25'), late);
});

test('an offer that was replaced does not come back when the newer one expires', async (t) => {
  const body = (valid_from: string, valid_until: string | null) => ({ ...offer(rule()), valid_from, valid_until });
  const offers = [
    { seq: 2, body: body('2026-02-01', '2026-03-01') },
    { seq: 1, body: body('2026-01-01', null) },
    { seq: 3, body: body('2026-12-01', null) },
  ];
  t.equal(currentOffer(offers, '2025-12-31'), undefined);
  t.equal(currentOffer(offers, '2026-01-05')?.seq, 1);
  t.equal(currentOffer(offers, '2026-11-24')?.seq, 2);
  t.equal(currentOffer(offers, '2026-12-01')?.seq, 3);
  const standing = { standing: 'good', reason: { code: 'initial', params: {} }, overridden: false } as const;
  const held = [1, 2].map((seq) => ({ seq, body: { ...standing, since: `2026-0${seq}-01` } }));
  t.equal(currentStanding(held, '2026-01-31')?.seq, 1);
  t.equal(currentStanding(held, '2026-02-01')?.seq, 2);
});

test('offers and standings are read strictly', async (t) => {
  fc.assert(fc.property(bodies, (body) => parseOffer(JSON.parse(JSON.stringify(body))) !== undefined));
  const good = offer(rule());
  const cases: [unknown, string, string][] = [
    [null, '', 'type'],
    [{ ...good, more: 1 }, '/more', 'boolean'],
    [{ ...good, valid_until: '2025-12-31' }, '/valid_until', 'before_valid_from'],
    [{ ...good, valid_from: '2026-02-30' }, '/valid_from', 'day_not_in_calendar'],
    [offer(rule({ domains: ['*', 'bio'] })), '/gives/0/domains', 'star_beside_others'],
    [offer(rule({ bands: ['*', '4'] })), '/gives/0/bands', 'star_beside_others'],
    [offer(rule({ domains: [] })), '/gives/0/domains', 'minItems'],
    [offer(rule({ tier: 'white' as 'clear' })), '/gives/0/tier', 'enum'],
  ];
  for (const [body, pointer, problem] of cases) {
    t.throws(() => parseOffer(body), { code: 'offer_malformed', params: { pointer, problem } }, problem);
  }
  const standing = {
    standing: 'good',
    since: '2026-01-01',
    reason: { code: 'x', params: { a: 1, b: 'c' } },
    overridden: false,
  };
  t.same(parseStanding(standing), standing);
  t.throws(() => parseStanding({ ...standing, standing: 'fine' }), { code: 'standing_malformed' });
  t.throws(() => parseStanding({ ...standing, since: '2026-06-31' }), { code: 'standing_malformed' });
  t.throws(() => parseStanding({ ...standing, reason: { code: 'x', params: { a: {} } } }), {
    code: 'standing_malformed',
  });
  t.throws(() => parseStanding({ ...standing, reason: { code: 'x', params: { 'A b': 1 } } }), {
    code: 'standing_malformed',
  });
});

function raised(tier: (typeof TIERS)[number] | null) {
  return TIERS[Math.min(4, tier === null ? 0 : TIERS.indexOf(tier) + 1)]!;
}
