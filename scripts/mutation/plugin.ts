// What Stryker needs to know of this repository: how its tests run, and which strings are prose.
// A mutant is switched on inside a process that stays, so that it costs milliseconds and not the start of a process.
import { readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, declareValuePlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';

const context: { [Name in keyof InstrumenterContext]: InstrumenterContext[Name] | undefined } = {};
Object.assign(globalThis, { __stryker__: context });

/** Ms: a test that takes longer is not asked about every mutant. */
const LONGEST = 5_000;

class TapInProcess {
  static inject = tokens(commonTokens.options);
  readonly #folder: string;
  /** How long each test took last, in milliseconds: the quick ones go first. */
  readonly #times = new Map<string, number>();
  #loads = 0;
  #suite!: typeof import('./tests.ts');

  constructor(options: StrykerOptions) {
    this.#folder = resolve(options.mutate[0]!.split('/src/')[0]!, 'test');
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // tap tells a parent process its time limit in words that Stryker does not understand.
    const { send } = process;
    Object.assign(process, { send: undefined });
    process.env.TAP_TIMEOUT = '0';
    this.#suite = await import('./tests.ts');
    Object.assign(process, { send });
    const url = import.meta.resolve('./tests.ts');
    const mutated = pathToFileURL(dirname(this.#folder)).href;
    registerHooks({
      resolve: (name, from, next) => {
        if (name === 'tap' && from.parentURL !== url) return { url, shortCircuit: true };
        const found = next(name, from);
        // A new address makes Node evaluate the package anew, and nothing else.
        return found.url.startsWith(mutated) ? { ...found, url: `${found.url}?${this.#loads}` } : found;
      },
    });
    // Under a mutant a property has a fraction of a second, always the same inputs, and need not find its shortest one.
    fc.configureGlobal({ seed: 7, endOnFailure: true, interruptAfterTimeLimit: 100, verbose: 0 });
  }

  async dryRun(): Promise<DryRunResult> {
    await this.#load();
    const all = await this.#run([...this.#suite.tests.keys()], false);
    return { ...all, mutantCoverage: context.mutantCoverage! };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit } = options;
    Object.assign(context, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    context.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    try {
      if (reloadEnvironment || this.#loads === 0) await this.#load();
    } catch (error) {
      return { status: MutantRunStatus.Killed, killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    }
    context.activeMutant = activeMutant.id;
    const names = testFilter ?? [...this.#suite.tests.keys()];
    const quick = names.filter((name) => (this.#times.get(name) ?? 0) < LONGEST);
    const result = await this.#run(quick, true);
    return toMutantRunResult(determineHitLimitReached(context.hitCount, context.hitLimit) ?? result);
  }

  async #load(): Promise<void> {
    this.#loads += 1;
    this.#suite.tests.clear();
    context.currentTestId = undefined;
    const files = readdirSync(this.#folder).filter((file) => file.endsWith('.test.ts'));
    for (const file of files) await import(pathToFileURL(join(this.#folder, file)).href);
  }

  async #run(names: readonly string[], bail: boolean): Promise<CompleteDryRunResult> {
    const results: TestResult[] = [];
    for (const name of names.toSorted((a, b) => (this.#times.get(a) ?? 0) - (this.#times.get(b) ?? 0))) {
      context.currentTestId = name;
      const start = performance.now();
      const passed = await this.#suite.passes(name);
      const timeSpentMs = performance.now() - start;
      this.#times.set(name, timeSpentMs);
      const about = { id: name, name, timeSpentMs };
      if (passed) results.push({ ...about, status: TestStatus.Success });
      else results.push({ ...about, status: TestStatus.Failed, failureMessage: name });
      if (!passed && bail) break;
    }
    return { status: DryRunStatus.Complete, tests: results };
  }
}

type Node = { type: string; value?: unknown; callee?: { name?: string } };
type Path = { node: Node; parentPath: Path | null };

/** A message is for people: a string with a space in it, inside `new SomeError(…)`. A code has none. */
function shouldIgnore(path: unknown): string | undefined {
  const { node, parentPath } = path as Path;
  const isText = node.type === 'TemplateLiteral' || (node.type === 'StringLiteral' && String(node.value).includes(' '));
  if (!isText) return undefined;
  for (let at = parentPath; at !== null; at = at.parentPath) {
    if (at.node.type === 'NewExpression') return /Error$/.test(at.node.callee?.name ?? '') ? 'prose' : undefined;
  }
  return undefined;
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'tap-in-process', TapInProcess),
  declareValuePlugin(PluginKind.Ignore, 'prose', { shouldIgnore }),
];
