// What earlier answers named, so that later requests can ask for things that there are.

/** A value by the name it had and the part of the address it was found under: `recalls`, `digest`. */
type Seen = { path: string; segment: string; name: string; value: string };

/** Values of one name that are kept, the newest. */
const KEPT = 32;
/** Addresses whose values are kept. */
const PATHS = 400;

/** A value that is to be filled in when the request is sent. */
export class Ref {
  readonly name: string;
  readonly pick: number;
  readonly otherwise: string;
  /** @param otherwise when nothing fitting was seen */
  constructor(name: string, pick: number, otherwise: string) {
    this.name = name;
    this.pick = pick;
    this.otherwise = otherwise;
  }
}

/** What a member is called in requests and in answers. */
const ALIASES: Readonly<Record<string, string>> = { cursor: 'next', 'if-match': 'etag', 'if-none-match': 'etag' };

export class Memory {
  /** By collection and name. */
  readonly #kept = new Map<string, Seen[]>();
  readonly #byPath = new Map<string, Seen[]>();
  readonly #hidden: ReadonlySet<string>;

  /** @param hidden values that no request shall name */
  constructor(hidden: readonly string[] = []) {
    this.#hidden = new Set(hidden);
  }

  /** Keeps what an answer names. @param path of the request, without its query */
  keep(path: string, etag: string | undefined, body: unknown): void {
    const segment = path.split('/').at(-1)!;
    if (etag !== undefined) this.#add({ path, segment, name: 'etag', value: etag });
    for (const [name, value] of namedIn(body)) this.#add({ path, segment, name, value });
  }

  /** A value for a reference in a request to this address: of the same resource, else of the same collection, else of
   *  the same name. @param path with what of it is known */
  find(ref: Ref, path: string): string {
    const name = ALIASES[ref.name] ?? ref.name;
    const parts = path.split('/').filter((part) => part !== '');
    const own = parts.flatMap((_, at) => this.#byPath.get(`/${parts.slice(0, parts.length - at).join('/')}`) ?? []);
    const ofResource = own.filter((seen) => seen.name === name || (seen.segment === name && seen.name === 'digest'));
    const collection = collectionOf(path);
    const choices = [
      ofResource,
      this.#kept.get(`${collection} ${name}`) ?? [],
      this.#anywhere(name, ref.pick),
      this.#anywhere(ref.pick % 2 === 0 ? 'id' : 'digest', ref.pick >> 1),
    ];
    // Now and then not the nearest.
    const found = choices.slice(ref.pick % 8 === 7 ? 1 : 0).find((seen) => seen.length > 0);
    return found?.[ref.pick % found.length]?.value ?? ref.otherwise;
  }

  /** What has this name in one of the collections. */
  #anywhere(name: string, pick: number): readonly Seen[] {
    const keys = [...this.#kept.keys()].filter((key) => key.endsWith(` ${name}`));
    return this.#kept.get(keys[pick % keys.length] ?? '') ?? [];
  }

  #add(seen: Seen): void {
    if (this.#hidden.has(seen.value)) return;
    push(this.#kept, `${collectionOf(seen.path)} ${seen.name}`, seen);
    push(this.#byPath, seen.path, seen);
    if (this.#byPath.size > PATHS) this.#byPath.delete(this.#byPath.keys().next().value!);
  }
}

/** The last part of an address that is no id. */
function collectionOf(path: string): string {
  return path.split('/').findLast((part) => /^[a-z-]+$/.test(part)) ?? '';
}

function push(map: Map<string, Seen[]>, key: string, seen: Seen): void {
  const known = (map.get(key) ?? []).filter(({ value }) => value !== seen.value);
  map.delete(key);
  map.set(key, [seen, ...known].slice(0, KEPT));
}

/** Short texts and numbers of an answer, by the name of the member they are in. */
function namedIn(value: unknown, name = ''): [name: string, value: string][] {
  if (Array.isArray(value)) return value.slice(0, KEPT).flatMap((item) => namedIn(item, name));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([member, held]) => namedIn(held, member));
  if (typeof value === 'string' && value.length <= 300) return [[name, value]];
  return typeof value === 'number' ? [[name, String(value)]] : [];
}
