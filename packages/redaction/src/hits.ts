// Every hit of an expression.

/** From left to right. `matchAll` copies the expression for each text, which takes longer than reading a short one.
 *  @param pattern with flag `g`; no hit of it is empty */
export function hitsIn(text: string, pattern: RegExp): RegExpExecArray[] {
  const hits: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) hits.push(hit);
  return hits;
}
