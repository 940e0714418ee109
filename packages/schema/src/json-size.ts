// How much JSON.parse would make of a text, before it makes it: of 33 MB of `[],` it makes half a gigabyte, and nothing else runs
// for seconds.

export type JsonSize = {
  /** Most values: strings, numbers, literals, arrays, objects; members' names are not counted. */
  values: number;
  /** Deepest nesting of arrays and objects. */
  depth: number;
};

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Whether a text, if it is JSON, is no larger. It is read to the limit, and no further.
 *  @param text of anybody; that it is JSON is for JSON.parse to say */
export function isJsonWithin(text: string, most: JsonSize): boolean {
  let [values, depth] = [1, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = closingQuote(text, at);
    else if (code === comma) values += 1;
    else if (code === openArray || code === openObject) {
      values += 1;
      depth += 1;
    } else if (code === closeArray || code === closeObject) depth -= 1;
    // An empty list has been counted with a value in it.
    if (values > most.values || depth > most.depth) return false;
  }
  return true;
}

/** The place of the quote that ends a string; behind the text when none does. */
function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}
