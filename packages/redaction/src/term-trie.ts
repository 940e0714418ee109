// Spellings by their letters, one node for letters that may stand for each other: grows and shrinks with what is added and removed.
import { type Folded, SEPARATION } from './fold.ts';
import { classOf, type Spelling } from './spellings.ts';
import { unitAt } from './units.ts';

export function createTrie() {
  const ways = createWays();
  const ends: (Spelling[] | undefined)[] = [undefined];
  const beginnings = createBeginnings();
  return {
    step: ways.step,
    spellingsAt: (node: number): readonly Spelling[] | undefined => ends[node],
    mayBegin: beginnings.mayBegin,
    add(spelling: Spelling) {
      beginnings.add(spelling.letters);
      let node = 0;
      for (const symbol of symbolsOf(spelling)) {
        let next = ways.step(node, symbol);
        if (next === 0) {
          next = ends.push(undefined) - 1;
          ways.add(node, symbol, next);
        }
        node = next;
      }
      const others = ends[node] ?? [];
      // A name as it is goes before what only a disguise would be.
      const place = spelling.hidden ? others.length : others.filter(({ hidden }) => !hidden).length;
      ends[node] = others.toSpliced(place, 0, spelling);
    },
    /** What was added with these letters for that term; its way stays. */
    remove({ letters, term, ...spelling }: Spelling) {
      const node = symbolsOf({ letters }).reduce(ways.step, 0);
      const left = ends[node]?.filter(
        (one) => one.letters !== letters || one.term !== term || one.hidden !== spelling.hidden,
      );
      ends[node] = left?.length === 0 ? undefined : left;
    },
  };
}

function symbolsOf({ letters }: Pick<Spelling, 'letters'>): number[] {
  return Array.from({ length: letters.length }, (_, at) => classOf(unitAt(letters, at)));
}

/** The first five letters of all names, of shorter ones all, as bits: few enough to stay at hand, where the trie does not. */
function createBeginnings() {
  const long = createBits(19);
  const short = createBits(16);
  // Six bits of each letter, which five have room for; what is none of ASCII shares them.
  const join = (letters: number, code: number) => (letters << 6) | (classOf(code) & 63);
  return {
    add(letters: string) {
      let joined = 0;
      for (let at = 0; at < Math.min(letters.length, BEGINNING); at++) joined = join(joined, unitAt(letters, at));
      (letters.length < BEGINNING ? short : long).add(joined);
    },
    mayBegin({ codes, separations, length }: Folded, start: number): boolean {
      const last = Math.min(length, start + BEGINNING);
      let joined = join(0, codes[start]!);
      for (let at = start + 1; at < last; at++) {
        joined = join(joined, codes[at]!);
        if (at === start + BEGINNING - 1) return long.has(joined);
        if (!short.has(joined)) continue;
        const end = at + 1;
        // Most words begin with a small name, which is none within a word.
        if (end === length || separations[end]! > SEPARATION.none || codes[end] === PLURAL) return true;
      }
      return false;
    },
  };
}

/** Of so many letters of a name `mayBegin` knows, and of any that is shorter. */
export const BEGINNING = 5;
const PLURAL = 's'.charCodeAt(0);

/** @param power so many bits, as a power of two */
function createBits(power: number) {
  const bits = new Uint8Array(2 ** (power - 3));
  const placeOf = (value: number) => Math.imul(value, 0x9e3779b1) >>> (32 - power);
  return {
    add(value: number) {
      const place = placeOf(value);
      bits[place >>> 3]! |= 1 << (place & 7);
    },
    has(value: number): boolean {
      const place = placeOf(value);
      return ((bits[place >>> 3]! >> (place & 7)) & 1) === 1;
    },
  };
}

/** As few edges or nodes as this have a table; it doubles whenever it is too small. */
const LEAST = 1024;
/** Beside the symbol that leads from a node to the next number: whether others lead elsewhere. */
const MORE = 1 << 16;

/** The edges of a trie. Most nodes have one, and what was added with them comes next: a symbol says so, and lies beside those that are read
 *  after it. Others are in an open hash table: 8 bytes an edge, half of it empty. What leaves the root, and what is not ASCII, has its own. */
function createWays() {
  const first = new Int32Array(65_536);
  const others = new Map<number, number>();
  /** By node: the symbol that leads to the node behind it, if one does, and MORE. */
  let onwards = new Int32Array(LEAST);
  /** Node and symbol in one, and beside it where they lead. */
  let table = new Int32Array(LEAST * 2);
  let mask = LEAST - 1;
  let edges = 0;
  const placeOf = (key: number) => {
    const mixed = Math.imul(key, 0x9e3779b1);
    let place = (mixed ^ (mixed >>> 15)) & mask;
    while (table[place * 2 + 1] !== 0 && table[place * 2] !== key) place = (place + 1) & mask;
    return place * 2;
  };
  const put = (key: number, next: number) => {
    const place = placeOf(key);
    table[place] = key;
    table[place + 1] = next;
  };
  const double = () => {
    const small = table;
    table = new Int32Array(small.length * 2);
    mask = table.length / 2 - 1;
    for (let at = 0; at < small.length; at += 2) if (small[at + 1] !== 0) put(small[at]!, small[at + 1]!);
  };
  const elsewhere = (node: number, symbol: number) =>
    symbol < 128 ? table[placeOf((node << 7) | symbol) + 1]! : (others.get(node * 65_536 + symbol) ?? 0);
  return {
    step(node: number, symbol: number): number {
      if (node === 0) return first[symbol]!;
      const onward = onwards[node]!;
      if ((onward & 0xffff) === symbol) return node + 1;
      return onward < MORE ? 0 : elsewhere(node, symbol);
    },
    add(node: number, symbol: number, next: number) {
      if (next >= onwards.length) {
        const few = onwards;
        onwards = new Int32Array(few.length * 2);
        onwards.set(few);
      }
      if (node === 0) first[symbol] = next;
      else if (next === node + 1) onwards[node] = symbol;
      else {
        onwards[node]! |= MORE;
        if (symbol >= 128) others.set(node * 65_536 + symbol, next);
        else {
          edges++;
          if (edges * 2 > mask) double();
          put((node << 7) | symbol, next);
        }
      }
    },
  };
}
