// Text as registries write it, made plain.

/** Markdown links become their labels (`[Le et al.](https://…)` to `Le et al.`): an address is evidence, not text. */
export function withoutLinks(text: string): string {
  return text.replace(
    /\[([^\][]{1,500})\]\(\s{0,4}[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?\s{0,4}\)/g,
    '$1',
  );
}

/** At most `limit` code points, cut with an ellipsis. */
export function shorten(text: string, limit: number): string {
  const points = Array.from(text);
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}

export function isWellFormed(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** What stands for "nothing known" in the registries' columns. */
export function saysNothing(text: string): boolean {
  return /^(|-+|n\/?a|none|null|unclear|unknown|unclear\/unknown|unknown\/unclear|anonymous)$/i.test(text.trim());
}

/** Different names, trimmed, without those that say nothing, in order. */
export function namesOf(names: readonly unknown[]): string[] {
  const texts = names.filter((name) => typeof name === 'string').map((name) => name.trim());
  return [...new Set(texts.filter((name) => !saysNothing(name)))];
}
