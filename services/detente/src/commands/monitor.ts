// monitor: follows a node's log from outside, and keeps what it has verified.

import type { Command } from 'commander';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import type { Finding, WatchOptions } from '../monitor/watch.ts';
import { parseCount } from '../numbers.ts';
import { plain, print, printJson } from '../output.ts';

type Options = {
  fingerprint?: string;
  once?: boolean;
  every: number;
  stale: number;
  alarm?: string;
  json?: boolean;
};

export function addMonitorCommand(program: Command): void {
  examples(
    program
      .command('monitor <origin> <folder>')
      .description('follow any node’s log: every entry, tile and checkpoint is verified, and kept in a folder')
      .addHelpText(
        'after',
        '\nThe folder has the files of C2SP tlog-tiles: any web server can serve it as the log. Evidence of a fork is kept in it too.',
      ),
    'monitor https://cn.example ./cn-log --once',
    'monitor https://cn.example ./cn-log --fingerprint m8DEqtbp0xbPRV7tHcAZcM5g_3H_Y5aeW1G-3I1BB4k --alarm ./page-me.sh',
  )
    .option('--fingerprint <thumbprint>', 'of the node’s identity key, compared out of band')
    .option('--once', 'look once; the exit code says whether all was well')
    .option('--every <seconds>', 'from one look to the next', parseCount, 60)
    .option('--stale <seconds>', 'without a new checkpoint, that are an alarm', parseCount, 600)
    .option('--alarm <program>', 'is run for each alarm, with the sentence as its one argument')
    .option('--json', 'one JSON value on standard output for each look')
    .action(run);
}

async function run(origin: string, folder: string, options: Options): Promise<void> {
  if (!/^https?:\/\/[^/?#\s]+$/.test(origin))
    throw new CommandError('usage', `${plain(origin)} is no origin: name it as https://cn.example, without a path.`);
  const { once = false, json = false } = options;
  const { untilStopped } = await import('../stopping.ts');
  const { watch } = await import('../monitor/watch.ts');
  const ask: WatchOptions = {
    origin,
    folder,
    fingerprint: options.fingerprint,
    everyMs: options.every * 1000,
    staleMs: options.stale * 1000,
    alarm: options.alarm,
    tell: (finding) => (json ? printJson(finding) : printFinding(finding)),
  };
  if (!once) {
    await watch(ask, untilStopped());
    return;
  }
  const { code, message } = (await watch(ask)) ?? {};
  if (code === undefined) return;
  if (code === 'folder_failed') throw new CommandError('setup', `${message}.`);
  throw new CommandError(code === 'unreachable' || code === 'stopped' ? 'unreachable' : 'refused', `${message}.`);
}

/** One line for a look that found something. */
function printFinding({ at, log, size, added, cosigned, alarm }: Finding): void {
  const time = at.slice(0, 19).replace('T', ' ');
  const evidence = alarm?.evidence ? ` Evidence: ${alarm.evidence}` : '';
  const seen = cosigned === undefined ? 'it shows none as witnessed' : `it shows ${cosigned} as witnessed`;
  if (alarm) print(`${time}  ALARM  ${plain(alarm.message, 1000)}.${evidence}`);
  // Nothing new is nothing to read.
  else if (added !== 0) print(`${time}  ${log}: ${size} entries, ${added} new, all verified; ${seen}`);
}
