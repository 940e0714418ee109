// Whether bytes name somebody, in any encoding that a reader of the wire would think of.

/** Those of the names that stand in the bytes, in any case: plain, behind HTTP's chunks, escaped as in JSON or in an address,
 *  in base64 or base64url at any alignment, and in base64url within base64url, as in a token within a token. */
export function namesIn(bytes: Buffer, names: readonly string[]): string[] {
  const texts = readings(bytes).map((text) => text.toLowerCase());
  return names.filter((name) => texts.some((text) => text.includes(name.toLowerCase())));
}

/** The same bytes as different readers take them, each way of reading once. */
function readings(bytes: Buffer, depth = 2): string[] {
  const plain = bytes.toString('utf8');
  // A chunk's length may stand in the middle of a name (RFC 9112 §7.1).
  const whole = plain.replaceAll(/\r\n[0-9a-f]{1,8}\r\n/gi, '');
  const texts = [...new Set([plain, whole])];
  const all = [...new Set([...texts, ...texts.map((text) => unescapeJson(unescapeAddress(text)))])];
  return depth === 0 ? all : [...all, ...texts.flatMap(base64In).flatMap((inner) => readings(inner, depth - 1))];
}

/** Every run of base64 or base64url, read from each of its first four characters: one of them is where a byte begins. */
function base64In(text: string): Buffer[] {
  const runs = text.match(/[A-Za-z0-9+/_-]{12,}/g) ?? [];
  if (runs.length === 0) return [];
  const separator = Buffer.from('\n');
  return [0, 1, 2, 3].map((skipped) =>
    Buffer.concat(runs.flatMap((run) => [Buffer.from(run.slice(skipped), 'base64'), separator])),
  );
}

function unescapeJson(text: string): string {
  return text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function unescapeAddress(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
