// Every code as a sentence in English and in Chinese.
import { readFileSync } from 'node:fs';
import { explain, explainEnd } from '@detente/reciprocity/texts';
import type { Cell } from '@detente/record';
import fc from 'fast-check';
import { test } from 'tap';
import {
  ACCESS_KINDS,
  ACCESS_RULES,
  checkOffer,
  DIFFERENCES,
  EFFECTS,
  foldGrants,
  type GrantRow,
  lowerOfBoth,
  NARROWINGS,
  narrowings,
  OBLIGATIONS,
  OFFER_FINDINGS,
  RELAY_REASONS,
  RULES,
  STANDING_REASONS,
  STANDINGS,
  standingOf,
  terms,
  WHY_REASONS,
  why,
} from '../src/index.ts';
import { bands, domains, kinds, levels, promises, ruleNames, standings } from '../src/names.ts';
import { type Sentence, sentences } from '../src/sentences.ts';
import { wayEnds, waySentences } from '../src/way-sentences.ts';
import { bodies, day, inputs, offer, rule, simple } from './samples.ts';

const codes = new Set<string>([
  ...[
    ACCESS_RULES,
    DIFFERENCES,
    EFFECTS,
    NARROWINGS,
    OFFER_FINDINGS,
    RELAY_REASONS,
    RULES,
    STANDING_REASONS,
    WHY_REASONS,
  ].flat(),
  ...[...Object.keys(OBLIGATIONS), 'enrolled', 'offboarding'],
]);
const params = (text: string) => [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name).sort();
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

test('no code is without both sentences, and there are no others', async (t) => {
  t.same(Object.keys(sentences).sort(), [...codes].sort());
  for (const [code, { en, zh }] of Object.entries(sentences)) {
    t.match(en, /^[A-Z{].*\.$/, code);
    t.match(zh, /。$/, code);
    t.ok(isChinese(zh) && !isChinese(en), code);
    t.same(params(en), params(zh), `${code} says the same in both`);
  }
});

test('each step of a record’s way, and each end of it, has both sentences, and no code two meanings', async (t) => {
  for (const [code, { en, zh }] of [...Object.entries(waySentences), ...Object.entries(wayEnds)]) {
    t.match(en, /^[A-Z{].*\.$/, code);
    t.match(zh, /。$/, code);
    t.ok(isChinese(zh) && !isChinese(en), code);
    t.same(params(en), params(zh), `${code} says the same in both`);
  }
  t.same(
    Object.keys(waySentences).filter((code) => Object.hasOwn(sentences, code)),
    [],
  );
  t.equal(explain({ code: 'logged', params: { index: 7 } }, 'en'), 'It is at place 7 of the log.');
  t.equal(explainEnd('withheld', 'us', 'zh'), 'us不得获得该记录。');
});

test('no name of a parameter is without both', async (t) => {
  t.same([Object.keys(kinds), Object.keys(standings)], [[...ACCESS_KINDS], [...STANDINGS]]);
  t.same(Object.keys(promises), Object.keys(OBLIGATIONS));
  t.same(
    [...RULES, 'later_version_of_given'].filter((code) => !Object.hasOwn(ruleNames, code)),
    [],
  );
  const tables: readonly Sentence[][] = [bands, domains, kinds, levels, promises, ruleNames, standings].map(
    Object.values,
  );
  for (const { en, zh } of tables.flat()) t.ok(isChinese(zh) && !isChinese(en) && en !== '', en);
});

/** What a reason leaves out of its sentence. */
function gaps({ code, params: given }: { code: string; params: Record<string, string | number> }): string[] {
  return params(sentences[code as keyof typeof sentences].en).filter(
    (name) => name !== 'evidence' && !(name! in given),
  ) as string[];
}

test('every reason that terms, offers and standings come to has a sentence and all that stands in it', async (t) => {
  const seen = new Set<string>();
  const note = (reasons: readonly { code: string; params: Record<string, string | number> }[]) =>
    reasons.every((reason) => {
      seen.add(reason.code);
      const said = [explain(reason, 'en'), explain(reason, 'zh')];
      return (
        codes.has(reason.code) && gaps(reason).length === 0 && said.every((text) => !/[{}]|undefined|NaN/.test(text))
      );
    });
  fc.assert(
    fc.property(inputs, bodies, bodies, (input, offer, previous) => {
      const { cells, access } = terms(input);
      const conduct = [{ obligation: 'report_within/4', kept: 1, broken: 1 }];
      const isSaid = [
        note([...cells.values()].map(({ rule }) => rule)),
        note(access.map(({ rule }) => rule)),
        note(narrowings(previous, offer)),
        note(
          checkOffer(offer, {
            day,
            previous,
            ahead: 17,
            other: input.offers.taker?.body ?? null,
            enrolled: [],
            conduct,
          }),
        ),
      ];
      return isSaid.every(Boolean);
    }),
    { numRuns: 300 },
  );
  // Seldom come to by chance: more than amber, given to who is on probation.
  const capped = simple({ given: offer(rule({ tier: 'red' })), standing: 'probation' });
  t.ok(note([...capped.cells.values()].map(({ rule }) => rule)));
  const drill = { kind: 'drill', name: 'a', condition: 'as-given' } as const;
  const opens = { ...offer(), access: [drill] };
  t.ok(note(simple({ given: opens, taken: opens }).access.map(({ rule }) => rule)));
  const waiting = lowerOfBoth(capped, simple({}), foldGrants([]));
  t.ok(note([...waiting.cells.values()].map(({ rule }) => rule)));
  const marks = (count: number, isShown: boolean, obligation = 'drill') =>
    Array.from({ length: count }, () => {
      const at = Date.parse(day) / 1000;
      return { obligation, isKept: false, isContested: false, count: 1, evidence: null, at, isShown };
    });
  const previous = { standing: 'restricted', since: '2026-01-01' } as const;
  const override = { standing: 'good', told: 'as agreed', since: day, until: null } as const;
  t.ok(
    note([
      standingOf({ marks: marks(50, true), previous: null, override: null, day }).reason,
      standingOf({ marks: marks(50, false), previous: null, override: null, day }).reason,
      standingOf({ marks: marks(1, false, 'give_in_return/2'), previous: null, override: null, day }).reason,
      standingOf({ marks: [], previous: null, override: null, day }).reason,
      standingOf({ marks: [], previous, override: null, day }).reason,
      standingOf({ marks: marks(50, false), previous, override: null, day }).reason,
      standingOf({ marks: [], previous, override, day }).reason,
    ]),
  );
  const missed = [...ACCESS_RULES, ...RULES, ...STANDING_REASONS].filter((code) => !seen.has(code));
  t.same(missed, [], 'and each was come to');
});

test('sentences read as such', async (t) => {
  const cell: Cell = 'incident/cyber/2-3';
  const row: GrantRow = {
    number: 7,
    cell,
    record_id: null,
    from_index: 12,
    level: 3,
    rule: 'offer_as_given',
    terms: 't',
  };
  const asked = { record_id: 'r', cell, index: 20, tlp: 'amber-strict', earlierGiven: true, expelled: false } as const;
  const { reasons } = why(foldGrants([row]), asked);
  t.same(
    reasons.map((reason) => explain(reason, 'en')),
    [
      'Decision 7 gives this record, amber, from place 12 of the log on: it is offered as far as the like is given in return.',
      'The record is marked TLP:AMBER+STRICT, which asks for more than the amber that is granted.',
      'An earlier version was given, so the signed part of this one is given too.',
    ],
  );
  const broken = { obligation: 'report_within/5-7', kept: 2, broken: 4, evidence: 'abc', needed: 40, by: '2026-04-04' };
  t.equal(
    explain({ code: 'conduct_broken', params: broken }, 'en'),
    'A promise was broken: to report incidents of severity 5 to 7 in time (counted as kept 2 times, broken 4 times; evidence abc). ' +
      'Keeping it 40 more times, or until 2026-04-04, mends it.',
  );
  t.equal(
    explain({ code: 'conduct_broken', params: broken }, 'zh'),
    '承诺未获遵守：及时通报严重程度5至7级的事件（计遵守2次，违反4次；证据abc）。再遵守40次，或持续遵守至2026-04-04，即可恢复。',
  );
  t.equal(
    explain({ code: 'gives_less', params: { cell } }, 'zh'),
    '提供的内容减少：incident，网络安全，严重程度2至3级。',
  );
  t.equal(explain({ code: 'rule_shadowed', params: { rule: 0 } }, 'en').slice(0, 7), 'Rule 1 ');
});

test('a code of a later version is named, and no parameter writes into the sentence what stands in braces', async (t) => {
  t.equal(explain({ code: 'of_next_year', params: {} }, 'en'), 'A reason that is not known here: of_next_year.');
  t.equal(explain({ code: 'constructor', params: {} }, 'zh'), '此处未知的原因：constructor。');
  t.equal(
    explain({ code: 'officer', params: { told: '{told} $& $1' } }, 'en'),
    'An officer has decided so: {told} $& $1.',
  );
  t.equal(explain({ code: 'officer', params: {} }, 'en'), 'An officer has decided so: none.');
  const odd = { level: 9, rule: 'of_next_year', number: 1, from: 0, cell: 'toString/toString/x' };
  t.match(explain({ code: 'granted', params: odd }, 'en'), /gives this record, 9, .*: of_next_year\.$/);
  t.match(explain({ code: 'obligations_more', params: {} }, 'en'), 'More is required.');
});

test('a browser can load the texts', async (t) => {
  for (const file of ['texts', 'sentences', 'way-sentences', 'names']) {
    const source = readFileSync(new URL(`../src/${file}.ts`, import.meta.url), 'utf8');
    const loaded = [...source.matchAll(/^import (?!type)[^;]*from '([^']+)'/gm)].map(([, from]) => from);
    t.same(
      loaded.filter((from) => !['./names.ts', './sentences.ts', './way-sentences.ts'].includes(from!)),
      [],
      file,
    );
  }
});
