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
      /\blat(?:itude)?\b["' ]{0,2}[:=]? ?[+-]?\d{1,2}\.\d{1,15}[,; ]{1,3}["']?(?:lon|lng|long|longitude)\b["' ]{0,2}[:=]? ?[+-]?\d{1,3}\.\d{1,15}/gi,
    confidence: 1,
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
