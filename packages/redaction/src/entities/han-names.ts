// Persons, organisations and places in Chinese.
import type { Finding } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { findHanOrganisations } from './han-organisations.ts';
import { findHanPlaces } from './han-places.ts';
import { cutHan, type HanToken } from './han-words.ts';

const RUN = /[\u4e00-\u9fff\u3007][\u4e00-\u9fff\u3007\u00b7\u2022\u2027\u30fb]*/g;

/** @param known dates and times, which are no words */
export function findHanNames(text: string, known: readonly Finding[]): Finding[] {
  const found: Finding[] = [];
  let nth = 0;
  for (const { index, 0: run } of hitsIn(text, RUN)) {
    const end = index + run.length;
    let from = index;
    while (nth < known.length && known[nth]!.end <= index) nth++;
    for (; nth < known.length && known[nth]!.start < end; nth++) {
      readRun(text, from, known[nth]!.start, found);
      from = Math.max(from, known[nth]!.end);
      if (known[nth]!.end > end) break;
    }
    readRun(text, from, end, found);
  }
  if (found.length > 0) findWithSeat(text, found);
  return found;
}

/** `格物智元科技（北京）有限公司`, `格物（北京）信息技术有限公司`: read as if its seat did not stand within. */
function findWithSeat(text: string, found: Finding[]): void {
  for (const { index, 0: seat, 1: name = '', 2: form = '' } of hitsIn(text, WITH_SEAT)) {
    const joined = name + form;
    const firm = findHanOrganisations(joined, cutHan(joined, 0, joined.length)).at(-1);
    if (firm?.end === joined.length) found.push({ ...firm, start: index + firm.start, end: index + seat.length });
  }
}

const WITH_SEAT =
  /([\u4e00-\u9fff]{2,16})[（(][\u4e00-\u9fffA-Za-z]{2,16}[）)]([\u4e00-\u9fff]{0,8}?(?:股份|责任|集团)?(?:有限|无限)?(?:责任)?(?:公司|集团|律师事务所|会计师事务所|事务所|合伙企业))/g;

function readRun(text: string, start: number, end: number, found: Finding[]): void {
  if (end - start < 2) return;
  const tokens = cutHan(text, start, end);
  found.push(...findHanPersons(tokens), ...findHanOrganisations(text, tokens), ...findHanPlaces(text, tokens));
}

function findHanPersons(tokens: readonly HanToken[]): Finding[] {
  const found: Finding[] = [];
  for (const [nth, token] of tokens.entries()) {
    const before = found.at(-1);
    if (token.class === 'part') {
      // `亚历山大` is a word as well.
      const start = tokens[nth - 1]?.start ?? token.start;
      if (before?.end === token.start) before.end = token.end;
      else found.push({ start, end: token.end, kind: 'person', confidence: 0.9, reason: 'transliteration' });
    }
    if (token.class !== 'name' && token.class !== 'foreign') continue;
    const confidence = token.class === 'foreign' ? 0.9 : token.hasCue ? 0.9 : 0.7;
    const reason = token.class === 'foreign' ? 'transliteration' : token.hasCue ? 'cue' : 'surname';
    found.push({ start: token.start, end: token.end, kind: 'person', confidence, reason });
  }
  return found;
}
