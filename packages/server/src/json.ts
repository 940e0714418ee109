// JSON from strangers (RFC 8259 within I-JSON, RFC 7493): what two parsers could read differently is refused.

import { isUtf8 } from 'node:buffer';
import type { FieldProblem } from '@detente/contract';
import { isJsonWithin } from '@detente/schema';
import { problem } from './problem.ts';

export type JsonLimits = {
  /** Deepest nesting of arrays and objects. */
  maxDepth: number;
  /** Most values (strings, numbers, literals, arrays, objects), members' names not counted. */
  maxValues: number;
};

export const defaultJsonLimits: JsonLimits = { maxDepth: 32, maxValues: 20_000 };

const maxFaults = 100;
const quote = 0x22;
const backslash = 0x5c;

/** The value of a JSON text. Strings come out exactly as sent, numbers only if a double holds them.
 *  @param bytes UTF-8, without a byte order mark
 *  @throws ProblemError `malformed_json` when it does not parse; `validation_failed` with the pointers of duplicate
 *  members (RFC 7493 §2.3), members called `__proto__`, NUL and lone surrogates (§2.1), numbers that a double would
 *  change (§2.2), and what is deeper or more than the limits */
export function parseJson(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): unknown {
  if (!isUtf8(bytes)) throw problem('malformed_json', { detail: 'not UTF-8' });
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const asked = { ...defaultJsonLimits, ...limits };
  // Before any are made: a megabyte of `[],` has twenty times as many as a body may have. An empty list counts twice here.
  if (!isJsonWithin(text, { values: 2 * asked.maxValues, depth: Number.POSITIVE_INFINITY }))
    throw problem('validation_failed', { errors: [tooMany(asked, '')] });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem('malformed_json');
  }
  const errors = new Scan(text, asked).faults();
  if (errors.length > 0) throw problem('validation_failed', { errors });
  return value;
}

function tooMany({ maxValues }: JsonLimits, pointer: string): FieldProblem {
  return { in: 'body', pointer, code: 'too_many_values', detail: `is more than ${maxValues} values` };
}

type Frame = { names: Set<string> | null; at: string | number; nameNext: boolean };

/** One pass over a text that is known to be grammatical; it sees what JSON.parse does not tell. */
class Scan {
  private readonly text: string;
  private readonly limits: JsonLimits;
  private readonly found: FieldProblem[] = [];
  private readonly stack: Frame[] = [];
  private values = 0;
  private position = 0;

  constructor(text: string, limits: JsonLimits) {
    this.text = text;
    this.limits = limits;
  }

  faults(): FieldProblem[] {
    while (this.position < this.text.length && this.found.length < maxFaults) {
      if (!this.step(this.text[this.position]!)) break;
    }
    return this.found;
  }

  /** Takes one token; false ends the scan. */
  private step(char: string): boolean {
    const frame = this.stack.at(-1);
    if (char === '"') return this.string(frame);
    if (char === '{' || char === '[') return this.open(char === '{');
    if (char === '-' || (char >= '0' && char <= '9')) return this.number();
    if (char === 't' || char === 'n') return this.literal(4);
    if (char === 'f') return this.literal(5);
    if (char === '}' || char === ']') this.stack.pop();
    if (char === ',' && frame) {
      if (frame.names) frame.nameNext = true;
      else frame.at = (frame.at as number) + 1;
    }
    this.position += 1;
    return true;
  }

  private open(isObject: boolean): boolean {
    this.stack.push({ names: isObject ? new Set() : null, at: isObject ? '' : 0, nameNext: isObject });
    this.position += 1;
    if (this.stack.length <= this.limits.maxDepth) return this.counted();
    this.stack.pop();
    this.fault('too_deep', `is nested deeper than ${this.limits.maxDepth}`);
    return false;
  }

  private string(frame: Frame | undefined): boolean {
    const start = this.position;
    this.position = this.endOfString(start);
    const token = this.text.slice(start, this.position);
    if (frame?.names && frame.nameNext) {
      this.name(frame, token);
      return true;
    }
    this.characters(token);
    return this.counted();
  }

  private characters(token: string): void {
    if (!/\\u(0000|[dD][89a-fA-F])/.test(token)) return;
    const value: string = JSON.parse(token);
    if (value.includes('\0')) this.fault('character_refused', 'contains NUL');
    if (!value.isWellFormed()) this.fault('character_refused', 'contains a lone surrogate');
  }

  private name(frame: Frame, token: string): void {
    const name: string = token.includes('\\') ? JSON.parse(token) : token.slice(1, -1);
    frame.nameNext = false;
    frame.at = name;
    if (frame.names!.has(name)) this.fault('duplicate_member', 'is there twice');
    if (name === '__proto__') this.fault('member_refused', 'may not be called so');
    frame.names!.add(name);
    this.characters(token);
  }

  private endOfString(start: number): number {
    let at = start + 1;
    for (;;) {
      const char = this.text.charCodeAt(at);
      if (char === quote) return at + 1;
      at += char === backslash ? 2 : 1;
    }
  }

  private number(): boolean {
    const pattern = /-?([0-9]+)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
    pattern.lastIndex = this.position;
    const [token, whole, fraction, exponent] = pattern.exec(this.text)!;
    this.position = pattern.lastIndex;
    const value = Number(token);
    const vanished = value === 0 && /[1-9]/.test(whole! + (fraction ?? ''));
    const rounded = exponent === undefined && Math.abs(value) > Number.MAX_SAFE_INTEGER;
    if (!Number.isFinite(value) || vanished || rounded) this.fault('number_refused', 'is not a number that is kept');
    return this.counted();
  }

  private literal(length: number): boolean {
    this.position += length;
    return this.counted();
  }

  private counted(): boolean {
    this.values += 1;
    if (this.values <= this.limits.maxValues) return true;
    this.found.push(tooMany(this.limits, this.pointer()));
    return false;
  }

  private fault(code: string, detail: string): void {
    this.found.push({ in: 'body', pointer: this.pointer(), code, detail });
  }

  private pointer(): string {
    return this.stack
      .map(({ at }) => `/${String(at).slice(0, 256).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
  }
}
