// A wire that remembers: a TCP proxy before a node's public origin, which keeps every byte that passes in either direction.

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export type Wire = {
  /** The address that callers use. */
  origin: string;
  /** Names the port behind it; who calls before is turned away. */
  leadTo(port: number): void;
  /** What callers sent, a part for each connection. */
  received(): Buffer[];
  /** What was answered, a part for each connection. */
  answered(): Buffer[];
};

/** Listens on a free port of 127.0.0.1 until the test ends. */
export async function recordWire(t: { teardown(end: () => unknown): unknown }): Promise<Wire> {
  const [received, answered]: [Buffer[][], Buffer[][]] = [[], []];
  const open = new Set<Socket>();
  let target: number | undefined;
  const server = createServer((caller) => {
    if (target === undefined) return caller.destroy();
    const node = connect(target, '127.0.0.1');
    for (const [from, to, kept] of [
      [caller, node, received],
      [node, caller, answered],
    ] as const) {
      const bytes: Buffer[] = [];
      kept.push(bytes);
      open.add(from);
      from.on('data', (chunk: Buffer) => bytes.push(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroySoon();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (port) => {
      target = port;
    },
    received: () => received.map((bytes) => Buffer.concat(bytes)),
    answered: () => answered.map((bytes) => Buffer.concat(bytes)),
  };
}
