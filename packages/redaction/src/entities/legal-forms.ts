// Firms by legal forms of more countries: `Juhász és Szabó Nyrt.`, `Tůmová Matoušek v.o.s.`, `Hoàng Công ty TNHH`, `ООО «Ромашка»`.
import type { Finding } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { KIN } from './firms.ts';
import { firstWord } from './organisations.ts';
import { JOINT, type Token } from './tokens.ts';

/** Behind the name, in their own writing, with the dot that is part of them. */
const BEHIND =
  /(?:,? (?:Sp\. ?(?:z ?o\. ?o|[kj])\.|Kft\.?|[NR]yrt\.?|Zrt\.?|Bt\.|K[kh]t\.?|[kvo]\. ?[os]\.(?: ?s\.)?|a\. ?s\.|s\. ?p\.|spol\. s r\. ?o\.|d\. ?[od]\. ?(?:o\.)?|k\.d\.|j\.d\.o\.o\.|A\.Ş\.|San\.(?: ve Tic\.)?(?: A\.Ş\.| Ltd\. Şti\.)?|Ltd\. Şti\.|s\.r\.l\.s?|s\.n\.c\.|S\.A\. de C\.V\.|S\.A\.S\.|S\.[AL]\.(?:[ULP]\.)?|S\.? ?Coop\.|S\.C\.P\.|S\/A|Ltda\.?|Lda\.?|EIRELI|V\.O\.F\.|C\.V\.|e\. ?[VKG]\.|e?hf\.|Oyj|OÜ|Α\.Ε\.|Ε\.Π\.Ε\.|Ο\.Ε\.)| (?:ry|SIA|- (?:ME|EI)|& (?:Cie|Co|co|Söhne|Sohn|Fils|Filhos|Figli|Hijos)\.?(?: KG(?:aA)?| OHG)?|Công ty (?:TNHH|CP|Cổ phần|Trách nhiệm hữu hạn)(?: MTV| Một thành viên)?))(?![\p{L}\p{N}])/gu;
/** Before the name: what stands in quotation marks, or the words with capitals behind. */
const BEFORE =
  /(?<![\p{L}\p{N}])(?:(?:ООО|ЗАО|ОАО|ПАО|АО|НКО|ТОВ|ТОО) ?[«"“][^«»"“”\n]{2,60}[»"”]|(?:Công ty (?:TNHH|CP|Cổ phần)(?: MTV)?|PT\.?|S\.C\.)(?: \p{Lu}[\p{L}\p{M}&.-]{1,24}){1,5}(?: Tbk\.?| S\.R\.L\.| S\.A\.)?)/gu;
/** What every one of them has in it, and few texts. */
const HINT =
  /[a-zşA-ZŞΑ-Ω]\.(?: ?[a-zA-ZŞΑ-Ω]\.| z ?o)|Sp\.|San\.|Bt\.|hf\.|Kft|[NR]yrt|Zrt|K[kh]t|Şti|oop\.|S\/A|Ltda|Lda|EIRELI|Oyj|OÜ|\bSIA\b| ry\b|- (?:ME|EI)|& [CFHS]|& co|Công ty|[АТО]О|НКО|ТОВ|\bPT\b/;

/** A name of a firm has so many words at most. */
const MOST = 7;

/** Who is called by the end of a domain: `Damaris.ai`. */
export const DOTTED = /(?<![\p{L}\p{N}@/._-])\p{Lu}[\p{L}\p{N}]{1,30}\.(?:ai|AI|io|com)(?![\p{L}\p{N}@/:_-]|\.\p{L})/gu;

export function findLegalForms(text: string, tokens: readonly Token[]): Finding[] {
  const found = formsIn(text, tokens);
  if (!/\.(?:ai|AI|io|com)/.test(text)) return found;
  const dotted = hitsIn(text, DOTTED).map(
    ({ 0: hit, index }): Finding => ({
      start: index,
      end: index + hit.length,
      kind: 'organisation',
      confidence: 0.7,
      reason: 'brand',
    }),
  );
  return [...found, ...dotted].sort((a, b) => a.start - b.start);
}

function formsIn(text: string, tokens: readonly Token[]): Finding[] {
  if (!HINT.test(text)) return [];
  const found: Finding[] = [];
  const add = (start: number, end: number) =>
    found.push({ start, end, kind: 'organisation', confidence: 0.95, reason: 'legal-form' });
  for (const { 0: hit, index } of hitsIn(text, BEFORE)) add(index, index + hit.length);
  for (const { 0: form, index } of hitsIn(text, BEHIND)) {
    const start = nameBefore(tokens, index);
    if (start !== undefined) add(start, index + form.length);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Where the words with capitals begin that end at this place, with what is lower case between them. */
function nameBefore(tokens: readonly Token[], end: number): number | undefined {
  const last = lastBefore(tokens, end);
  if (tokens[last]?.end !== end) return undefined;
  let from = last;
  // `Hegedüs és társa Bt.`
  if (KIN.has(tokens[last]!.key) && LINKS.has(tokens[last - 1]?.key ?? '')) from = last - 2;
  if (from < 0 || !isOfName(tokens[from]!) || tokens[from]!.shape === 'number') return undefined;
  let isLinked = false;
  while (from > 0 && last - from < MOST && tokens[from]!.joint <= JOINT.comma) {
    const [before, further] = [tokens[from - 1]!, tokens[from - 2]];
    // `Offredi, Amato e Bernini SPA`; but `In 1979, Amato SPA`
    if (tokens[from]!.joint === JOINT.comma && !(isLinked && before.shape !== 'number')) break;
    const isLink = LINKS.has(before.key) && before.joint === JOINT.space && further !== undefined && isOfName(further);
    if (!isOfName(before) && !isLink) break;
    from -= isOfName(before) ? 1 : 2;
    isLinked ||= isLink;
  }
  const first = firstWord(tokens, from, last + 1);
  return first > last ? undefined : tokens[first]!.start;
}

const LINKS = new Set('and und et y e och og en es a i va de da do di del della tarsa'.split(' '));

function isOfName({ shape }: Token): boolean {
  return shape !== 'lower';
}

/** The last token that begins before a place. */
function lastBefore(tokens: readonly Token[], place: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.start < place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
