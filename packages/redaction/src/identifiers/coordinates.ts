// Places on the globe: decimal degrees, degrees with minutes and seconds, plus codes (Open Location Code).
import type { Rule } from './rule.ts';

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
    hint: /\+/,
    pattern: /(?<![A-Za-z0-9])[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}(?![A-Za-z0-9])/g,
    check: (hit) => /\d/.test(hit),
    confidence: 0.9,
    reason: 'form',
  },
];
