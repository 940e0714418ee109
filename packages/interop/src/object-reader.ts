// Reads an object member by member and remembers what was not read, so that nothing is dropped without being noticed.

export type ObjectReader = {
  /** The member's value; it counts as read. */
  take(name: string): unknown;
  /** The member's value, without counting as read: for values that may turn out to say nothing to us. */
  peek(name: string): unknown;
  /** The reader of the member's members, always the same one; empty where it is no object. */
  within(name: string): ObjectReader;
  /** What was not read and is not empty, by path: `impact/cvss`, `CSETv1/Annotator`. */
  rest(): Record<string, unknown>;
};

/** @param prefix stands before each path of the rest */
export function readObject(value: unknown, prefix = ''): ObjectReader {
  const members = isObject(value) ? value : {};
  const taken = new Set<string>();
  const nested = new Map<string, ObjectReader>();
  return {
    take(name) {
      taken.add(name);
      return Object.hasOwn(members, name) ? members[name] : undefined;
    },
    peek: (name) => (Object.hasOwn(members, name) ? members[name] : undefined),
    within(name) {
      const known = nested.get(name);
      if (known) return known;
      const inner = Object.hasOwn(members, name) ? members[name] : undefined;
      // What is no object stays in the rest as it is.
      if (isObject(inner)) taken.add(name);
      const reader = readObject(inner, `${prefix}${name}/`);
      nested.set(name, reader);
      return reader;
    },
    rest() {
      const own = Object.entries(members).filter(([name, member]) => !taken.has(name) && !isEmpty(member));
      const rest = Object.fromEntries(own.map(([name, member]) => [prefix + name, member]));
      return Object.assign(rest, ...[...nested.values()].map((reader) => reader.rest()));
    },
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
