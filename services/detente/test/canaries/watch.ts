// Looks at every byte that somebody is given, in any encoding, for what he may not see; and remembers what he did see.

import { createHash } from 'node:crypto';
import { namesIn } from '@detente/testkit';
import type { Canary, Place } from './phrases.ts';

export class Watch {
  readonly #canaries = new Map<string, Canary>();
  readonly #known = new Map<string, string[]>();
  readonly leaks = new Set<string>();
  /** By canary: who has seen it. */
  readonly seen = new Map<string, Set<Place>>();
  looks = 0;

  constructor(canaries: Record<string, Canary>) {
    for (const [name, canary] of Object.entries(canaries)) this.add(name, canary);
  }

  add(name: string, canary: Canary): void {
    this.#canaries.set(name, canary);
    this.seen.set(name, new Set());
    this.#known.clear();
  }

  /** @param where a route or a table, for the report */
  look(place: Place, where: string, bytes: Buffer | string): void {
    this.looks += 1;
    for (const name of this.#namesIn(Buffer.from(bytes))) {
      this.seen.get(name)!.add(place);
      if (!this.#canaries.get(name)!.may.includes(place)) this.leaks.add(`${where}: ${place} sees ${name}`);
    }
  }

  /** Who may see what and did not: a walk that passes there unseen shows nothing. */
  unseen(): string[] {
    return [...this.#canaries].flatMap(([name, { may, unshown = [] }]) => {
      const blind = may.filter((place) => !unshown.includes(place) && !this.seen.get(name)!.has(place));
      return blind.length === 0 ? [] : [`${name}: ${blind.join(', ')}`];
    });
  }

  /** The same bytes again, as most refusals are but for their number and date, are read once. */
  #namesIn(bytes: Buffer): string[] {
    const told = bytes.toString('latin1').replaceAll(/urn:uuid:[0-9a-f-]{36}|\r\ndate: [^\r]*/gi, '');
    const key = createHash('sha256').update(told).digest('base64');
    const known = this.#known.get(key);
    if (known) return known;
    const phrases = [...this.#canaries].map(([name, { phrase }]) => ({ name, phrase }));
    const found = new Set(
      namesIn(
        bytes,
        phrases.map(({ phrase }) => phrase),
      ),
    );
    const names = phrases.filter(({ phrase }) => found.has(phrase)).map(({ name }) => name);
    this.#known.set(key, names);
    return names;
  }
}
