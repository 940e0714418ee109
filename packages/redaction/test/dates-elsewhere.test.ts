// Dates and times in French, German, Spanish, Italian, Portuguese and Dutch: found, and told by their month in the text's own words.
import fc from 'fast-check';
import { test } from 'tap';
import { dayOf, monthOf } from '../src/coarser/months.ts';
import { findEntities } from '../src/findings.ts';
import { check, clear, found } from './found.ts';

const LANGUAGES = ['fr-FR', 'de-DE', 'de-AT', 'es-ES', 'it-IT', 'pt-BR', 'nl-NL'];

test('a date is found and read as its language writes it, with accents and without', (t) => {
  const days = fc.date({ min: new Date('1980-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, fc.constantFrom(...LANGUAGES), (date, language) => {
      const iso = date.toISOString().slice(0, 10);
      const told = (form: Intl.DateTimeFormatOptions) =>
        date.toLocaleDateString(language, { ...form, timeZone: 'UTC' });
      const long = told({ dateStyle: 'long' });
      const forms = [long, told({ dateStyle: 'full' }), long.normalize('NFD').replace(/\p{M}/gu, '')];
      const short = told({ day: 'numeric', month: 'long' });
      const isFound = [...forms, short].every((form) => {
        const [only, ...more] = findEntities(`x ${form}.`).filter(({ kind }) => kind === 'date');
        return only?.start === 2 && only.end === form.length + 2 && more.length === 0;
      });
      const { year, month } = monthOf(long);
      return (
        isFound &&
        `${year}-${String(month).padStart(2, '0')}` === iso.slice(0, 7) &&
        forms.every((form) => dayOf(form) === iso) &&
        dayOf(short) === iso.slice(5)
      );
    }),
    { numRuns: 400 },
  );
  t.end();
});

test('the month stands there in the words of the text', (t) => {
  check(t, {
    'Le 3 mars 2024, la panne a duré.': 'En mars 2024, la panne a duré.',
    'la panne du 3 août 2023': 'la panne d’août 2023',
    'la panne du lundi 3 fevrier': 'la panne de fevrier',
    'depuis le 1er janvier': 'depuis janvier',
    'jusqu’au 3 mars': 'jusqu’en mars',
    'la nuit du 3 au 4 décembre 2023': 'la nuit en décembre 2023',
    'les 3 et 4 mars': 'en mars',
    'Am 3. März 2024 fiel es aus.': 'Im März 2024 fiel es aus.',
    'am Dienstag, dem 5. Maerz 2024': 'im Maerz 2024',
    'seit dem 3. Mai 2023': 'seit Mai 2023',
    'vom 3. bis zum 5. April': 'im April',
    'am 3. September 2024': 'im September 2024',
    'El 3 de marzo de 2024 cayó': 'En marzo de 2024 cayó',
    'antes del 3 de marzo': 'antes de marzo',
    'del 3 al 5 de marzo de 2024': 'en marzo de 2024',
    'il 3 marzo 2024': 'nel marzo 2024',
    'dal 3 al 5 marzo 2024': 'nel marzo 2024',
    'no dia 3 de março de 2024': 'em março de 2024',
    'op 3 maart 2024': 'in maart 2024',
    'le 3 déc. 2023': 'en déc. 2023',
    'after the March 5, 2024 crash': 'after the March 2024 crash',
    'On 3 April 2024': 'In April 2024',
    'in mars 2024': 'in mars 2024',
    'the 3 Mars rovers': 'the 3 Mars rovers',
  });
  t.end();
});

test('an hour goes with what leads to it, and how long something took stays', (t) => {
  check(t, {
    'À 14h30, le système': 'Le système',
    'Le système, à 9h, est': 'Le système, est',
    'vers 14 h 30 il': 'Il',
    'jusqu’à 14h30': 'jusqu’à une certaine heure',
    'Um 14.30 Uhr fiel es aus': 'Fiel es aus',
    'es fiel um 14 Uhr aus': 'es fiel aus',
    'bis 14 Uhr 30': 'bis einer bestimmten Uhrzeit',
    'El 3 de marzo a las 14:30 cayó': 'En marzo cayó',
  });
  for (const text of [
    'pendant 2h30',
    'a 14h outage',
    '14 h later',
    '24h30',
    '14.30 Euro',
    'Uhr 14',
    '3 jeux',
    '33. März',
  ])
    t.strictSame([...found(text, 'time'), ...found(text, 'date')], [], text);
  t.strictSame(found('Le 3 mars', 'person'), [], 'an article is nobody');
  t.ok(clear(`${'3 '.repeat(50_000)}mars`).endsWith('3 3 mars'), 'soon read');
  t.end();
});
