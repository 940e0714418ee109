// An import: files of a registry, read here into cases, and sent to a node in pieces. What the node knows already it says so,
// so that an interrupted import is simply run again.

import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createClient, ProblemError } from '@detente/client';
import type { BatchLine, Report } from '@detente/contract/reporting';
import {
  COMPANIONS,
  detectFormat,
  type ImportedCase,
  type ImportFile,
  type ImportResult,
  InteropError,
  importFiles,
  MAX_FILE_LENGTH,
  type Registry,
} from '@detente/interop';
import { CommandError } from './errors.ts';
import { patiently } from './patience.ts';

/** Lines of one request: small enough that an interruption loses little. */
const PIECE = 100;
/** Ms for which one piece is tried while the node is not there or busy. */
const PATIENCE = 60_000;

export type Refused = { by: 'importer' | 'node'; row: string; code: string; detail: string };
export type ImportReport = {
  registry: string;
  attribution: string;
  /** Cases that the importer read. */
  read: number;
  imported: number;
  known: number;
  /** In a dry run: cases that the node would take. */
  valid: number;
  refused: Refused[];
};

/** The files, with those that belong beside them, by registry; a folder stands for what it and its folders hold. Nothing that
 *  stands in a file is followed, and of a folder no link: it may come from anybody.
 *  @throws InteropError, CommandError `usage` */
export function readImports(paths: readonly string[]): ImportResult[] {
  const files = new Map<string, ImportFile>();
  const registries = new Map<string, Registry>();
  const read = (path: string) => {
    const name = basename(path);
    if (!files.has(path)) files.set(path, { name, contents: readWhole(path) });
    return files.get(path)!;
  };
  for (const path of paths.flatMap(filesAt)) {
    const { name, contents } = read(path);
    const format = detectFormat(name, Buffer.from(contents).subarray(0, 8192).toString('utf8'));
    if (format === undefined)
      throw new CommandError('usage', `${path} is no file of AIID, AVID or ATLAS: name one that is.`);
    const registry = format.split('/')[0] as Registry;
    registries.set(path, registry);
    for (const companion of COMPANIONS[format] ?? []) {
      const beside = join(dirname(path), companion);
      const isThere = lstatSync(beside, { throwIfNoEntry: false })?.isFile() === true;
      if (!isThere || [...files.keys()].some((known) => basename(known) === basename(beside))) continue;
      read(beside);
      registries.set(beside, registry);
    }
  }
  if (files.size === 0)
    throw new CommandError('usage', `${paths.join(' ')} holds no file of AIID, AVID or ATLAS: name one that does.`);
  return [...Map.groupBy(files.keys(), (path) => registries.get(path)!).values()].map((group) =>
    importFiles(group.map((path) => files.get(path)!)),
  );
}

function filesAt(path: string): string[] {
  const full = resolve(path);
  const named = statSync(full);
  if (named.isFile()) return [full];
  if (!named.isDirectory())
    throw new CommandError('usage', `${path} is neither a file nor a folder: name one that is.`);
  return filesBelow(full)
    .filter((file) => detectFormat(basename(file), readHead(file)) !== undefined)
    .sort();
}

/** `readdirSync` itself would go on behind links. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function readHead(file: string): string {
  const head = Buffer.alloc(8192);
  const opened = openSync(file, 'r');
  try {
    return head.subarray(0, readSync(opened, head)).toString('utf8');
  } finally {
    closeSync(opened);
  }
}

/** @throws InteropError `file_too_large`, before a byte of it is read */
function readWhole(path: string): Buffer {
  if (statSync(path).size > MAX_FILE_LENGTH) throw new InteropError('file_too_large', basename(path));
  return readFileSync(path);
}

/** Sends the cases to reporting.
 *  @param options.url the node's public origin
 *  @param onProgress called with how many were answered
 *  @throws ProblemError when the node refuses the whole or stays away */
export async function sendCases(
  result: ImportResult,
  options: { url: string; key: string; dryRun: boolean; signal?: AbortSignal; onProgress: (done: number) => void },
): Promise<ImportReport> {
  const report: ImportReport = {
    registry: result.registry,
    attribution: result.cases[0]?.source.attribution ?? '',
    read: result.cases.length,
    imported: 0,
    known: 0,
    valid: 0,
    refused: result.refused.map(({ row, source_id, code, detail }) => ({
      by: 'importer',
      row: source_id ?? `row ${row}`,
      code,
      detail,
    })),
  };
  for (let start = 0; start < result.cases.length; start += PIECE) {
    const piece = result.cases.slice(start, start + PIECE);
    const answers = await patiently(() => sendPiece(piece, options), { within: PATIENCE, signal: options.signal });
    count(report, piece, answers);
    options.onProgress(Math.min(start + PIECE, result.cases.length));
  }
  return report;
}

function count(report: ImportReport, piece: readonly ImportedCase[], answers: readonly BatchLine[]): void {
  for (const answer of answers) {
    if (answer.status === 'received') report.imported++;
    else if (answer.status === 'known') report.known++;
    else if (answer.status === 'valid') report.valid++;
    else {
      const first = answer.errors?.[0];
      const detail = first ? `${first.pointer} ${first.detail}` : (answer.detail ?? '');
      report.refused.push({
        by: 'node',
        row: piece[answer.line - 1]?.key ?? '',
        code: answer.code ?? 'refused',
        detail,
      });
    }
  }
}

/** One request: NDJSON there and back, an answer a line. */
async function sendPiece(
  piece: readonly ImportedCase[],
  { url, key, dryRun }: { url: string; key: string; dryRun: boolean },
): Promise<BatchLine[]> {
  const body = piece.map((one) => `${JSON.stringify(reportOf(one))}\n`).join('');
  const client = createClient({ service: 'reporting', baseUrl: url, token: key, timeout: 120_000 });
  const { data } = await client.POST('/reporting/v1/cases/batch', {
    params: { query: { dry_run: dryRun } },
    headers: { 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson, application/problem+json' },
    body: body as never,
    bodySerializer: (text: unknown) => text as string,
    parseAs: 'text',
  });
  const lines = String(data)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BatchLine);
  if (lines.length !== piece.length) throw new ProblemError(0, { title: 'The answer broke off' });
  return lines;
}

function reportOf({ fields, parties, source, proposals }: ImportedCase): Report {
  return { fields, parties, source, proposals } as Report;
}
