// verify: a dossier, a receipt or a fork, offline.

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { plain, print, printJson } from '../output.ts';

type Options = { fingerprint?: string; report?: string; json?: boolean };

export function addVerifyCommands(program: Command): void {
  examples(
    program
      .command('verify <file>')
      .description('check a dossier, a receipt or a fork with nothing but the file; needs no network'),
    'verify record.dossier.json',
    'verify record.dossier.json --fingerprint m8DEqtbp0xbPRV7tHcAZcM5g_3H_Y5aeW1G-3I1BB4k',
    'verify report.receipt.json --report report.json',
  )
    .option('--fingerprint <thumbprint>', 'of the node’s identity key, compared out of band')
    .option('--report <file>', 'the report that a receipt is for, exactly as it was sent')
    .option('--json', 'one JSON value on standard output')
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const { ProofError } = await import('../proofs/proof-file.ts');
  const { isReceiptFile } = await import('../proofs/receipt.ts');
  const { isForkFile } = await import('../proofs/fork.ts');
  try {
    const bytes = readFileSync(file);
    if (isReceiptFile(bytes)) await verifyReceipt(file, bytes, options);
    else if (isForkFile(bytes)) await verifyForked(file, bytes, options);
    else await verifyRecord(file, bytes, options);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    const { code, place, message } = error;
    if (options.json) printJson({ ok: false, code, place, reason: message });
    throw new CommandError('refused', `${file} proves nothing: ${message}, at ${place}.`, { cause: error });
  }
}

async function verifyRecord(file: string, bytes: Buffer, { fingerprint, json }: Options): Promise<void> {
  const { explainDossier, verifyDossier } = await import('../proofs/dossier.ts');
  const verified = await verifyDossier(bytes, fingerprint);
  const words = explainDossier(verified);
  const { record, log } = verified;
  if (json) return printJson({ ...facts(verified), record, log, ...inJson(words) });
  print(`✓ ${file} proves itself.`);
  printWords(words);
  print('\nThe record:');
  for (const [name, value] of Object.entries(record.fields))
    print(`  ${name.padEnd(20)} ${plain(typeof value === 'string' ? value : JSON.stringify(value), 100)}`);
}

async function verifyReceipt(file: string, bytes: Buffer, { fingerprint, report, json }: Options): Promise<void> {
  if (report === undefined)
    throw new CommandError('usage', 'A receipt is for a report: name it with --report, exactly as it was sent.');
  const { explainReceipt, verifyReceiptFile } = await import('../proofs/receipt.ts');
  const verified = await verifyReceiptFile(bytes, readFileSync(report), fingerprint);
  const words = explainReceipt(verified, new Date().toISOString().slice(0, 10));
  const { day, kept } = verified;
  if (json) return printJson({ ...facts(verified), day, kept: kept ?? null, ...inJson(words) });
  print(kept ? `✓ ${file} proves itself.` : `✓ ${file} is a promise that its node signed; no proof that it was kept.`);
  printWords(words);
}

async function verifyForked(file: string, bytes: Buffer, { fingerprint, json }: Options): Promise<void> {
  const { explainFork, verifyForkFile } = await import('../proofs/fork.ts');
  const verified = await verifyForkFile(bytes, fingerprint);
  const words = explainFork(verified);
  const { smaller, larger, root } = verified;
  if (json) return printJson({ ...facts(verified), smaller, larger, root, ...inJson(words) });
  print(`✓ ${file} proves that a log has forked.`);
  printWords(words);
}

type Verified = { descriptor: { iss: string }; fingerprint: string; pinned: boolean };

function facts({ descriptor, fingerprint, pinned }: Verified) {
  return { ok: true, origin: descriptor.iss, fingerprint, pinned };
}

type Words = { proven: string[]; notProven: string[] };

function inJson({ proven, notProven }: Words) {
  return { proven, not_proven: notProven };
}

function printWords({ proven, notProven }: Words): void {
  print('\nProven:');
  for (const line of proven) print(`  • ${line}`);
  print('\nNot proven:');
  for (const line of notProven) print(`  • ${line}`);
}
