// receipt: a lab fetches the receipt for a report, with the proof that it was kept, as one file that `verify` reads.

import { createClient, dataOf } from '@detente/client';
import { kidOf, type PublicJwk, thumbprint } from '@detente/keys';
import { type Command, Option } from 'commander';
import { publicOriginOf } from '../connection.ts';
import { CommandError } from '../errors.ts';
import { examples } from '../examples.ts';
import { parseCount } from '../numbers.ts';
import { print, printJson, printJsonText, writeNew } from '../output.ts';

type Options = {
  key?: string;
  url?: string;
  data?: string;
  update: number;
  output: string;
  json?: boolean;
};

export function addReceiptCommand(program: Command): void {
  examples(
    program
      .command('receipt <case>')
      .description('the receipt for a report of mine, with the proof that it was kept once its day is over'),
    'receipt 8e03978e-40d5-43dd-bc93-6894a57f9324 --key detente_lab_… --url https://cn.example -o report.receipt.json',
  )
    .addOption(new Option('--key <key>', 'API key of the lab that reported').env('DETENTE_LAB_KEY'))
    .addOption(new Option('--url <origin>', 'the node’s public origin').env('DETENTE_ORIGIN'))
    .option('--data <folder>', 'folder of a node that runs here')
    .option('--update <number>', 'of its follow-up with this number instead', parseCount, 0)
    .requiredOption('-o, --output <file>', 'the file; - for standard output')
    .option('--json', 'one JSON value on standard output')
    .action(run);
}

async function run(id: string, options: Options): Promise<void> {
  const { key, output } = options;
  if (key === undefined)
    throw new CommandError('usage', 'As which lab? Name its API key with --key or in DETENTE_LAB_KEY.');
  const url = options.data === undefined ? options.url : publicOriginOf(options.data);
  if (url === undefined) throw new CommandError('usage', 'Of which node? Name its origin with --url, or --data.');
  const client = createClient({ service: 'reporting', baseUrl: url, token: key });
  const params = { path: { id, number: options.update } };
  const { receipt, day } = dataOf(await client.GET('/reporting/v1/cases/{id}/receipts/{number}', { params }));
  const descriptor = await descriptorFor(url, receipt.jws);
  const { formatReceiptFile } = await import('../proofs/receipt.ts');
  const text = formatReceiptFile({ descriptor, receipt, day });
  if (output === '-') return printJsonText(text);
  writeNew(output, text);
  if (options.json) return printJson({ file: output, bytes: Buffer.byteLength(text), proven: day !== null });
  print(
    day
      ? `Written to ${output}, with the proof that it was kept.`
      : `Written to ${output}, without a proof yet: there is one when the UTC day is over and its root is in the log.`,
  );
  print(`Check it with: detente verify ${output} --report <the report as it was sent>`);
}

/** The newest descriptor that shows the key which signed the receipt: keys rotate. */
async function descriptorFor(url: string, receipt: string): Promise<string> {
  const kid = kidOf(receipt);
  const read = async (seq?: number) => {
    const query = seq === undefined ? {} : { seq };
    const exchange = createClient({ service: 'exchange', baseUrl: url });
    const reply = await exchange.GET('/.well-known/detente', { params: { query }, parseAs: 'text' });
    const jws = (dataOf(reply) as string).trim();
    // Only looked through: `verify` is what believes it or not.
    const claims = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return { jws, ...(claims as { seq: number; keys: { 'lab-receipt': { jwk: PublicJwk } } }) };
  };
  let found = await read();
  while (thumbprint(found.keys['lab-receipt'].jwk) !== kid) {
    if (found.seq <= 1)
      throw new CommandError('refused', 'No descriptor of the node shows the key that signed the receipt.');
    found = await read(found.seq - 1);
  }
  return found.jws;
}
