// Looks again and again, tells what was found, and raises an alarm once for each thing that goes wrong.

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatFork } from '../proofs/fork.ts';
import { openLog } from './log-client.ts';
import { openLogFolder } from './log-folder.ts';
import { look, type Monitored } from './look.ts';
import { type MonitorCode, MonitorFault } from './monitor-fault.ts';

/** One look. `at`: an instant of this machine's clock. */
export type Finding = {
  at: string;
  log?: string;
  size?: number;
  added?: number;
  cosigned?: number | undefined;
  alarm?: { code: MonitorCode; message: string; evidence?: string };
};

export type WatchOptions = {
  origin: string;
  folder: string;
  fingerprint: string | undefined;
  everyMs: number;
  /** Without a new checkpoint, that are an alarm; the log's rhythm is its sign of life. */
  staleMs: number;
  /** A program that is run for each alarm. */
  alarm: string | undefined;
  tell: (finding: Finding) => void;
};

/** Looks until it is told to stop; once when nothing is given that tells.
 *  @returns the alarm of the last look */
export async function watch(options: WatchOptions, stopped?: Promise<unknown>): Promise<Finding['alarm']> {
  const { everyMs, tell } = options;
  const client = openLog(options.origin);
  const monitored = { ...options, client, folder: openLogFolder(options.folder) };
  const end = new AbortController();
  void stopped?.then(() => end.abort());
  let grew = Date.now();
  let raised: string | undefined;
  let finding: Finding;
  try {
    for (;;) {
      finding = await lookOnce(monitored);
      if (finding.alarm || (finding.added ?? 0) > 0) grew = Date.now();
      else if (Date.now() - grew > options.staleMs) finding.alarm = staleAlarm(finding, grew);
      const { alarm } = finding;
      if (alarm?.message !== raised || !alarm) tell(finding);
      if (alarm && alarm.message !== raised && options.alarm !== undefined) run(options.alarm, alarm.message);
      raised = alarm?.message;
      if (!stopped || end.signal.aborted) return alarm;
      await sleep(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
      if (end.signal.aborted) return undefined;
    }
  } finally {
    await client.close();
  }
}

async function lookOnce(monitored: Monitored): Promise<Finding> {
  const at = new Date().toISOString();
  try {
    return { at, ...(await look(monitored)) };
  } catch (error) {
    if (!(error instanceof MonitorFault)) throw error;
    const { code, message, evidence } = error;
    if (!evidence) return { at, alarm: { code, message } };
    const text = formatFork(evidence);
    const sizes = [evidence.smaller, evidence.larger].map((note) => note.split('\n')[1]);
    const file = monitored.folder.writeEvidence(`fork-${sizes.join('-')}.json`, text);
    return { at, alarm: { code, message, evidence: file } };
  }
}

function staleAlarm({ log, size }: Finding, since: number): NonNullable<Finding['alarm']> {
  const from = new Date(since).toISOString().slice(0, 19).replace('T', ' ');
  return { code: 'stale', message: `${log} has ${size} entries and has shown no new one since ${from}` };
}

/** Whether the program succeeds is its own business: the alarm has been told here already. */
function run(program: string, message: string): void {
  const child = spawn(program, [message], { stdio: 'ignore', detached: true });
  child.on('error', (error) => process.stderr.write(`detente: ${program} could not be run: ${error.message}\n`));
  child.unref();
}
