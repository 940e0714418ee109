// Runs a bench by its name. npm run bench -- NAME [--json] [options of the bench]
import { game } from './game.ts';
import { intake } from './intake.ts';
import { log } from './log.ts';
import { page } from './page.ts';
import { redaction } from './redaction.ts';
import { release } from './release.ts';
import type { Bench } from './row.ts';
import { simulate } from './simulate.ts';
import { wire } from './wire.ts';

const benches: Record<string, Bench> = { game, intake, log, page, redaction, release, simulate, wire };

const [name = '', ...rest] = process.argv.slice(2).filter((arg) => arg !== '--json');
const asJson = process.argv.includes('--json');
const bench = benches[name];
if (bench === undefined) {
  console.error(`Name a bench: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const rows = await bench(rest, (line) => console.error(line)).catch((error) => {
  if (!`${error.code}`.startsWith('ERR_PARSE_ARGS_')) throw error;
  console.error(`${error.message}. bench/README.md has the options of each bench.`);
  process.exit(2);
});
if (asJson) console.log(JSON.stringify(rows));
else console.table(rows.map(({ name, unit, ours, bound }) => ({ name, unit, ours, bound })));
