// How often a text is read: counted by the places at which the index is asked whether a name may begin there.
import { test } from 'tap';
import { leakCheck, leakCheckBytes, protectedTerms, pseudonyms, scrub, type TermIndex } from '../src/index.ts';

function counting(): { index: TermIndex; count(run: () => unknown): number } {
  const index = protectedTerms([{ developer: ['Zephyrine Dynamics'], model: ['Quillmark'] }]);
  let asked = 0;
  const mayBegin: TermIndex['mayBegin'] = (...at) => {
    asked++;
    return index.mayBegin(...at);
  };
  return {
    index: { ...index, mayBegin },
    count(run) {
      asked = 0;
      run();
      return asked;
    },
  };
}

const WORDS = 300;
const fields = { title: 'A shuttle stopped', summary: 'The shuttle of Zephyrine Dynamics stopped. '.repeat(WORDS / 6) };
const naming = pseudonyms(() => 'A7F3');

test('what the draft has read is not read again in the bytes that leave, whatever else was read since', (t) => {
  const { index, count } = counting();
  let scrubbed: Record<string, unknown> = {};
  const drafted = count(() => {
    scrubbed = scrub(fields, index, naming).fields;
    leakCheck(scrubbed, index);
  });
  t.ok(drafted > 2 * (WORDS - 2 * 50), `as it came and as it is: ${drafted}`);
  count(() => {
    for (let nth = 0; nth < 3000; nth++) leakCheck({ title: `Shuttle ${nth}` }, index);
  });
  const tokenOf = (summary: unknown) =>
    `e30.e30.c2ln~${disclosed('title', scrubbed.title)}~${disclosed('summary', summary)}~`;
  const places = (summary: unknown) =>
    count(() => t.equal(leakCheckBytes(tokenOf(summary), index).length > 0, summary !== scrubbed.summary));
  // The signed part and the names of the fields are read here for the first time.
  places(scrubbed.summary);
  t.ok(places(scrubbed.summary) < 20);
  t.ok(places(fields.summary) < WORDS / 6, 'of one that was read as it came only where it ends');
  t.ok(places(`${fields.summary}!`) > WORDS / 2, 'one that differs is read');
  t.end();
});

test('the name of a member that the type gives is not read together with its value where no name begins in it', (t) => {
  const { index, count } = counting();
  const read = (fields: object) => count(() => leakCheck(fields, index));
  // Both names, and the values by themselves.
  read({ occurred: '2019-08-24', occurrence: '2019-08-25' });
  t.ok(read({ occurrence: '2019-08-24' }) > 0);
  t.equal(read({ occurred: '2019-08-25' }), 0);
  t.end();
});

function disclosed(name: string, value: unknown): string {
  return Buffer.from(JSON.stringify(['c2FsdA', name, value])).toString('base64url');
}
