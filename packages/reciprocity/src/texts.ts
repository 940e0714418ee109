// A code and its parameters as one sentence that a diplomat can read. It imports nothing that a browser lacks.
import { bands, domains, kinds, levels, promises, ruleNames, standings } from './names.ts';
import { type Sentence, sentences } from './sentences.ts';
import { wayEnds, waySentences } from './way-sentences.ts';

export type Language = keyof Sentence;
type Value = string | number;
type Explained = { code: string; params: Readonly<Record<string, Value>> };

const all: Readonly<Record<string, Sentence>> = { ...waySentences, ...sentences };

/** Whether this version has a sentence for a code. */
export function isExplained(code: string): boolean {
  return Object.hasOwn(all, code);
}

/** The sentence for a code. One that this version does not know is named as it is. */
export function explain({ code, params }: Explained, language: Language): string {
  const sentence = Object.hasOwn(all, code) ? all[code] : undefined;
  if (!sentence) return { en: `A reason that is not known here: ${code}.`, zh: `此处未知的原因：${code}。` }[language];
  return sentence[language].replace(/\{([a-z_]+)\}/g, (_, name: string) => written(name, params[name], language));
}

/** Where the way of a record to a peer ended, as a sentence. */
export function explainEnd(conclusion: keyof typeof wayEnds, peer: string, language: Language): string {
  return wayEnds[conclusion][language].replace('{peer}', () => peer);
}

const NONE: Sentence = { en: 'none', zh: '无' };
const WHOLE_PART: Sentence = { en: 'the signed part alone', zh: '仅签名部分' };

/** A parameter as it stands in a sentence. */
function written(name: string, value: Value | undefined, language: Language): string {
  if (value === undefined) return NONE[language];
  switch (name) {
    case 'level':
      return (value === 0 ? WHOLE_PART : levels[Number(value)])?.[language] ?? `${value}`;
    case 'offered':
    case 'returned':
    case 'granted':
    case 'allowed':
    case 'instead_of':
      return levels[Number(value)]?.[language] ?? `${value}`;
    case 'rule':
      return typeof value === 'number' ? `${value + 1}` : named(ruleNames, value, language);
    case 'cell':
      return cell(`${value}`, language);
    case 'band':
      return named(bands, value, language);
    case 'kind':
      return named(kinds, value, language);
    case 'standing':
      return named(standings, value, language);
    case 'tlp':
      return `TLP:${`${value}`.toUpperCase().replace('-', '+')}`;
    case 'obligation':
      return promiseName(`${value}`, language);
    default:
      return `${value}`;
  }
}

function named(names: Readonly<Record<string, Sentence>>, value: Value, language: Language): string {
  return Object.hasOwn(names, value) ? names[value]![language] : `${value}`;
}

function cell(text: string, language: Language): string {
  const [type = '', domain = '', band = ''] = text.split('/');
  const [about, severity] = [named(domains, domain, language), named(bands, band, language)];
  return language === 'en' ? `${type}, ${about}, severity ${severity}` : `${type}，${about}，严重程度${severity}`;
}

export function standingName(standing: string, language: Language): string {
  return named(standings, standing, language);
}

/** What is promised by the obligation of a key. */
export function promiseName(key: string, language: Language): string {
  const [code = '', ...about] = key.split('/');
  const subject = about.join('/');
  return named(promises, code, language).replace('{about}', () => named(bands, subject, language));
}
