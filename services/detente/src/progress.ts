// Progress on standard error: a bar on a terminal, one plain line a second anywhere else.

import { progress as bar } from '@clack/prompts';

export type Progress = {
  /** @param done of the total */
  at(done: number, message: string): void;
  end(message: string): void;
  fail(message: string): void;
};

export function startProgress(total: number, message: string): Progress {
  return process.stderr.isTTY ? onTerminal(total, message) : inLines(total, message);
}

function onTerminal(total: number, message: string): Progress {
  const shown = bar({ style: 'heavy', max: Math.max(1, total), size: 32, output: process.stderr });
  let last = 0;
  shown.start(message);
  return {
    at(done, text) {
      shown.advance(Math.max(0, done - last), `${text} ${done}/${total}`);
      last = Math.max(last, done);
    },
    end: (text) => shown.stop(text),
    fail: (text) => shown.error(text),
  };
}

function inLines(total: number, message: string): Progress {
  const line = (text: string) => process.stderr.write(`${text}\n`);
  let spoken = Date.now();
  line(message);
  return {
    at(done, text) {
      if (Date.now() - spoken < 1_000) return;
      spoken = Date.now();
      line(`${text} ${done}/${total}`);
    },
    end: line,
    fail: line,
  };
}
