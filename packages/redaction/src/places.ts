// Countries, their peoples and languages, and diseases: parties as such, but no secret, and half of ordinary text.
import { COUNTRIES } from '@detente/record';
import { tokensOf } from './fold.ts';
import { COUNTRY_OF_REGION } from './regions.ts';

const LANGUAGES =
  'ar bg bn cs da de el en es et fa fi fr he hi hu id is it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv sw th tr uk ur vi zh';
/** What Unicode's names of regions and languages leave out. */
const OTHERS = `africa america american antarctica asia australian austrian belgian brazilian britain british canadian colombian cuban
  egyptian english europe european european-union eu filipino georgia georgian holland indian iranian iraqi irish israeli kenyan
  kremlin mexican middle-east new-york-city north-america north-korea north-korean nigerian pakistani palestine palestinian
  russia ivory-coast great-britain northern-ireland east-timor cape-verde hong-kong macau macao czech-republic scottish south-africa south-african south-america south-korea south-korean soviet-union swiss syrian taiwanese u-s uk
  united-states united-states-of-america usa washington`;

function places(): Set<string> {
  const regions = new Intl.DisplayNames(['en'], { type: 'region' });
  const languages = new Intl.DisplayNames(['en'], { type: 'language' });
  const names = [
    ...[...COUNTRIES].map((code) => regions.of(code) ?? ''),
    ...LANGUAGES.split(' ').map((code) => languages.of(code) ?? ''),
    ...OTHERS.split(/\s+/),
    ...COUNTRY_OF_REGION.keys(),
  ];
  return new Set(names.map((name) => tokensOf(name).join('')));
}

const known = places();

/** What is left of a region's name without its first word, and of `covid-19-patients` without the patients. */
const NO_SECRETS = new Set(
  'pradesh nadu covid covid19 coronavirus sarscov2 sars mers ebola zika hiv hivaids h1n1 h5n1 mpox monkeypox'.split(
    ' ',
  ),
);

/** Whether it is a place, or a disease: as a party nobody that a text could name.
 *  @param squashed folded, without separators */
export function isNoSecret(squashed: string): boolean {
  return known.has(squashed) || NO_SECRETS.has(squashed);
}

/** A place alone. */
export function isPlace(squashed: string): boolean {
  return known.has(squashed);
}

/** @param words folded, with blanks between: not a region of one, nor a city */
export function isCountry(words: string): boolean {
  return isPlace(words.replaceAll(' ', '')) && !COUNTRY_OF_REGION.has(words) && words !== 'new york city';
}

/** All that such a name may begin with. */
export function placeBeginnings(): string[] {
  return [...known].flatMap((name) => Array.from(name, (_, at) => name.slice(0, at)));
}
