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

/** Looks until it is told to stop, which ends a look that is under way; once when nothing is given that tells.
 *  @returns the alarm of the last look */
export async function watch(options: WatchOptions, stopped?: Promise<unknown>): Promise<Finding['alarm']> {
  const end = new AbortController();
  void stopped?.then(() => end.abort());
  const client = openLog(options.origin, end.signal);
  const alive = watchGrowth(options);
  const source = { client, folder: openLogFolder(options.folder), moved: alive.moved, accepted: [] };
  const raise = raiseOnce(options);
  let found: Alarm;
  const raiseMeanwhile: Raise = (seen, alarms) => raise(seen, [found, ...alarms]);
  try {
    for (;;) {
      const finding = await alive.while(() => lookOnce({ ...options, ...source }), raiseMeanwhile);
      if (end.signal.aborted) return undefined;
      if ((finding.added ?? 0) > 0) alive.moved();
      found = finding.alarm;
      raise(finding, [found, alive.alarm(finding)]);
      if (!stopped) return finding.alarm;
      await sleep(options.everyMs, undefined, { signal: end.signal }).catch(() => undefined);
      if (end.signal.aborted) return undefined;
    }
  } finally {
    await client.close();
  }
}

type Alarm = Finding['alarm'];
type Raise = (finding: Finding, alarms: readonly Alarm[]) => void;

/** Tells what was found; an alarm only when it did not stand before. */
function raiseOnce({ tell, alarm: program }: WatchOptions): Raise {
  let standing = new Set<string>();
  return ({ alarm: _, ...finding }, alarms) => {
    const raised = alarms.filter((alarm) => alarm !== undefined);
    if (raised.length === 0) tell(finding);
    for (const alarm of raised) {
      if (standing.has(alarm.message)) continue;
      tell({ ...finding, alarm });
      if (program !== undefined) run(program, alarm.message);
    }
    standing = new Set(raised.map(({ message }) => message));
  };
}

/** When the log was seen to grow, and the alarm when that is too long ago: also while a look lasts, since a log that answers slowly
 *  enough makes one last for ever. */
function watchGrowth({ origin, staleMs }: WatchOptions) {
  let grew = Date.now();
  let last: Pick<Finding, 'log' | 'size'> = {};

  function alarm({ log = last.log, size = last.size }: Pick<Finding, 'log' | 'size'>): Alarm {
    if (Date.now() - grew <= staleMs) return undefined;
    const since = new Date(grew).toISOString().slice(0, 19).replace('T', ' ');
    const shown =
      log === undefined ? `${origin} has shown nothing` : `${log} has ${size} entries and has shown no new one`;
    return { code: 'stale', message: `${shown} since ${since}` };
  }

  return {
    moved() {
      grew = Date.now();
    },
    alarm,
    async while(act: () => Promise<Finding>, raise: Raise): Promise<Finding> {
      const check = () => {
        const stale = alarm(last);
        if (stale) raise({ ...last, at: new Date().toISOString() }, [stale]);
        else timer = setTimeout(check, grew + staleMs - Date.now() + 1);
      };
      let timer = setTimeout(check, Math.max(0, grew + staleMs - Date.now() + 1));
      try {
        const finding = await act();
        const { log, size } = finding;
        if (log !== undefined && size !== undefined) last = { log, size };
        return finding;
      } finally {
        clearTimeout(timer);
      }
    },
  };
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
    return { at, alarm: { code, message, ...keepEvidence(monitored, `fork-${sizes.join('-')}.json`, text) } };
  }
}

/** A fork is an alarm also where its evidence cannot be kept. */
function keepEvidence({ folder }: Monitored, name: string, text: string): { evidence?: string } {
  try {
    return { evidence: folder.writeEvidence(name, text) };
  } catch (error) {
    if (!(error instanceof MonitorFault)) throw error;
    process.stderr.write(`detente: ${name} is not kept: ${error.message}; it says\n${text}\n`);
    return {};
  }
}

/** Whether the program succeeds is its own business: the alarm has been told here already. */
function run(program: string, message: string): void {
  const child = spawn(program, [message], { stdio: 'ignore', detached: true });
  child.on('error', (error) => process.stderr.write(`detente: ${program} could not be run: ${error.message}\n`));
  child.unref();
}
