// Fuzzes the services by their contracts. npm run fuzz:contract -- [--requests N] [--seed N] [--only NAME]

import {
  CONTRACTS,
  type ContractReport,
  type Counts,
  fuzzContract,
  startTargets,
} from '@detente/testkit/contract-fuzz';
import { optionsOf } from './options.ts';

const values = optionsOf({
  requests: { type: 'string', default: '100000' },
  only: { type: 'string', default: '' },
  seed: { type: 'string', default: String(Date.now() % 0x7fffffff) },
});
const [requests, seed] = [countOf(values.requests), countOf(values.seed)];
const chosen = CONTRACTS.filter((name) => name.includes(values.only));
if (chosen.length === 0) {
  console.error(`No contract is called ${values.only}. There are: ${CONTRACTS.join(', ')}`);
  process.exit(1);
}

const ends: (() => unknown)[] = [];
const each = Math.ceil(requests / chosen.length);
console.log(`${chosen.length} contracts, ${each} requests each, seed ${seed}`);
try {
  const targets = await startTargets({ teardown: (end) => ends.push(end) });
  const start = performance.now();
  const reports = await Promise.all(
    chosen.map(async (name) => [name, await fuzzContract(targets[name], { requests: each, seed })] as const),
  );
  for (const [name, report] of reports) show(name, report);
  const sent = reports.reduce((sum, [, report]) => sum + report.sent, 0);
  console.log(`${sent} requests in ${((performance.now() - start) / 1000).toFixed(0)} s`);
} finally {
  for (const end of ends.reverse()) await end();
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  console.error(`Not a number above 0: ${text}`);
  process.exit(1);
}

/** A line for each operation, then the faults, each with its smallest request. */
function show(name: string, { sent, byOperation, failures, faults }: ContractReport): void {
  console.log(`\n${name}: ${sent} requests`);
  for (const [operation, counts] of byOperation) console.log(`  ${operation.padEnd(18)} ${lineOf(counts)}`);
  for (const { kind, detail, seed, path, curl, answer } of failures) {
    console.log(`FAILED ${faults.get(kind)} times, with seed ${seed} at ${path}: ${kind} ${detail}`);
    console.log(`  ${curl}\n  ${answer}`);
  }
  const told = new Set(failures.map(({ kind }) => kind));
  for (const [kind, times] of faults) if (!told.has(kind)) console.log(`FAILED ${times} times: ${kind}`);
  if (faults.size > 0) process.exitCode = 1;
}

/** The share of the answers that were successes, and how many there were of each kind. */
function lineOf(counts: Counts): string {
  const all = [...counts].sort(([a], [b]) => a.localeCompare(b));
  const total = all.reduce((sum, [, times]) => sum + times, 0);
  const good = all.reduce((sum, [outcome, times]) => sum + (/^[23]/.test(outcome) ? times : 0), 0);
  const share = good === 0 ? 'NO SUCCESS' : `${((100 * good) / total).toFixed(1)} % good`;
  return `${share.padEnd(11)} ${all.map(([outcome, times]) => `${outcome}: ${times}`).join(', ')}`;
}
