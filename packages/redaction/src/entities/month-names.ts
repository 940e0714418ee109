// Months and days of the week as French, German, Spanish, Italian, Portuguese and Dutch write them, with and without accents.
import { keyOf } from './lexicons.ts';

/** From January on; those in brackets stand with a year only. */
const MONTHS: readonly (readonly [names: string, short: string])[] = [
  ['janvier|januar|j[äa]nner|enero|gennaio|janeiro|januari', 'janv|jan|ene|gen'],
  ['f[ée]vrier|februar|febrero|febbraio|fevereiro|februari', 'f[ée]vr|feb|fev'],
  ['mars|m[äa]rz|maerz|marzo|mar[çc]o|maart', 'mrz|mar|mrt'],
  ['avril|april|abril|aprile', 'avr|apr|abr'],
  ['mai|mayo|maggio|maio|mei', 'mag'],
  ['juin|juni|junio|giugno|junho', 'jun|giu'],
  ['juillet|juli|julio|luglio|julho', 'juil|jul|lug'],
  ['ao[ûu]t|august|agosto|augustus', 'aug|ago'],
  ['septembre|september|septiembre|setiembre|settembre|setembro', 'sept|sep|set'],
  ['octobre|oktober|octubre|ottobre|outubro', 'oct|okt|ott|out'],
  ['novembre|november|noviembre|novembro', 'nov'],
  ['d[ée]cembre|dezember|diciembre|dicembre|dezembro|december', 'd[ée]c|dez|dic'],
];

export const MONTH_NAMES: string = MONTHS.map(([names]) => names).join('|');
export const SHORT_MONTHS: string = MONTHS.map(([, short]) => short).join('|');

export const WEEKDAYS =
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica|(?:segunda|ter[çc]a|quarta|quinta|sexta)-feira|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag';

/** From 1, by a name without accents. */
const NUMBERS: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap(([names, short], at) =>
    `${names}|${short}`.split('|').map((name) => [name.replaceAll(/\[.([a-z])\]/g, '$1'), at + 1] as const),
  ),
);

/** From 1; undefined for what is no month in these languages. */
export function monthNumber(word: string): number | undefined {
  return NUMBERS.get(keyOf(word));
}
