// What is of a country, in English, by its ISO 3166-1 code: for a place that stands before a noun.
import { phraseAround } from '../noun-phrases.ts';

const OF_COUNTRIES = `AE:Emirati AR:Argentine AT:Austrian AU:Australian BD:Bangladeshi BE:Belgian BG:Bulgarian BO:Bolivian BR:Brazilian BY:Belarusian
CA:Canadian CD:Congolese CH:Swiss CL:Chilean CM:Cameroonian CN:Chinese CO:Colombian CR:Costa_Rican CU:Cuban CZ:Czech DE:German DK:Danish
DZ:Algerian EC:Ecuadorian EE:Estonian EG:Egyptian ES:Spanish ET:Ethiopian FI:Finnish FR:French GB:British GH:Ghanaian GR:Greek HR:Croatian
HU:Hungarian ID:Indonesian IE:Irish IL:Israeli IN:Indian IQ:Iraqi IR:Iranian IS:Icelandic IT:Italian JO:Jordanian JP:Japanese KE:Kenyan
KH:Cambodian KR:South_Korean KZ:Kazakh LB:Lebanese LK:Sri_Lankan LT:Lithuanian LV:Latvian LY:Libyan MA:Moroccan MM:Burmese MX:Mexican
MY:Malaysian NG:Nigerian NL:Dutch NO:Norwegian NP:Nepalese NZ:New_Zealand PE:Peruvian PH:Philippine PK:Pakistani PL:Polish PT:Portuguese
PY:Paraguayan RO:Romanian RS:Serbian RU:Russian RW:Rwandan SA:Saudi SE:Swedish SG:Singaporean SI:Slovenian SK:Slovak SN:Senegalese SO:Somali
SY:Syrian TH:Thai TN:Tunisian TR:Turkish TW:Taiwanese TZ:Tanzanian UA:Ukrainian UG:Ugandan US:American UY:Uruguayan UZ:Uzbek VE:Venezuelan
VN:Vietnamese YE:Yemeni ZA:South_African ZM:Zambian ZW:Zimbabwean`;

const ADJECTIVES: ReadonlyMap<string, string> = new Map(
  OF_COUNTRIES.split(/\s+/).map((pair) => [pair.slice(0, 2), pair.slice(3).replace('_', ' ')] as const),
);

const OF_ANY: ReadonlySet<string> = new Set(ADJECTIVES.values());

/** `South African`: no more than the country. */
export function isOfCountry(words: string): boolean {
  return OF_ANY.has(words);
}

const DETERMINER =
  /(?:^|[^\p{L}])(an?|the|this|that|its|his|her|their|our|another|one|two|three|some|several|many) $/iu;
/** Of what follows a place that is no attribute: `the Hague is`, `the Bronx and`. */
const NO_NOUN =
  /^ (?:is|was|are|were|has|had|have|will|would|can|could|may|might|and|or|but|in|on|at|of|to|for|from|with|by|as|when|while|where|who|which|that|after|before|during|said|says)(?!\p{L})/u;

type Attribute = { written: string; article?: { was: string; is: string } };

/** `a Cairo court` to `an Egyptian court`: the adjective for a place between an article and a noun, and the article where it changes.
 *  @param before what stands before the place, `behind` what follows */
export function adjectiveFor(code: string, before: string, behind: string): Attribute | undefined {
  const adjective = ADJECTIVES.get(code);
  return adjective === undefined ? undefined : attributeFor(adjective, before, behind);
}

/** The same for any adjective. */
export function attributeFor(adjective: string, before: string, behind: string): Attribute | undefined {
  const isOfPersons = PERSONS.test(behind);
  if (!isOfPersons && (!/^ \p{Ll}/u.test(behind) || NO_NOUN.test(behind))) return undefined;
  const word = DETERMINER.exec(before)?.[1];
  if (word === undefined && isOfPersons)
    return { written: /(?:^|[.!?]["”’)]?\s+)$/.test(before) ? capitalised(adjective) : adjective };
  if (word === undefined) return phraseAround(before, behind).isInside ? { written: adjective } : undefined;
  if (!/^an?$/i.test(word)) return { written: adjective };
  const is = `${word.charAt(0)}${/^(?:[AEIO]|Uz)/.test(adjective) ? 'n' : ''}`;
  return { written: adjective, ...(is !== word && { article: { was: word, is } }) };
}

/** Who is of a place without an article before it, also in headlines. */
const PERSONS =
  /^ (?:(?:resident|travell?er|voter|student|pupil|user|driver|rider|official|citizen|worker|employee|customer|consumer|teacher|patient|passenger|girl|boy|parent|mother|father|teenager|lawmaker|politician|lawyer|attorney|judge|prosecutor|commuter|motorist|protester|detective|officer|doctor|nurse|psychiatrist|professor|engineer|veteran|couple|senator|mayor)s?|police|women|woman|men|man|people|families|family|children|child)(?![\p{L}’'-])/iu;

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
