// Which node a command talks to, and as whom: --url and --token, or DETENTE_URL and DETENTE_TOKEN, or --data for a node here.

import { createClient, dataOf, ProblemError } from '@detente/client';
import { type Command, Option } from 'commander';
import { CommandError } from './errors.ts';
import { findOfficerToken, findState, nodeFolder, readNode } from './node-folder.ts';

export type ConnectionOptions = { url?: string; token?: string; data?: string; json?: boolean };

/** Adds the options that every command has which talks to casework. */
export function withConnection(command: Command): Command {
  return command
    .addOption(new Option('--url <origin>', 'casework’s origin, such as http://127.0.0.1:8481').env('DETENTE_URL'))
    .addOption(new Option('--token <token>', 'an officer’s token').env('DETENTE_TOKEN'))
    .addOption(new Option('--data <folder>', 'folder of a node that runs here: both are read from it'))
    .addOption(new Option('--json', 'one JSON value on standard output'));
}

/** @throws CommandError `usage`, `setup`, `unreachable` */
export function connectCasework(options: ConnectionOptions) {
  const { url, token } = options.data === undefined ? named(options) : ofFolder(options.data, options);
  return createClient({ service: 'casework', baseUrl: url, token });
}
export type Casework = ReturnType<typeof connectCasework>;

/** Where the public side of a node that runs here answers. Its certificate is for its origin's name alone.
 *  @throws CommandError `setup`, `unreachable` */
export function publicOriginOf(data: string): string {
  const { public: port } = runningIn(data);
  const { tls, origin } = readNode(nodeFolder(data));
  return tls ? origin : `http://127.0.0.1:${port}`;
}

function named({ url, token }: ConnectionOptions): { url: string; token: string } {
  if (url === undefined)
    throw new CommandError('usage', 'Which node? Name it with --url and --token, or with --data if it runs here.');
  if (!/^https?:\/\/[^/?#]+$/.test(url))
    throw new CommandError('usage', `${url} is no origin: name it as https://casework.cn.example, without a path.`);
  if (token === undefined)
    throw new CommandError('usage', 'As whom? Name an officer’s token with --token or in DETENTE_TOKEN.');
  return { url, token };
}

function ofFolder(data: string, given: ConnectionOptions): { url: string; token: string } {
  readNode(nodeFolder(data));
  const token = given.token ?? findOfficerToken(nodeFolder(data));
  if (token === undefined)
    throw new CommandError('usage', `${data} does not keep the first officer’s token any more: name one with --token.`);
  return { url: runningIn(data).casework, token };
}

function runningIn(data: string): { public: number; casework: string } {
  const folder = nodeFolder(data);
  readNode(folder);
  const state = findState(folder);
  if (!state || state.casework === '')
    throw new CommandError('unreachable', `No node runs on ${folder.root}: run detente start --data ${data}.`);
  return state;
}

/** Makes a sentence of the answer that there is no such thing, a name that cannot be one included.
 *  @param what such as `case 17`
 *  @param hint how to find those that there are */
export async function lookingFor<T>(what: string, hint: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const isName = error.errors.length > 0 && error.errors.every(({ in: part }) => part === 'path');
    if (error.code !== 'not_found' && !isName) throw error;
    throw new CommandError('refused', `There is no ${what}: ${hint}.`, { cause: error });
  }
}

/** @returns the error for a peer that nobody knows */
export async function unknownPeer(client: Casework, name: string): Promise<CommandError | undefined> {
  const names = dataOf(await client.GET('/casework/v1/peers')).items.map((peer) => peer.name);
  if (names.includes(name)) return undefined;
  const known =
    names.length === 0 ? 'this node has none, add one with detente peer add' : `there is ${names.join(', ')}`;
  return new CommandError('refused', `There is no peer ${name}: ${known}.`);
}

/** Follows `next` to the end, or until there are enough.
 *  @param page asks for one page */
export async function collectPages<T>(
  most: number,
  page: (cursor: string | undefined, limit: number) => Promise<{ items: T[]; next?: string }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const { items: more, next } = await page(cursor, Math.min(200, most - items.length));
    items.push(...more);
    cursor = next;
  } while (cursor !== undefined && items.length < most);
  return items;
}
