// Stands in for tap in the test files of a mutated package: their tests are kept here and run as often as there are mutants.
import { type Test, Test as TestClass } from 'tap';

type Body = (t: Test) => unknown;

/** What each test does, by its id: its name, with a number where others of the package have it too. */
export const tests = new Map<string, Body>();

export function test(name: string, body: Body): void {
  let id = name;
  for (let nth = 2; tests.has(id); nth++) id = `${name} (${nth})`;
  tests.set(id, body);
}

/** Runs a test by tap, in this process. What it throws late or leaves rejected fails it too. */
export async function passes(id: string): Promise<boolean> {
  const root = new TestClass({ name: id });
  root.resume();
  root.test(id, (t) => tests.get(id)!(t as Test));
  root.end();
  await root.concat();
  return root.passing();
}
