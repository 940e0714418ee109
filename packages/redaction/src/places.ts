// Countries, their peoples and languages: parties as such, but no secret, and half of ordinary text.
import { COUNTRIES } from '@detente/record';
import { tokensOf } from './fold.ts';

const LANGUAGES =
  'ar bg bn cs da de el en es et fa fi fr he hi hu id is it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv sw th tr uk ur vi zh';
/** Of the United States, and what Unicode's names of regions and languages leave out. */
const OTHERS = `africa alabama alaska america american antarctica arizona arkansas asia australian austrian belgian brazilian britain british
  california canadian colombian colorado connecticut cuban delaware egyptian england english europe european european-union eu filipino florida
  georgia georgian hawaii holland idaho illinois indian indiana iowa iranian iraqi irish israeli kansas kentucky kenyan kremlin louisiana maine maryland
  massachusetts mexican michigan middle-east minnesota mississippi missouri montana nebraska nevada new-hampshire new-jersey new-mexico new-york
  new-york-city north-america north-carolina north-dakota north-korea north-korean nigerian northern-ireland ohio oklahoma oregon pakistani
  palestine palestinian pennsylvania rhode-island russia scotland scottish south-africa south-african south-america south-carolina south-dakota
  south-korea south-korean soviet-union swiss syrian taiwanese tennessee texas u-s uk united-states united-states-of-america usa utah vermont
  virginia wales washington west-virginia wisconsin wyoming`;

function places(): Set<string> {
  const regions = new Intl.DisplayNames(['en'], { type: 'region' });
  const languages = new Intl.DisplayNames(['en'], { type: 'language' });
  const names = [
    ...[...COUNTRIES].map((code) => regions.of(code) ?? ''),
    ...LANGUAGES.split(' ').map((code) => languages.of(code) ?? ''),
    ...OTHERS.split(/\s+/),
  ];
  return new Set(names.map((name) => tokensOf(name).join('')));
}

const known = places();

/** @param squashed folded, without separators */
export function isPlace(squashed: string): boolean {
  return known.has(squashed);
}

/** All that such a name may begin with. */
export function placeBeginnings(): string[] {
  return [...known].flatMap((name) => Array.from(name, (_, at) => name.slice(0, at)));
}
