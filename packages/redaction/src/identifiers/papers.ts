// Papers and plates, which have hardly a form of their own: by the word that stands before them, and postcodes.
import { isCity, keyOf } from '../entities/lexicons.ts';
import { isWord } from '../words.ts';
import { isLuhn, isMod97, isVin } from './checksums.ts';
import { ID_WORDS } from './id-words.ts';
import type { Rule } from './rule.ts';

/** Between the word and the number: `number is`, `No.: `, `号码为`. */
const LINK = String.raw`[^\p{L}\p{N}]{0,4}(?:(?:(?:id|card|number|num|n[úu]mero|num[ée]ro|nummer|numarası|broj|číslo|номер|серия|sz[áa]m|n[oº]?\.?º?|nr\.?|№|code|key|fiscal|mwst|is|was|as|of|the|#|번호|番号|號碼?|字號|เลขที่|issued by the state of [A-Z][a-z]{2,14}|编号|号码?|为|是|：)[^\p{L}\p{N}]{0,4}){0,4})$`;
const cue = (words: string) => new RegExp(`(?:${words})${LINK}`, 'iu');

const PASSPORT =
  /passport|护照|護照|旅券|パスポート|여권|reisepass|passeport|pasaporte|passaport[eo]|paspoort|pasap?ort|paspor|paszport\p{L}{0,2}|passnummer|pas(?:s?nr|nummer)|\bpassi\b|útlevél|vegabréf|cestovní pas|pașaport|putovnic\p{L}|паспорт\p{L}{0,3}|διαβατ[ήη]ρ|hộ chiếu|หนังสือเดินทาง|جواز (?:ال)?سفر|דרכון|पासपोर्ट/iu;
const DRIVING =
  /driv(?:er|ing)(?:['’]?s|s['’])? ?(?:licen[cs]e|lic\b|permit)|\bDLN?\b|\blicen[cs]e (?:id|number|no\.?)|驾照|驾驶证|駕照|führerschein|fahrerlaubnis|permis(?: de conduire)?|rijbewijs|patente di guida|licencia de conducir|carnet de conducir|permiso de conducir|carta de condu[çc][ãa]o|\bcnh\b|prawo jazdy|prawa jazdy|řidičsk|vodičsk|vozačk|permis(?:ul)? auto|k[öøo]rekort|k[öo]rkort|førerkort|ajokort|ökuskírteini|vezetői engedély|водительск\p{L}{2,4} (?:удостоверени|прав)|ehliyet|sürücü belgesi|運転免許|운전면허|駕駛執照|ใบขับขี่|giấy phép lái xe|רישיון נהיגה|رخصة (?:ال)?قيادة/iu;
const PLATE = String.raw`(?:licen[cs]e|number|registration|vehicle|car)[ -]?plates?|licen[cs]e tags?|(?<=\b(?:car|vehicle|truck|van)(?:['’]s)? )tags?|\bplates?|vehicle reg(?:istration|\.)?|\bregistration|\brego?\b\.?|(?:car|vehicle|auto)(?= (?:n|#))|tablic\p{L}{1,2}|(?:car|van|lorry|truck|taxi|vehicle|motorcycle)s? registered|kennzeichen|nummernschild|matr[ií]cula|immatriculation|\btarga\b|kenteken|번호판|ทะเบียน(?:รถ)?|车牌(?:号码?)?|牌照|車牌|госномер|номерной знак|гос\. ?номер|номер(?: авто(?:мобиля)?| машины)?|\bplaka(?:s[ıi])?|\bplacas?|\bpatente|\bplaque|rejestracyjn(?:y|e|ego)|registreringsn(?:umme)?r|reg\.? ?n(?:umme)?r|rekisteri(?:numero|tunnus)|nummerplade|nummerpl[åa]t|\bskilt(?:nummer)?|kontrollschild|rendsz[áa]m|\bspz\b|\bšpz\b|\brz\b|registarsk\p{L}{2,3} (?:oznak|tablic)\p{L}{1,2}|registrsk\p{L} tablic\p{L}|nombor plat|nomor polisi|\bplat nomor|biển (?:kiểm soát|số)|număr de înmatriculare|ナンバー(?:プレート)?|πινακίδα|αριθμός κυκλοφορίας|לוחית רישוי|رقم اللوحة|차량번호`;
/** Both cases written out: to fold them takes five times as long. */
const PLATED =
  /[Pp]la(?:te|ca|ka|que)|PLA[TCK]|[ _][Tt]ag|[Rr]e(?:g(?:ist|o?\b)|jestr|kist|ndsz)|REG(?:IST|\b)|[Kk](?:ennz|entek|ontrolls)|KEN|[Nn](?:ummer(?:ns|pl)|o[mb]+or)|NUMMERNS|[Mm]atr[iíIÍ]c|[Ii]mmatr|(?:IM)?MATR|înmatr|[Tt](?:arga|ablic)|TARGA|(?:[Cc]ar|[Vv]ehicle) n|[Pp]atente|[Ss]kilt|[SŠ]PZ|\bRZ\b|biển|번호|차량|ทะเบียน|[车車]牌|牌照|ナンバー|омер|πινακ|κυκλοφ|רישוי|اللوحة/;
const PLATE_OF_DIGITS = /^(?:\d{4,6}|\d{1,3}[ -]\d{3,5}|\d{2,3}-\d{2,3}-\d{2,3})$/;
/** In the same sentence. */
const VEHICLE =
  /\b(?:car|van|truck|lorry|taxi|(?:mini)?cab|vehicle|suv|sedan|saloon|motor(?:cycle|bike)|scooter|(?:mini)?bus|pick-?up|robo-?taxi|an?pr|alpr|plate reader|fahrzeug|pkw|lkw|wagen|voiture|véhicule|camion|coche|vehículo|carro|veículo|macchina|samochód)s?\b[^.!?\n]{0,40}$/iu;
const READER = /\b(?:an?pr|alpr|plate[ -]readers?|tag readers?)\b/i;
const READ = new RegExp(`(?:${READER.source})[^.!?\\n]{0,40}$`, 'iu');
const READ_BY = new RegExp(`^[^.!?\\n]{0,16} by (?:an? |the )?(?:${READER.source})`, 'iu');
const STREET =
  /\b(?:street|st\.|avenue|ave\.?|road|rd\.|lane|drive|boulevard|blvd|suite|apt\.?|rue|via|calle|ul\.)(?![\p{L}])|(?:stra(?:ss|ß)e|straat|gatan|gade|vej|veien|katu)\b/iu;
const KOREAN = '가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주아바사자하허호배';
const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';

/** For the check that no text makes them slow. */
export const READERS: readonly RegExp[] = [READ, READ_BY];

export const PAPER_RULES: readonly Rule[] = [
  {
    kind: 'national-id',
    least: { code: 6 },
    hint: /\d[0-9A-Z ./-]{4}\d/,
    // Said to be one, whatever its check digit.
    pattern:
      /(?=[A-Z\d])(?<![A-Za-z0-9])(?:[A-Z]{1,6}-?|(?:GB|DE|FR|ES|NL|BE|AT|PL|SE|DK|FI|CHE) |[A-Z]{2} (?=\d\d ?\d\d ?\d\d [A-Z](?![A-Z0-9])))?\d[0-9A-Z]{0,19}(?:[ ./-]{1,2}(?=[A-Z]{0,3}\d|[A-Z](?![A-Z0-9]))[0-9A-Z]{1,10}){0,6}(?![A-Za-z0-9])/g,
    check: (hit) => {
      const figures = hit.replace(/\D/g, '').length;
      return hit.length <= 24 && (figures >= 6 || (figures >= 4 && /^[A-Z0-9]{8,12}$/.test(hit)));
    },
    cue: cue(ID_WORDS),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'national-id',
    least: { figures: 8 },
    hint: /[A-Z]{2}[A-Za-z .:#№-]{1,12}\d{8}/,
    // A number of eight digits or more behind an abbreviation is some authority's for somebody.
    pattern:
      /(?<=(?<![\p{L}\p{N}_-])(?!(?:ISBN|ISSN|EAN|UPC|GTIN|JAN|ISMN|PMID|PMC|NCT|CVE|DOI|RFC|CC|PAN|TEL|FAX|PH|IP|USD|EUR|GBP|CNY|RMB|JPY|INR|KRW|CAD|AUD|CHF|HKD|SGD|UTC|GMT|EST|PST|CET|AM|PM|NO|AND|OR|THE|OF|IN|AT|TO|ON|BY)\b)[A-Z]{2,6}(?: (?:no|nr|number|id|code|card))?\.?[:#№ ]{1,3})\d{8,16}(?![\p{L}\p{N}]|[.,:-]\d)/gu,
    check: (hit) =>
      !/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])/.test(hit) && !/0000$|^1[67]\d{8}(?:\d{3})?$/.test(hit),
    confidence: 0.6,
    reason: 'abbreviation',
  },
  {
    kind: 'national-id',
    least: { word: 20 },
    // Of a firm (ISO 17442).
    pattern: /(?<![A-Za-z0-9])[A-Z0-9]{18}\d{2}(?![A-Za-z0-9])/g,
    check: (hit) => /[A-Z]/.test(hit) && hit.replace(/\D/g, '').length > 4 && isMod97(hit),
    confidence: 0.95,
    reason: 'checksum',
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
    least: { code: 6 },
    hint: /\d[A-Z0-9]{4}|\d ?№|[A-Z0-9]{9}/,
    pattern:
      /(?=[A-Z\d])(?<![\p{sc=Latn}\p{N}])(?=[A-Z]{0,3} ?\d)(?:[A-Z]{1,3} ?)?\d(?:[A-Z0-9]{5,9}|\d ?\d{2} ?(?:№ ?)?\d{6}|\d ?\d{7})(?![A-Za-z0-9])|(?=[A-Z])(?<![\p{sc=Latn}\p{N}])(?:[A-Z]{4}\d[A-Z0-9]{4}|[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8})(?![A-Za-z0-9])/gu,
    cue: cue(PASSPORT.source),
    confidence: 0.95,
    reason: 'cue',
  },
  // The lines that a machine reads (ICAO 9303).
  {
    kind: 'passport',
    needs: '<',
    hint: /<</,
    pattern: /(?<![A-Z0-9<])P[A-Z<][A-Z]{3}[A-Z<]{39}(?:\s{1,2}[A-Z0-9<]{44})?/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'driving-licence',
    least: { code: 6, figures: 3 },
    hint: /\d[A-Z0-9 -]{3}[A-Z0-9]/,
    pattern:
      /(?=[A-Z\d])(?<![\p{sc=Latn}\p{N}])(?!DL)(?=[A-Z]{0,9}[ -]?\d)(?:[A-Z]{1,9}|[A-Z]{1,3}[ -])?\d[A-Z0-9]{0,17}(?:[ -][A-Z0-9]{2,10}|-[A-Z0-9]){0,5}(?![A-Za-z0-9])/gu,
    check: (hit) => hit.replace(/\D/g, '').length >= (/^[A-Z0-9]{12}$/.test(hit) ? 3 : 4) && hit.length >= 6,
    cue: cue(DRIVING.source),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'driving-licence',
    least: { word: 16 },
    // Of Great Britain: five letters of the name, the day of birth between digits of the year, initials.
    pattern: /(?<![A-Za-z0-9])[A-Z]{1,5}9{0,4}(?<=[A-Z9]{5})\d[0156]\d[0-3]\d\d[A-Z][A-Z9]\d[A-Z]{2}(?![A-Za-z0-9])/g,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'driving-licence',
    least: { code: 15 },
    // Of India: state, office, year.
    pattern:
      /(?<![A-Za-z0-9])(?:A[NPRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[AKP]|WB)[ -]?\d{2}[ -]?(?:19|20)\d{9}(?!\d)/g,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'licence-plate',
    needs: PROVINCES,
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
    needs: KOREAN,
    hint: /\d ?[가-힣] ?\d{4}/,
    pattern: new RegExp(`(?<!\\p{N})\\d{2,3} ?[${KOREAN}] ?\\d{4}(?!\\p{N})`, 'gu'),
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'licence-plate',
    needs: 'あ',
    hint: /\d ?[ぁ-ん] ?[\d・]/,
    pattern: /\p{sc=Han}{1,4} ?\d{1,3} ?[ぁ-ん] ?(?:\d\d-\d\d|・{1,3} ?\d{1,3})(?!\p{N})/gu,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'licence-plate',
    needs: 'А',
    hint: /[АВЕКМНОРСТУХ] ?\d{3}/,
    // Russia.
    pattern: /(?<![\p{L}\p{N}])[АВЕКМНОРСТУХ] ?\d{3} ?[АВЕКМНОРСТУХ]{2} ?\d{2,3}(?![\p{L}\p{N}])/gu,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'licence-plate',
    least: { code: 6 },
    hint: /[A-Z]{1,2}[ -]?\d{1,4}[ -]?[A-Z]|\d[A-Z]{3}\d|[A-Z]-[A-Z]{1,2} ?\d/,
    // Great Britain; France and Italy; Germany; India; California; Brazil.
    pattern:
      /(?=[A-ZÄÖÜ\d])(?<![\p{L}\p{N}-])(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{2}[ -]\d{3}[ -][A-Z]{2}|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}|[A-Z]{2}[ -]?\d{2}[ -]?[A-Z]{1,2}[ -]?\d{4}|\d[A-Z]{3}\d{3}|[A-Z]{3}\d[A-Z]\d{2})(?![\p{L}\p{N}-])/gu,
    cue: VEHICLE,
    confidence: 0.8,
    reason: 'cue',
  },
  {
    kind: 'licence-plate',
    least: { code: 5, figures: 1 },
    hint: /[Rr]eader|AN?PR|ALPR|an?pr|alpr/,
    // What a machine reads that reads nothing else.
    pattern:
      /(?=[A-Z\d])(?<![\p{L}\p{N}-])(?=[A-Z]{0,4}[ -]?[A-Z]{0,3}[ -]?\d)[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,5}){1,2}(?![\p{L}\p{N}-])/gu,
    check: (hit, text, start) =>
      /[A-Z]/.test(hit) &&
      hit.length > (/[ -]/.test(hit) ? 4 : 5) &&
      (READ.test(text.slice(Math.max(0, start - 60), start)) ||
        READ_BY.test(text.slice(start + hit.length, start + hit.length + 40))),
    confidence: 0.8,
    reason: 'cue',
  },
  {
    kind: 'licence-plate',
    hint: PLATED,
    // Digits alone in some forms, or with letters, of Thailand too.
    pattern:
      /(?=[A-ZÄÖÜА-Яก-ฮ\d])(?<![\p{sc=Latn}\p{N}])(?:(?=[A-ZÄÖÜА-Я]{0,4}[ -]?[A-ZÄÖÜА-Я]{0,3}[ -]?\d|\d)[A-ZÄÖÜА-Я0-9]{1,4}(?:[ -]?[A-ZÄÖÜА-Я0-9]{1,5}){1,3}|(?:\d{1,2} ?)?[ก-ฮ]{1,3} ?\d{1,4})(?![\p{sc=Latn}\p{sc=Cyrl}\p{N}])/gu,
    check: (hit, text, start) =>
      /[A-ZÄÖÜА-Яก-ฮ]/.test(hit)
        ? /\d/.test(hit) && hit.length >= 4
        : PLATE_OF_DIGITS.test(hit) && !/^[.,-]\d/.test(text.slice(start + hit.length, start + hit.length + 2)),
    cue: cue(PLATE),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'postcode',
    hint: /zip|post|plz|\bcep\b|pin ?code|\bcap\b|〒|邮编|邮政编码|郵遞區號|우편번호|индекс/i,
    pattern: /(?<![\p{sc=Latn}\p{N}.-])\d{2,6}(?:[ -]\d{2,4})?(?: ?[A-Z]{2})?(?![\p{sc=Latn}\p{N}]|[ .,-]\d)/gu,
    cue: cue(
      String.raw`zip(?: ?code)?|post(?:al)?[ -]?code|plz|postleitzahl|\bcep\b|code postal|c[óo]d(?:igo|ice|\.) ?postale?|\bcap\b|kod pocztowy|postn(?:umme)?r|postinumero|irányítószám|pin ?code|〒|邮编|邮政编码|郵遞區號|郵便番号|우편번호|(?:почтовый )?индекс`,
    ),
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
    least: { figures: 4, code: 5 },
    hint: /\d{4} [A-Z\u00c0-\u024f]/,
    // Before a town, in a line of an address.
    pattern:
      /(?<=(?:^|[,;|"\n]) ?)(?!(?:19|20)\d\d )(?:[A-Z]{1,2}-)?\d{4,5}(?= \p{Lu}[\p{L}\p{M}.'’-]{1,24}(?: (?:am|an der|im|de|\p{Lu})[\p{L}\p{M}.'’-]{0,24}){0,2}(?:[,;.|"\n)]|$))/gu,
    check: (hit, text, start) =>
      isCity(keyOf(/^ ([\p{L}\p{M}'’-]+)/u.exec(text.slice(start + hit.length, start + hit.length + 40))![1]!)),
    confidence: 0.6,
    reason: 'town',
  },
  {
    kind: 'postcode',
    least: { figures: 5 },
    hint: /\b[A-Z]{2},? \d{5}/,
    pattern:
      /(?<=\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]),? )\d{5}(?:-\d{4})?(?!\d)/g,
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'postcode',
    least: { code: 5 },
    hint: /\d[A-Z]{2}\b/,
    pattern:
      /\b(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])) \d[ABD-HJLNP-UW-Z]{2}\b/g,
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'postcode',
    least: { code: 6 },
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
