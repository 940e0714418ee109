// Country names and codes as annotators write them, to ISO 3166-1 alpha-2.
import { COUNTRIES } from '@detente/record';
import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

countries.registerLocale(english);

/** Name of a country, of a state in the United States as often: which one, nobody can tell. */
const AMBIGUOUS = new Set(['georgia']);

/** A code as it stands, or an English name: `US`, `United States`. */
export function countryOf(text: string): string | undefined {
  const name = text.trim();
  return COUNTRIES.has(name) ? name : countryNamed(name);
}

/** The countries that a place names in words: `Delhi, India` gives `IN`, `UK/USA` both. Two letters are not read as a code,
 *  since `Palo Alto, CA` is not in Canada. */
export function countriesOfPlace(place: string): string[] {
  const last = place.split(',').at(-1) ?? '';
  const parts = last.split('/').map((part) => part.replace(/\([^()]*\)/g, '').trim());
  const codes = parts.map((part) => (part === 'UK' || part.length > 2 ? countryNamed(part) : undefined));
  return codes.every((code) => code !== undefined) ? [...new Set(codes)] : [];
}

function countryNamed(name: string): string | undefined {
  if (AMBIGUOUS.has(name.toLowerCase())) return undefined;
  const code = name === 'UK' ? 'GB' : countries.getAlpha2Code(name, 'en');
  return code !== undefined && COUNTRIES.has(code) ? code : undefined;
}
