// The command line: every command with its options, examples and exit codes.

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addBundleCommands } from './commands/bundle.ts';
import { addCaseCommands } from './commands/cases.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addImportCommand } from './commands/import.ts';
import { addKeyCommands } from './commands/keys.ts';
import { addLabCommands } from './commands/labs.ts';
import { addLedgerCommands } from './commands/ledger.ts';
import { addMonitorCommand } from './commands/monitor.ts';
import { addNodeCommands } from './commands/node.ts';
import { addNoticeCommands } from './commands/notices.ts';
import { addOfferCommands } from './commands/offers.ts';
import { addPeerCommands } from './commands/peers.ts';
import { addReceiptCommand } from './commands/receipts.ts';
import { addTermsCommand } from './commands/terms.ts';
import { addTokenCommands } from './commands/tokens.ts';
import { addVerifyCommands } from './commands/verify.ts';
import { EXIT } from './errors.ts';

const exitCodes = Object.values(EXIT)
  .map(({ code, meaning }) => `  ${String(code).padStart(2)}  ${meaning}`)
  .join('\n');

/** The program, not yet run. It throws CommanderError instead of ending the process. */
export function buildProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const program = new Command('detente')
    .description('National AI-safety agencies that do not trust each other warn each other.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help tells more)')
    .configureHelp({ sortSubcommands: false });
  addDemoCommand(program);
  addNodeCommands(program);
  addPeerCommands(program);
  addOfferCommands(program);
  addTermsCommand(program);
  addLedgerCommands(program);
  addLabCommands(program);
  addTokenCommands(program);
  addImportCommand(program);
  addReceiptCommand(program);
  addCaseCommands(program);
  addNoticeCommands(program);
  addBundleCommands(program);
  addKeyCommands(program);
  addVerifyCommands(program);
  addMonitorCommand(program);
  finish(program);
  program.addHelpText(
    'after',
    `
Set up a node:
  $ detente init --data ./cn --origin https://cn.example --name cn
  $ detente start --data ./cn
  $ detente doctor --data ./cn`,
  );
  return program;
}

/** What holds for every command below. */
function finish(command: Command): void {
  command.addHelpText('afterAll', `\nExit codes:\n${exitCodes}`);
  const inherit = (parent: Command) => {
    for (const child of parent.commands) {
      child.exitOverride();
      inherit(child);
    }
  };
  inherit(command);
}
