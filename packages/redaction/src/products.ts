// What somebody sells is called by his name and a designation: `Tesla Model 3`, `Boeing 737 MAX`, `Claude 3.5 Sonnet`, `GPT-4o-mini`.

const LINES = '(?:Pro|Max|MAX|Plus|Ultra|Mini|Lite|Nano|Flash|Turbo|Opus|Sonnet|Haiku|Instruct|Preview|XL|SE)';
const MARKS =
  'mini|nano|micro|small|medium|large|lite|pro|max|plus|ultra|turbo|flash|preview|beta|instruct|chat|coder|base|opus|sonnet|haiku|vision|audio|realtime|latest|mobile|vl|moe|thinking'
    .split('|')
    .map((mark) => `[${mark.charAt(0)}${mark.charAt(0).toUpperCase()}]${mark.slice(1)}`)
    .join('|');
const FORMS: readonly string[] = [
  // `Model 3`, `Model S Plus`, `Series 7`, `Mark II`
  ` ?(?:Model[ -]?(?:[A-Z]{1,2}\\d{0,3}|\\d{1,4}[A-Z]{0,2})|Series[ -]?\\d{1,3}|(?:Mark|Mk\\.?)[ -]?(?:\\d{1,2}|[IVX]{1,4}))(?: ${LINES})?`,
  // `S21 Ultra`, `A320neo`; a quarter or year is none
  ` (?!(?:Q[1-4]|H[12]|FY-?\\d{2,4})(?![A-Za-z\\d]))[A-Z]{1,3}-?\\d{1,4}[a-z]{0,3}(?: ${LINES})?`,
  // `737 MAX`, `3.5 Sonnet`, `Pro`
  ` ?(?:\\d{1,4}(?:\\.\\d{1,2})? )?${LINES}`,
  // `-4o-mini`, `o-mini` behind a name that ends with 4, `2.5-Coder-32B-Instruct`
  `(?:\\d{1,2}(?:\\.\\d{1,2})?|(?<=\\d)[a-z])?(?:-(?:[Vv]?\\d{1,4}(?:\\.\\d{1,2})?[A-Za-z]{0,2}|${MARKS})){1,6}`,
  `\\d{1,2}\\.\\d{1,2}|(?<=\\d)[a-z]`,
];

/** What hangs on a name of somebody or something that is sold. */
export const DESIGNATION: RegExp = new RegExp(`(?:${FORMS.join('|')})(?![\\p{sc=Latn}\\d]|[.,-]\\d)`, 'uy');

/** Where what is told with a name that ends here ends; `end` itself where nothing hangs on it.
 *  @param limit where the next name begins */
export function soldEnd(text: string, end: number, limit: number): number {
  DESIGNATION.lastIndex = end;
  return DESIGNATION.test(text) && DESIGNATION.lastIndex <= limit ? DESIGNATION.lastIndex : end;
}
