// Papers and plates, which have hardly a form of their own: by the word that stands before them, and postcodes.
import { isCity, keyOf } from '../entities/lexicons.ts';
import { isWord } from '../words.ts';
import { isLuhn, isVin } from './checksums.ts';
import type { Rule } from './rule.ts';

/** Between the word and the number: `number is`, `No.: `, `号码为`. */
const LINK = String.raw`[^\p{L}\p{N}]{0,4}(?:(?:(?:id|card|number|num|n[úu]mero|num[ée]ro|nummer|sz[áa]m|n[oº]?\.?º?|nr\.?|code|is|was|as|of|the|#|issued by the state of [A-Z][a-z]{2,14}|编号|号码?|为|是|：)[^\p{L}\p{N}]{0,4}){0,4})$`;
const cue = (words: string) => new RegExp(`(?:${words})${LINK}`, 'iu');

const PASSPORT = /passport|护照|護照|旅券|reisepass|passeport|pasaporte|passaporto?|paspoort|паспорт/iu;
const DRIVING =
  /driv(?:er|ing)(?:['’]?s|s['’])? ?(?:licen[cs]e|lic\b|permit)|\bDLN?\b|\blicen[cs]e (?:id|number|no\.?)|驾照|驾驶证|駕照|führerschein|permis de conduire|rijbewijs|patente di guida|licencia de conducir/iu;
const PLATE = String.raw`(?:licen[cs]e|number|registration|vehicle|car)[ -]?plates?|\bplates?|vehicle reg(?:istration|\.)?|\bregistration|\b(?:uk|car|van|taxi) reg\b\.?|(?:car|van|lorry|truck|taxi|vehicle|motorcycle)s? registered|kennzeichen|nummernschild|matr[ií]cula|immatriculation|\btarga\b|kenteken|번호판|ทะเบียน(?:รถ)?|车牌(?:号码?)?|牌照|車牌|госномер|номерной знак`;
/** Both cases written out: to fold them takes five times as long. */
const PLATED =
  /[Pp]late|PLATE|[Rr]eg(?:ist|\b)|REG(?:IST|\b)|[Kk]ennz|KENNZ|[Nn]ummerns|NUMMERNS|[Mm]atr[iíIÍ]c|MATR|[Ii]mmatric|IMMATRIC|[Tt]arga|TARGA|[Kk]entek|KENTEK|번호판|ทะเบียน|[车車]牌|牌照|осномер|омерн/;
/** What numbers of persons and firms are called, also of countries without a file of theirs. */
const ID = String.raw`\bssn\b|social (?:security|insurance)|\bitin\b|\bein\b|employer identification|tax(?:payer)?(?: file)?(?: identification)?(?: id\b|(?= (?:no|num|id)|$|[:#]))|\btin\b|\btfn\b|\babn\b|\bacn\b|\bvat(?: reg(?:istration)?\.?)?(?: id)?|ust-?id(?:nr)?|\btva\b|partita iva|p\. ?iva|national(?: identity)? (?:id|number|card)|national insurance|\bnino\b|identity (?:card|document|number)|identification (?:card|number)|\bid (?:card|number)|citizen(?:ship)? (?:id|number|card)|resident (?:id|registration)|personal (?:id|identification|identity|numeric)(?: code)?|emirates id|\biqama\b|aadhaa?r|\bdni\b|\bnie\b|\bnif\b|\bcif\b|c[ée]dula(?: de (?:ciudadan[ií]a|identidad))?|\bcurp\b|\brfc\b|\bcu[iı][tl]\b|\brut\b|\bruc\b|\bcpf\b|\bcnpj\b|\bpesel\b|\bnip\b|\bregon\b|\bcnp\b|\boib\b|\bamka\b|ΑΜΚΑ|ΑΦΜ|\bafm\b|\begn\b|ЕГН|\bemšo\b|\bjmbg\b|isikukood|asmens kodas|personas kods|kennitala|ad[óo]azonos[íi]t[óo](?: jel)?|\btaj\b|rodn[ée] č[íi]slo|henkil[öo]tunnus|personnummer|f[øo]dselsnummer|\bcpr\b|\bbsn\b|codice fiscale|\bahv\b|\bavs\b|\bsvnr\b|steuer(?:-?id|identifikationsnummer|nummer)|personalausweis|\binn\b|ИНН|\bsnils\b|СНИЛС|\bt\.?c\.? kimlik|\btckn\b|\bcnic\b|\bnik\b|\bktp\b|\bcccd\b|\bcmnd\b|\bmykad\b|\bnric\b|\bhkid\b|\bnpwp\b|teudat zehut|ת\.?ז\.?|תעודת זהות|رقم الهوية|身份证|身分證|身份證|居民身份|信用代码|マイナンバー|個人番号|주민등록|บัตรประชาชน`;
const STREET =
  /\b(?:street|st\.|avenue|ave\.?|road|rd\.|lane|drive|boulevard|blvd|suite|apt\.?|rue|via|calle|ul\.)(?![\p{L}])|(?:stra(?:ss|ß)e|straat|gatan|gade|vej|veien|katu)\b/iu;
const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

export const PAPER_RULES: readonly Rule[] = [
  {
    kind: 'national-id',
    hint: /\d[0-9A-Z ./-]{4}\d/,
    // Said to be one, whatever its check digit.
    pattern:
      /(?<![A-Za-z0-9])(?:[A-Z]{1,6}-?|(?:GB|DE|FR|ES|NL|BE|AT|PL|SE|DK|FI|CHE) |[A-Z]{2} (?=\d\d ?\d\d ?\d\d [A-Z](?![A-Z0-9])))?\d[0-9A-Z]{0,17}(?:[ ./-]{1,2}(?=[A-Z]{0,3}\d|[A-Z](?![A-Z0-9]))[0-9A-Z]{1,10}){0,6}(?![A-Za-z0-9])/g,
    check: (hit) => hit.replace(/\D/g, '').length >= 6 && hit.length <= 24,
    cue: cue(ID),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'national-id',
    least: { word: 17 },
    // Of a vehicle (ISO 3779), with the check digit that North America and China demand.
    pattern: /(?<![A-Za-z0-9])[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}(?![A-Za-z0-9])/g,
    check: (hit) => /[A-Z]/.test(hit) && /\d/.test(hit) && isVin(hit),
    confidence: 0.95,
    reason: 'checksum',
  },
  {
    kind: 'national-id',
    least: { word: 17 },
    pattern: /(?<![A-Za-z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9])/g,
    cue: cue(String.raw`\bvin\b|vehicle identification(?: number)?|chassis|车架号|车辆识别代号`),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'national-id',
    hint: /IMEI/,
    // Of a telephone (3GPP TS 23.003).
    pattern: /(?<![\d.-])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?![\d-])/g,
    check: (hit) => isLuhn(hit.replace(/\D/g, '')),
    cue: cue(String.raw`\bimei\b`),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'passport',
    hint: PASSPORT,
    pattern:
      /(?<![\p{sc=Latn}\p{N}])(?=[A-Z]{0,3} ?\d)(?:[A-Z]{1,3} ?)?\d(?:[A-Z0-9]{5,9}|\d ?\d{2} ?\d{6})(?![A-Za-z0-9])/gu,
    cue: cue(PASSPORT.source),
    confidence: 0.95,
    reason: 'cue',
  },
  // The lines that a machine reads (ICAO 9303).
  {
    kind: 'passport',
    hint: /<</,
    pattern: /(?<![A-Z0-9<])P[A-Z<][A-Z]{3}[A-Z<]{39}(?:\s{1,2}[A-Z0-9<]{44})?/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'driving-licence',
    hint: DRIVING,
    pattern:
      /(?<![\p{sc=Latn}\p{N}])(?!DL)(?=[A-Z]{0,9}[ -]?\d)(?:[A-Z]{1,9}|[A-Z]{1,3}[ -])?\d[A-Z0-9]{0,17}(?:[ -][A-Z0-9]{2,10}){0,4}(?![A-Za-z0-9])/gu,
    check: (hit) => hit.replace(/\D/g, '').length >= (/^[A-Z0-9]{12}$/.test(hit) ? 3 : 4) && hit.length >= 6,
    cue: cue(DRIVING.source),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'licence-plate',
    hint: new RegExp(`[${PROVINCES}]`),
    pattern: new RegExp(
      `[${PROVINCES}][A-HJ-NP-Z][·• -]?(?:[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳领])(?![A-Za-z0-9])`,
      'g',
    ),
    check: (hit) => /\d/.test(hit),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'licence-plate',
    hint: /\d ?[가-힣] ?\d{4}/,
    pattern:
      /(?<!\p{N})\d{2,3} ?[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주아바사자하허호배] ?\d{4}(?!\p{N})/gu,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'licence-plate',
    hint: /\d ?[ぁ-ん] ?[\d・]/,
    pattern: /\p{sc=Han}{1,4} ?\d{1,3} ?[ぁ-ん] ?(?:\d\d-\d\d|・{1,3} ?\d{1,3})(?!\p{N})/gu,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'licence-plate',
    hint: PLATED,
    pattern:
      /(?<![\p{sc=Latn}\p{N}])(?=[A-ZÄÖÜА-Я]{0,4}[ -]?[A-ZÄÖÜА-Я]{0,3}[ -]?\d|\d)[A-ZÄÖÜА-Я0-9]{1,4}(?:[ -]?[A-ZÄÖÜА-Я0-9]{1,5}){1,3}(?![\p{sc=Latn}\p{sc=Cyrl}\p{N}])/gu,
    check: (hit) => /\d/.test(hit) && /[A-ZÄÖÜА-Я]/.test(hit) && hit.length >= 4,
    cue: cue(PLATE),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'licence-plate',
    hint: PLATED,
    // Digits alone, or with Thai letters.
    pattern:
      /(?<!\p{N})(?:\d{4,6}|\d{1,3}[ -]\d{3,5}|\d{2,3}-\d{2,3}-\d{2,3}|(?:\d{1,2} ?)?[ก-ฮ]{1,3} ?\d{1,4})(?!\p{N}|[.,-]\d)/gu,
    cue: cue(PLATE),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'postcode',
    hint: /zip|post|plz|\bcep\b|邮编|邮政编码|郵遞區號/i,
    pattern: /(?<![\p{sc=Latn}\p{N}.-])\d{2,6}(?:[ -]\d{2,4})?(?: ?[A-Z]{2})?(?![\p{sc=Latn}\p{N}]|[.,-]\d)/gu,
    cue: cue(String.raw`zip(?: ?code)?|post(?:al)?[ -]?code|plz|\bcep\b|邮编|邮政编码|郵遞區號`),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'postcode',
    hint: /\d{2}\s{0,8}(?:\n|$)/,
    // The last line of an address.
    pattern:
      /(?<=\p{L}\p{M}?,?\s{1,8})(?!19\d\d|20\d\d)(?:\d{4,6}(?:-\d{3,4})?|\d{2}-\d{3}|\d{3}(?:-\d{4}| ?\d{2})|(?<=\n\s{0,8})\d{3})(?=\s{0,8}(?:\n|$))/gu,
    check: (_, text, start) => STREET.test(text.slice(Math.max(0, start - 120), start)),
    confidence: 0.7,
    reason: 'address',
  },
  {
    kind: 'postcode',
    hint: / \d{4}(?<=\p{L}\p{M}? \d{4})/u,
    // Behind a town, and not how many of something there are in it.
    pattern:
      /(?<=\p{L}\p{M}? )(?!19\d\d|20\d\d)\d{4,6}(?:-\d{3,4})?(?![\p{L}\p{N}%]|[.,-]\d| \p{L}{3,30}s(?![\p{L}]))/gu,
    check: (_, text, start) => isBehindTown(text.slice(Math.max(0, start - 80), start)),
    confidence: 0.6,
    reason: 'town',
  },
  {
    kind: 'postcode',
    hint: /\b[A-Z]{2},? \d{5}/,
    pattern:
      /(?<=\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]),? )\d{5}(?:-\d{4})?(?!\d)/g,
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'postcode',
    hint: /\d[A-Z]{2}\b/,
    pattern:
      /\b(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])) \d[ABD-HJLNP-UW-Z]{2}\b/g,
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'postcode',
    hint: /[A-Z]\d[A-Z]/,
    pattern: /\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d\b/g,
    confidence: 0.8,
    reason: 'form',
  },
];

/** `in Bjert `, `near København K `: a city of the list, or words with capitals that are no ordinary ones. */
function isBehindTown(before: string): boolean {
  const words = before
    .trimEnd()
    .split(' ')
    .slice(-MOST_WORDS - 1);
  for (let at = words.length - 2; at >= 0; at--) {
    if (!/^(?:in|near)$/i.test(words[at]!)) continue;
    const name = words.slice(at + 1);
    return isCity(keyOf(name.join(' '))) || (name.every(isOfName) && !isWord(keyOf(name[0]!)));
  }
  return false;
}

const MOST_WORDS = 4;

function isOfName(word: string): boolean {
  return /^\p{Lu}[\p{L}\p{M}'’-]{0,30}$/u.test(word) || /^(?:de|da|do|dos|del|di|la|le|of|am|an|der)$/.test(word);
}
