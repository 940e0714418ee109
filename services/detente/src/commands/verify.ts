// verify: a dossier, offline.

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { plain, print, printJson } from '../output.ts';

export function addVerifyCommands(program: Command): void {
  examples(
    program.command('verify <file>').description('check a dossier with nothing but the file; needs no network'),
    'verify record.dossier.json',
    'verify record.dossier.json --fingerprint m8DEqtbp0xbPRV7tHcAZcM5g_3H_Y5aeW1G-3I1BB4k',
  )
    .option('--fingerprint <thumbprint>', 'of the node’s identity key, compared out of band')
    .option('--json', 'one JSON value on standard output')
    .action(run);
}

async function run(file: string, { fingerprint, json }: { fingerprint?: string; json?: boolean }): Promise<void> {
  const { DossierError, explainDossier, verifyDossier } = await import('../dossier.ts');
  try {
    const verified = await verifyDossier(readFileSync(file), fingerprint);
    const { proven, notProven } = explainDossier(verified);
    const { descriptor, record, log, pinned } = verified;
    if (json) {
      printJson({
        ok: true,
        origin: descriptor.iss,
        fingerprint: verified.fingerprint,
        pinned,
        record,
        log,
        proven,
        not_proven: notProven,
      });
      return;
    }
    print(`✓ ${file} proves itself.\n\nProven:`);
    for (const line of proven) print(`  • ${line}`);
    print('\nNot proven:');
    for (const line of notProven) print(`  • ${line}`);
    print('\nThe record:');
    for (const [name, value] of Object.entries(record.fields))
      print(`  ${name.padEnd(20)} ${plain(typeof value === 'string' ? value : JSON.stringify(value), 100)}`);
  } catch (error) {
    if (!(error instanceof DossierError)) throw error;
    const { code, place, message } = error;
    if (json) printJson({ ok: false, code, place, reason: message });
    throw new CommandError('refused', `${file} proves nothing: ${message}, at ${place}.`, { cause: error });
  }
}
