// Every hit of an expression.

/** From left to right. `matchAll` copies the expression for each text, which takes longer than reading a short one.
 *  @param pattern with flag `g`; no hit of it is empty */
export function hitsIn(text: string, pattern: RegExp): RegExpExecArray[] {
  const hits: RegExpExecArray[] = [];
  for (let hit = hitFrom(text, pattern, 0); hit !== null; hit = pattern.exec(text)) hits.push(hit);
  return hits;
}

/** The first at `from` or behind it: for those who need not have all of them at once, which may be as many as a text has letters. */
export function hitFrom(text: string, pattern: RegExp, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}
