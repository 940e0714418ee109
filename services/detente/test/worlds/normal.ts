// What may differ between two worlds, and nothing else: what is drawn at random, what is hashed or signed over it, and when. Each
// is replaced by a mark of its own length, so that every length still counts.

import { isUtf8 } from 'node:buffer';

const opaque: readonly [RegExp, string][] = [
  // Random ids of records and requests.
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'I'],
  // Ed25519 signatures; SHA-256 digests, thumbprints, subtree hashes and x of keys; salts and jti of 128 bits.
  [/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])/g, 'S'],
  [/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g, 'H'],
  [/(?<![A-Za-z0-9_-])(?=[a-z_-]*[A-Z0-9])[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/g, 'R'],
  // In notes: root, and key hash with signature.
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/g, 'N'],
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{91}=/g, 'N'],
  // A hash over a body that has any of these.
  [/(?<="etag":"\\"|"etag":"W\/\\")[A-Za-z0-9_-]+/g, 'E'],
  // When something came in.
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'T'],
];

/** A view with the random parts marked; tokens are opened first, so that what stands in them is compared as it is. */
export function normal(view: string): string {
  // A line’s end in JSON is two characters, of which one would look like the start of what comes behind it.
  const opened = view.replaceAll('\\n', '\n ').replaceAll(/[A-Za-z0-9_-]{60,}(?:[.~][A-Za-z0-9_-]+)*~?/g, (token) =>
    /[.~]/.test(token)
      ? token
          .split(/([.~])/)
          .map(open)
          .join('')
      : token,
  );
  const followed = drawn(opened).replaceAll(/(?<="next":")[A-Za-z0-9_-]+/g, open);
  return opaque.reduce(
    (text, [pattern, mark]) => text.replaceAll(pattern, (found) => mark.repeat(found.length)),
    followed,
  );
}

/** A receipt’s place in its commit group is drawn from 512: its digits count for nothing, nor does what counts them. */
function drawn(view: string): string {
  const place = /(?<="index":)\d+(?=,"path"|\}\}|\},"day")/g;
  if (!place.test(view)) return view;
  return view.replaceAll(place, 'D').replaceAll(/(?<="content-length":)"?\d+"?/g, 'D');
}

/** Header, payload or disclosure as it reads, and its length before. */
function open(part: string): string {
  const bytes = Buffer.from(part, 'base64url');
  const text = bytes.toString();
  return isUtf8(bytes) && /^[[{]/.test(text) ? `<${part.length}>${text}` : part;
}
