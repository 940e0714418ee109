// Sends one service requests after its contract, and holds every answer against it.
import fc from 'fast-check';
import { addressed, addressOf, checkerOf, codeOf, type Fault, NO_OPERATION, parse } from './check.ts';
import type { Contract } from './document.ts';
import { Memory } from './memory.ts';
import { type Examples, type Plan, plans, requestOf } from './requests.ts';
import { type Authorize, curlOf, fieldsOf, Sender } from './send.ts';

export type Target = {
  contract: Contract;
  /** Where the service listens. */
  base: string;
  authorize: Authorize;
  examples: Examples;
  /** Values that no request shall name. */
  hidden?: readonly string[];
};

/** Answers of one operation, by status and, if there is one, problem code. */
export type Counts = Map<string, number>;

/** A fault with the smallest request that was found for it. `path` is fast-check's. */
export type Failure = Fault & { seed: number; path: string; curl: string; answer: string };

export type ContractReport = {
  /** Requests, those with which a fault was made small among them. */
  sent: number;
  /** Answers by operation, and those of addresses and methods that no operation has. */
  byOperation: Map<string, Counts>;
  failures: Failure[];
  /** How often each fault was seen, also after it was told of. */
  faults: Map<string, number>;
};

/** Kinds of faults that are made small and told of; what comes then is only counted. */
const TOLD = 40;

/** Sends requests to a service and checks every answer. A kind of fault is told of once; then the run goes on.
 *  @param options.seed of the requests; what they name depends on the answers before them */
export async function fuzzContract(
  target: Target,
  options: { requests: number; seed: number },
): Promise<ContractReport> {
  const run = new Run(target);
  try {
    await run.look();
    for (let round = 0; run.report.sent < options.requests; round++) await run.goOn(options, options.seed + round);
  } finally {
    run.close();
  }
  return run.report;
}

class FaultError extends Error {
  readonly faults: readonly Fault[];
  readonly curl: string;
  readonly answer: string;
  constructor(faults: readonly Fault[], curl: string, answer: string) {
    super(faults.map(({ kind }) => kind).join(', '));
    this.faults = faults;
    this.curl = curl;
    this.answer = answer;
  }
}

class Run {
  readonly report: ContractReport = { sent: 0, byOperation: new Map(), failures: [], faults: new Map() };
  readonly #target: Target;
  readonly #plans: fc.Arbitrary<Plan>;
  readonly #check: ReturnType<typeof checkerOf>;
  readonly #memory: Memory;
  readonly #sender: Sender;
  readonly #told = new Set<string>();
  /** The fault that is being made small. */
  #pursued: string | undefined;

  constructor(target: Target) {
    this.#target = target;
    this.#plans = plans(target.contract, target.examples);
    this.#check = checkerOf(target.contract);
    this.#memory = new Memory(target.hidden);
    this.#sender = new Sender(target.base);
    for (const { id } of target.contract.operations) this.report.byOperation.set(id, new Map());
  }

  /** Sends what is left of the requests, until a kind of fault is met that is not known. */
  async goOn({ requests }: { requests: number }, seed: number): Promise<void> {
    this.#pursued = undefined;
    const property = fc.asyncProperty(this.#plans, (plan) => this.#try(plan));
    const result = await fc.check(property, { numRuns: requests - this.report.sent, seed });
    if (!result.failed) return;
    const { errorInstance: error, counterexamplePath: path } = result;
    if (!(error instanceof FaultError)) throw error;
    const fault = error.faults.find(({ kind }) => kind === this.#pursued)!;
    this.#told.add(fault.kind);
    this.report.failures.push({ ...fault, seed, path: path ?? '', curl: error.curl, answer: error.answer });
  }

  /** Asks for all that needs no name, so that names are known. */
  async look(): Promise<void> {
    for (const operation of this.#target.contract.operations) {
      if (operation.method !== 'GET' || operation.path.includes('{')) continue;
      const credential = operation.secured ? ('right' as const) : ('absent' as const);
      const bare = { path: [], query: [], tail: '', headers: [], body: undefined };
      // A fault is told of when it is met again: then it is made small.
      await this.#try({ operation, method: 'GET', credential, ...bare }).catch(() => undefined);
    }
  }

  close(): void {
    this.#sender.close();
  }

  async #try(plan: Plan): Promise<void> {
    const request = requestOf(plan, this.#memory);
    const { base, authorize, contract } = this.#target;
    const fields = fieldsOf(request, base, authorize);
    this.report.sent += 1;
    let shown = '';
    let faults: Fault[];
    try {
      const answer = await this.#sender.send(request, fields);
      faults = this.#check(request, answer);
      shown = `${answer.status} ${answer.headers['content-type']} ${answer.body.toString().slice(0, 1000)}`;
      const { operation } = addressed(contract, request);
      this.#count(operation?.id ?? NO_OPERATION, [answer.status, codeOf(answer.body) ?? ''].join(' ').trim());
      if (answer.status < 300 && operation)
        this.#memory.keep(addressOf(request.path), answer.headers.etag, parse(answer.body));
    } catch (error) {
      faults = [{ kind: `${plan.operation.id}: no answer`, detail: String(error) }];
    }
    this.#tell(faults, () => curlOf(request, base, fields), shown);
  }

  #count(operation: string, outcome: string): void {
    const counts: Counts = this.report.byOperation.get(operation) ?? new Map();
    this.report.byOperation.set(operation, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
  }

  #tell(faults: readonly Fault[], curl: () => string, answer: string): void {
    for (const { kind } of faults) this.report.faults.set(kind, (this.report.faults.get(kind) ?? 0) + 1);
    const fresh = faults.filter(({ kind }) =>
      this.#pursued === undefined ? !this.#told.has(kind) && this.#told.size < TOLD : kind === this.#pursued,
    );
    if (fresh.length === 0) return;
    this.#pursued ??= fresh[0]!.kind;
    throw new FaultError(fresh, curl(), answer);
  }
}
