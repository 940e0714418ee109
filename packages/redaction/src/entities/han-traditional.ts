// Traditional characters as simplified ones, which all lists have: one for one, so that offsets hold.
import { readFileSync } from 'node:fs';
import { unitAt } from '../units.ts';

const HAN = /[\u3400-\u9fff]/;
/** By the code of a character: its simplified one, or 0. */
let table: Uint16Array | undefined;

/** The same text, as long, with each traditional character as its simplified one. */
export function simplified(text: string): string {
  if (!HAN.test(text)) return text;
  table ??= readTable();
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = table[unitAt(text, at)]!;
    if (code === 0) continue;
    out += text.slice(from, at) + String.fromCharCode(code);
    from = at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Groups of a simplified character and those that are written for it. */
function readTable(): Uint16Array {
  const codes = new Uint16Array(65_536);
  const url = new URL('../../data/entities/han-traditional.txt', import.meta.url);
  for (const [simple = '', ...others] of readFileSync(url, 'utf8')
    .split(/\s+/)
    .map((group) => Array.from(group))) {
    for (const other of others) codes[other.charCodeAt(0)] = simple.charCodeAt(0);
  }
  return codes;
}
