// Places that say what they are, regions and cities that are words or names as well, and how their country reads in the text.
import { test } from 'tap';
import { findAll } from '../src/find-all.ts';
import { generalise } from '../src/findings.ts';
import { organisations, persons, places } from './found.ts';

const told = (text: string) => generalise(text, findAll(text), 'clear').text;

test('provinces, states and counties are places and no persons', (t) => {
  for (const text of ['An engineer from Zhejiang Province was arrested.', 'The Kano State government blamed it.']) {
    t.same(persons(text), []);
    t.equal(places(text).length, 1, text);
  }
  t.same(persons('Officials in Guangdong Province and Sichuan said so.'), []);
  t.same(places('Residents of Cook County and the Province of Reggio Emilia'), [
    'Cook County',
    'Province of Reggio Emilia',
  ]);
  t.same(organisations('The Kano State Police and the Michigan State University stopped.'), [
    'Kano State Police',
    'Michigan State University',
  ]);
  t.same(places('Sin City fans, and the School District of nobody; a Police State'), []);
  t.end();
});

test('a city that is a word, or a name, is a place where one stands', (t) => {
  t.same(places('They met in Berlin last week, near Reading.'), ['Berlin', 'Reading']);
  t.same(places('They were Reading; a Nice day.'), []);
  t.same(
    [persons('A Cairo court freed Cairo Jones.'), places('A Cairo court freed him.')],
    [['Cairo Jones'], ['Cairo']],
  );
  t.end();
});

test('before a noun a country is told by its adjective, with the article that goes with it', (t) => {
  t.equal(told('The Kano State government blamed a Cairo court.'), 'The Nigerian government blamed an Egyptian court.');
  t.equal(told('An Austin man and two London hospitals'), 'An American man and two British hospitals');
  t.equal(told('The City of Johannesburg paused it in Paris.'), 'South Africa paused it in France.');
  t.equal(told('He flew from the City of Chicago to Zhejiang Province.'), 'He flew from the United States to China.');
  t.end();
});

test('an instant of ISO 8601 loses day and time, and workers beside a name are counted', (t) => {
  t.equal(told('On 2023-05-04T10:22:31Z it deleted the table.'), 'In May 2023 it deleted the table.');
  t.equal(told('At Tesla 17 workers were hurt.'), 'At Tesla 10 to 99 workers were hurt.');
  t.equal(told('Llama 2 users and iPhone 15 owners'), 'Llama 2 users and iPhone 15 owners');
  t.end();
});
