// Drafts of a group: each says what it would say alone.
import { createSecretKey } from 'node:crypto';
import { protectedTerms, type VaultNames } from '@detente/redaction';
import { findAll } from '@detente/redaction/findings';
import type { DraftSource } from '@detente/store/worker';
import { test } from 'tap';
import { type Drafting, draftsOf, namesBy } from '../src/jobs/draft-fields.ts';

const index = protectedTerms([{ developer: ['Zephyrine Dynamics'] }, { deployer: ['Brixholm'] }]);
const names = namesBy(createSecretKey(Buffer.alloc(32, 7)));

function drafting(id: string, summary: string, policy: boolean, said: Partial<Drafting> = {}): Drafting {
  const fields = { kind: 'incident', title: 'A shuttle stopped', summary, language: 'en' };
  const source: DraftSource = {
    ...{ id, change: 1, status: 'received', source: null, fields, proposals: [] },
    ...{ severity: 'unrated', hazard_domain: null, tlp: 'clear', exercise: false },
  };
  const triage = { severity: 'unrated' as const, hazard_domain: 'other' };
  return {
    ...{ source, triage, policy, parties: {} },
    ...{ verdicts: new Map(), removed: new Set<string>(), before: undefined, ...said },
  };
}

test('drafts of a group are those that each case has alone, in their order', async (t) => {
  const text = 'Mr. Anders Holmqvist of Zephyrine Dynamics told Brixholm on 3 May 2024.';
  const one = drafting('1', text, false);
  const { findings } = draftsOf(names, [one], { index, read: findAll })[0]!;
  t.ok(findings.length > 1);
  const axes = { people: 5, safeguards: 1, reach: 1 } as const;
  const group = [
    one,
    drafting('2', text, true),
    drafting('3', 'Brix', true),
    drafting('4', text, false, { verdicts: new Map(findings.map(({ id }) => [id, 'keep'])) }),
    drafting('5', text, false, { triage: { severity: { level: 5, axes }, hazard_domain: null } }),
    drafting('6', 'Zephyrine told Brixholm.', false),
    drafting('7', text, false, { source: { ...one.source, fields: { ...one.source.fields, colour: 'red' } } }),
  ];
  const texts: string[] = [];
  const read = (text: string) => {
    texts.push(text);
    return findAll(text);
  };
  const together = draftsOf(names, group, { index, read });
  t.strictSame(
    together,
    group.flatMap((one) => draftsOf(names, [one], { index, read: findAll })),
  );
  t.match(together[6]!.holds[0], { code: 'unknown_field', place: '/colour' });
  t.ok(new Set(together.map(({ digest }) => digest)).size > 3);
  t.equal(texts.length, new Set(texts).size, 'the same text once');
});

test('a role is told of the case’s own parties alone, and who reported of nobody', async (t) => {
  const vaults = [
    { developer: ['Brixholm'] },
    { reporter: ['Brixholm', 'Anders Holmqvist'], harmed: ['Maria Delgado'] },
  ];
  const known = protectedTerms([...vaults, { deployer: ['Waymo'], model: ['Zephyrine 3'] }]);
  const text = 'Brixholm, Waymo and Zephyrine 3 were named by Anders Holmqvist and Maria Delgado.';
  const toldBy = (parties: VaultNames) => {
    const [draft] = draftsOf(names, [drafting('1', text, false, { parties })], { index: known, read: () => [] });
    const codes = / [0-9A-F]{6}/g;
    return [draft!.public_fields.summary, String(draft!.fields.summary).replace(codes, '')];
  };
  t.strictSame(toldBy({}), [
    'A named party, an organisation and a model were named by a named party and a named party.',
    'Named party, Organisation and Model were named by Named party and Named party.',
  ]);
  t.strictSame(toldBy(vaults[1]!), toldBy({ harmed: ['Maria Delgado'] }), 'its own reporter neither');
  t.match(toldBy({ deployer: ['Brixholm'] })[0], /^A deployer, an organisation/, 'whatever else it is elsewhere');
  t.match(toldBy({ developer: ['Brixholm Ltd'], harmed: ['Maria Delgado'] })[1], /^Developer, .* and Person\.$/);
});

test('of a warning too a case’s own person is taken out by title and family name, and in another case it is somebody else', async (t) => {
  const known = protectedTerms([{ harmed: ['王小明', 'John Black'] }]);
  const text = 'Officer Black and Mr Wang met Ms Reyes. 王先生（小王）受伤。';
  const grave = { severity: { level: 5, axes: { people: 5, safeguards: 1, reach: 1 } }, hazard_domain: null } as const;
  const toldOf = (parties: VaultNames) => {
    const one = drafting('1', text, true, { parties, triage: grave });
    return draftsOf(names, [one], { index: known, read: findAll })[0]!.public_fields.summary;
  };
  t.equal(toldOf({ harmed: ['王小明', 'John Black'] }), 'A person and a person met Ms Reyes. 某人（某人）受伤。');
  t.equal(toldOf({ harmed: ['Anders Holmqvist'] }), text);
});
