// References in case studies (`{{victim_research.id}}`) to the numbers of ATLAS (`AML.T0000`), by way of ATLAS.yaml.
import { isObject } from './object-reader.ts';

export type AtlasMatrix = {
  /** Number of a tactic or technique from a reference or a number; undefined when it is not known. */
  resolve(reference: unknown): string | undefined;
  nameOf(number: string | undefined): string | undefined;
};

/** ATLAS.yaml does not have the names that the references use. But it has the same case studies, resolved: a name's number is the
 *  one at the same step of the same case study. A name that would get two numbers gets none.
 *  @param matrix ATLAS.yaml as data
 *  @param studies case studies with references, as data */
export function readMatrix(matrix: unknown, studies: readonly unknown[]): AtlasMatrix {
  const names = namesByNumber(matrix);
  const resolvedStudies = new Map(list(matrix, 'case-studies').map((study) => [member(study, 'id'), study]));
  const numbers = new Map<string, string | null>();
  for (const study of studies) {
    const steps = list(study, 'procedure');
    const resolved = list(resolvedStudies.get(member(study, 'id')), 'procedure');
    if (steps.length !== resolved.length) continue;
    for (const [at, step] of steps.entries()) {
      for (const kind of ['tactic', 'technique']) learn(numbers, member(step, kind), member(resolved[at], kind));
    }
  }
  return {
    resolve(reference) {
      if (typeof reference !== 'string') return undefined;
      if (isNumber(reference)) return reference;
      return numbers.get(reference) ?? undefined;
    },
    nameOf: (number) => (number === undefined ? undefined : names.get(number)),
  };
}

/** Our type has numbers of techniques as ATLAS gives them: `AML.T0043`, `AML.T0043.003`. */
export function techniqueNumber(number: string | undefined): string | undefined {
  return number !== undefined && /^AML\.T\d{4}(\.\d{3})?$/.test(number) ? number : undefined;
}

function learn(numbers: Map<string, string | null>, reference: unknown, number: unknown): void {
  if (typeof reference !== 'string' || typeof number !== 'string' || !isNumber(number)) return;
  if (!/^\{\{[a-z0-9_]+\.id\}\}$/.test(reference)) return;
  const known = numbers.get(reference);
  numbers.set(reference, known === undefined || known === number ? number : null);
}

function isNumber(text: string): boolean {
  return /^AML\.TA?\d{4}(\.\d{3})?$/.test(text);
}

function namesByNumber(matrix: unknown): Map<string, string> {
  const names = new Map<string, string>();
  for (const part of list(matrix, 'matrices')) {
    for (const entry of [...list(part, 'tactics'), ...list(part, 'techniques')]) {
      const [number, name] = [member(entry, 'id'), member(entry, 'name')];
      if (typeof number === 'string' && typeof name === 'string') names.set(number, name);
    }
  }
  return names;
}

function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function list(value: unknown, name: string): unknown[] {
  const items = member(value, name);
  return Array.isArray(items) ? items : [];
}
