// Places on the globe: decimal degrees, degrees with minutes and seconds, plus codes (Open Location Code).
import type { Rule } from './rule.ts';

/** Degrees and minutes with a hyphen, as ships write them: `36-50.2S 174-45.5E`. */
const AT_SEA = String.raw`\d{1,3}-\d{2}(?:[.,]\d{1,4}|-\d{2}(?:[.,]\d{1,3})?)?['′]? ?`;
/** The compass in words of some languages, and as Russian writes it. */
const WIND = String.raw`(?:north|south|east|west|nord|s(?:ü|u)d|ost|norte|sur|sul|este|oeste|est|ouest|ovest|nördlich\p{L}{0,2}|südlich\p{L}{0,2}|östlich\p{L}{0,2}|westlich\p{L}{0,2}|latitude|longitude|lat|lon|[сю]\. ?ш\.?|[вз]\. ?д\.?|[NSEWOL])(?!\p{L})`;
const DEGREES = String.raw`\d{1,3} ?[°º](?: ?\d{1,2}(?:\.\d{1,8})? ?['′’])?(?: ?\d{1,2}(?:\.\d{1,8})? ?(?:["″”]|''))?`;

export const COORDINATE_RULES: readonly Rule[] = [
  {
    kind: 'coordinates',
    hint: /\d\.\d{3}/,
    pattern:
      /(?<![\d.])[+-]?\d{1,2}\.\d{3,15}°? ?[NS]?(?:, ?|; ?|\/| )[+-]?\d{1,3}\.\d{3,15}(?:°? ?[EW]\b|°)?(?!\.?\d)/g,
    check: (hit) => {
      const [latitude = 99, longitude = 999] = (hit.match(/[+-]?\d{1,3}\.\d{1,15}/g) ?? []).map(Number);
      return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    },
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: '°º',
    hint: /[°º]/,
    pattern: new RegExp(
      String.raw`(?<!\d)${DEGREES} ?[NS](?:[,;/ ]{0,3}${DEGREES} ?[EW])?\b|(?<!\d)[NS] ?${DEGREES}[,;/ ]{0,3}[EW] ?${DEGREES}`,
      'g',
    ),
    check: (hit) => /['′’"″]|[EW]/.test(hit),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: '纬经',
    hint: /[北南]纬|[东西]经/,
    pattern:
      /[北南]纬 ?\d{1,2}[\d.°′″度分秒]{0,24}[，,、 ]{0,2}[东西]经 ?\d{1,3}[\d.°′″度分秒]{0,24}|[东西]经 ?\d{1,3}[\d.°′″度分秒]{0,24}[，,、 ]{0,2}[北南]纬 ?\d{1,2}[\d.°′″度分秒]{0,24}/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    hint: /lat/i,
    pattern:
      /\b(?:lat(?:itude)?|lo?ng?|longitude)\b["' ]{0,2}[:=]? ?[+-]?\d{1,3}\.\d{1,15}(?:°? ?[NSEW]\b|°)?[,;&\s]{1,12}(?:and )?["']?(?:lat(?:itude)?|lo?ng?|longitude)\b["' ]{0,2}[:=]? ?[+-]?\d{1,3}\.\d{1,15}(?:°? ?[NSEW]\b|°)?/gi,
    confidence: 1,
    reason: 'cue',
  },
  {
    kind: 'coordinates',
    hint: /[NS] ?\d{1,2}\.\d/,
    pattern: /(?<![A-Za-z0-9])[NS] ?\d{1,2}\.\d{2,15}°?[,; ]{1,2}[EW] ?\d{1,3}\.\d{2,15}°?(?!\.?\d)/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    hint: /coord|gps|lat|geo:|坐标|經緯|经纬/i,
    pattern: /(?<![\d.])[+-]?\d{1,2}\.\d{1,15}[,;] ?[+-]?\d{1,3}\.\d{1,15}(?!\.?\d)/g,
    cue: /(?:coord(?:inate)?s?|\bgps(?: location| position)?|\blat(?:itude)?[ /,&-]{1,3}lo?ng?(?:itude)?|\bgeo|坐标|座標|经纬度|經緯度)["']?(?: (?:are|is|were|was|at))?[ :=(["'：为是]{0,4}$/iu,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'coordinates',
    least: { figures: 7 },
    hint: /\d[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?\d/,
    // Military grid (MGRS).
    pattern:
      /(?<![A-Za-z0-9])\d{1,2}[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?(?:\d{5} ?\d{5}|\d{4} ?\d{4}|\d{3} ?\d{3})(?![A-Za-z0-9])/g,
    cue: /mgrs|\bgrid|coord|\bgps\b|position|location/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'coordinates',
    needs: '+',
    hint: /\+/,
    pattern: /(?<![A-Za-z0-9])[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}(?![A-Za-z0-9])/g,
    check: (hit) => /\d/.test(hit),
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: '[(',
    least: { figures: 4 },
    hint: /[[(]-?\d{1,3}\.\d{2}/,
    // In brackets, also longitude first (RFC 7946).
    pattern: /(?<=[[(] ?)-?\d{1,3}\.\d{2,15}, ?-?\d{1,3}\.\d{2,15}(?= ?[\])])/g,
    check: (hit) => {
      const [one = 999, two = 999] = hit.split(',').map((part) => Math.abs(Number(part)));
      return Math.min(one, two) <= 90 && Math.max(one, two) <= 180 && /\.\d{4}/.test(hit);
    },
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: ':',
    hint: /geo:/i,
    // RFC 5870.
    pattern:
      /(?<!\w)geo:-?\d{1,3}(?:\.\d{1,15})?,-?\d{1,3}(?:\.\d{1,15})?(?:,-?\d{1,6}(?:\.\d{1,6})?)?(?:;[\w=.-]{1,40}){0,4}/gi,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: '-',
    least: { figures: 4 },
    hint: /\d-\d{2}/,
    pattern: new RegExp(`(?<![\\w-])${AT_SEA}[NS][,;/ ]{0,3}${AT_SEA}[EW](?!\\w)`, 'g'),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    least: { figures: 6 },
    hint: /\d{6}(?:\.\d{1,3})? ?m?E?[, ]{1,2}(?:N ?|northing )?\d{7}/,
    // Universal transverse Mercator: zone, easting, northing.
    pattern:
      /(?<![A-Za-z0-9])(?:\d{1,2} ?[C-HJ-NP-X][, ]{1,2}|(?<=\bUTM[^.!?]{0,24}))(?:E ?|easting )?\d{6}(?:\.\d{1,3})? ?(?:mE|E)?[, ]{1,2}(?:N ?|northing )?\d{7}(?:\.\d{1,3})?(?: ?mN| ?N)?(?![A-Za-z0-9])/g,
    confidence: 0.95,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    least: { figures: 6 },
    hint: /[A-Z] ?\d{3}/,
    // Of the grids of Great Britain and Ireland.
    pattern: /(?<![A-Za-z0-9])(?:[HNOST][A-HJ-Z]|[A-HJ-Z]) ?(?:\d{5} ?\d{5}|\d{4} ?\d{4}|\d{3} ?\d{3})(?![A-Za-z0-9])/g,
    cue: /\b(?:os|national|irish|itm) grid\b|\bgrid ref(?:erence)?\b|\bNGR\b/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'coordinates',
    least: { mixed: 5 },
    hint: /[Gg]eohash|[Mm]aidenhead|[Ll]ocator|QTH/,
    pattern: /(?<![A-Za-z0-9])(?:[0-9b-hjkmnp-z]{5,12}|[A-R]{2}\d{2}[A-Xa-x]{2}(?:\d{2})?)(?![A-Za-z0-9])/g,
    check: (hit) => /\d/.test(hit),
    cue: /(?:geohash|maidenhead(?: locator)?|grid locator|\bQTH(?: locator)?)["']?(?: (?:is|of|was))?[ :=("']{1,4}$/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'coordinates',
    needs: '+',
    hint: /\+/,
    // A short plus code, which needs a place beside it.
    pattern:
      /(?<![A-Za-z0-9+])[23456789CFGHJMPQRVWX]{4}(?:[23456789CFGHJMPQRVWX]{2})?\+[23456789CFGHJMPQRVWX]{2,3}(?![A-Za-z0-9+])/g,
    check: (hit) => /\d/.test(hit) && /[A-Z]/.test(hit),
    confidence: 0.8,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: '(',
    hint: /POINT/i,
    // Well-known text of OGC 06-103r4: longitude first.
    pattern: /\bPOINT ?\( ?-?\d{1,3}(?:\.\d{1,15})? -?\d{1,3}(?:\.\d{1,15})? ?\)/gi,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    least: { figures: 5 },
    hint: /\d,\d{3}/,
    // With decimal commas, and the letters of the compass or what says that they are degrees.
    pattern: /(?<![\d.,])[+-]?\d{1,2},\d{3,15}°? ?[NS]?(?:[;/] ?| )[+-]?\d{1,3},\d{3,15}(?:°? ?[EWO]\b|°)?(?![.,]?\d)/g,
    check: (hit) => {
      const [latitude = 99, longitude = 999] = (hit.replaceAll(',', '.').match(/[+-]?\d{1,3}\.\d{1,15}/g) ?? []).map(
        Number,
      );
      return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && /[°;/]|[NS] /.test(hit);
    },
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    hint: /\d ?(?:[°º]|deg)/,
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}.,])-?\d{1,3}(?:[.,]\d{1,15})? ?(?:[°º]|deg(?:rees?)?(?!\p{L}))(?: ?\d{1,2}(?:[.,]\d{1,8})? ?(?:['′’]|min(?:utes?)?))?(?: ?\d{1,2}(?:[.,]\d{1,8})? ?(?:["″”]|sec(?:onds?)?))? ?${WIND}(?:(?:,? (?:and|und|et|y|e|by) |[,;/ ]{1,3})-?\d{1,3}(?:[.,]\d{1,15})? ?(?:[°º]|deg(?:rees?)?(?!\p{L}))(?: ?\d{1,2}(?:[.,]\d{1,8})? ?(?:['′’]|min(?:utes?)?))?(?: ?\d{1,2}(?:[.,]\d{1,8})? ?(?:["″”]|sec(?:onds?)?))? ?${WIND})`,
      'giu',
    ),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'coordinates',
    needs: '緯経經위경',
    hint: /北緯|南緯|東経|西経|東經|西經|북위|남위|동경|서경/,
    pattern:
      /(?:[北南]緯|[東西][経經]|[북남]위|[동서]경) ?\d{1,3}[\d.°′″'"度分秒도분초 ]{0,30}[，,、・ ]{0,2}(?:[北南]緯|[東西][経經]|[북남]위|[동서]경) ?\d{1,3}(?:[\d.°′″'"度分秒도분초 ]{0,30}[\d°′″'"度分秒도분초])?/g,
    confidence: 1,
    reason: 'form',
  },
];
