// Randomness that can be had again: AES-256-CTR under a seed.
import { createCipheriv, hash } from 'node:crypto';
import type { RandomBytes } from '@detente/tlog';

export type Dice = {
  bytes: RandomBytes;
  /** Evenly from 0 to below - 1. */
  below(below: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  shuffle<T>(items: T[]): T[];
};

const CHUNK = 8192;
const zeros = Buffer.alloc(CHUNK);

export function diceOf(seed: string): Dice {
  const cipher = createCipheriv('aes-256-ctr', hash('sha256', seed, 'buffer'), Buffer.alloc(16));
  let chunk = Buffer.alloc(0);
  function bytes(count: number): Buffer {
    if (count > CHUNK) return cipher.update(Buffer.alloc(count));
    if (chunk.length < count) chunk = cipher.update(zeros);
    const taken = chunk.subarray(0, count);
    chunk = chunk.subarray(count);
    return taken;
  }
  const below = (limit: number) => Math.floor((bytes(6).readUIntBE(0, 6) / 2 ** 48) * limit);
  return {
    bytes,
    below,
    once: (times) => below(times) === 0,
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [items[i], items[j]] = [items[j]!, items[i]!];
      }
      return items;
    },
  };
}
