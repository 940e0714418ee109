// Texts read unit by unit.

const { charCodeAt } = String.prototype;

/** `text.charCodeAt(at)`, for loops over texts. To the engine strings are of many kinds (cut out of others, put together, of one byte or two
 *  a unit): where more than four of them come by it looks the method up anew for each unit, which takes several times as long.
 *  @returns NaN outside the text; to ask the engine for that would slow down all who call */
export function unitAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? charCodeAt.call(text, at) : Number.NaN;
}
