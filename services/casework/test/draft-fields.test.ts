// Drafts of a group: each says what it would say alone.
import { createSecretKey } from 'node:crypto';
import { protectedTerms } from '@detente/redaction';
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
  return { source, triage, policy, verdicts: new Map(), removed: new Set<string>(), before: undefined, ...said };
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
