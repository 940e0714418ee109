// Stands in for tap in the test files of a mutated package: their tests are kept here and run as often as there are mutants.
import { type Test, Test as TestClass } from 'tap';

type Body = (t: Test) => unknown;

/** Name of a test, which is also its id, and what it does. */
export const tests = new Map<string, Body>();

export function test(name: string, body: Body): void {
  if (tests.has(name)) throw new Error(`Two tests of the package are called ${name}`);
  tests.set(name, body);
}

/** Runs a test by tap, in this process. What it throws late or leaves rejected fails it too. */
export async function passes(name: string): Promise<boolean> {
  const root = new TestClass({ name });
  root.resume();
  root.test(name, (t) => tests.get(name)!(t as Test));
  root.end();
  await root.concat();
  return root.passing();
}
