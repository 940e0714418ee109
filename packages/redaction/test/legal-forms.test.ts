// Firms by the legal forms of many countries, with the whole name and the dot that is part of the form.
import { test } from 'tap';
import { findEntities, HELD_FROM } from '../src/findings.ts';

const organisations = (text: string) =>
  findEntities(text)
    .filter(({ kind, confidence }) => kind === 'organisation' && confidence >= HELD_FROM)
    .map(({ start, end }) => text.slice(start, end));

const FIRMS = [
  'Ostapczuk Sp.k.',
  'Kowal Sp. z o.o.',
  'Lakatos Kft.',
  'Juhász és Szabó Nyrt.',
  'Hegedüs és társa Bt.',
  'Tůmová Matoušek v.o.s.',
  'Kolářová o.s.',
  'Albina Babič s.p.',
  'Horvat d.o.o.',
  'Şener Korutürk A.Ş.',
  'Akçay Ltd. Şti.',
  'Fibonacci-Persico s.r.l.',
  'Márquez y Lorenzo S.L.L.',
  'Casandra Catalán Ariza S.Coop.',
  'Grupo Almazán S.A. de C.V.',
  'Guerra Farias S/A',
  'Carvalho Rodrigues Lda.',
  'Moraes Marques - EI',
  'Blum Meister & Cie.',
  'Steffen Junck GmbH & Co. KG',
  'Niemelä Nylund ry',
  'Rønning og Sønner',
  'Hoàng và Hoàng Công ty TNHH MTV',
  'Công ty Cổ phần Sông Đà',
  'PT Sinar Harapan Tbk',
  'ООО «Ромашка»',
];

test('a firm is found whole, wherever it stands', async (t) => {
  for (const firm of FIRMS) {
    t.strictSame(organisations(`During 1979, ${firm} invested heavily in new models.`), [firm], firm);
    t.strictSame(organisations(`The order was sent by ${firm}, which later withdrew it.`), [firm], firm);
  }
});

test('what only ends or begins as a form does is none', async (t) => {
  const texts = [
    'It was Mr. Sparks. The model was k. o. after all.',
    'He asked the others & co. for it, in 1979, Bt. or not.',
    'Option A. S. was never tried; see Fig. 3 & Fig. 4.',
    'Rye, ry and rhy are words. e.g. this one, i.e. that one.',
  ];
  for (const text of texts) t.strictSame(organisations(text), [], text);
});
