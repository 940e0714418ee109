// How the bytes of a message travel (RFC 9112 §6.1).

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const coded = new WeakSet<Socket>();

/** Whether a body is wrapped in more than chunks (`gzip, chunked`, RFC 9112 §7): Node takes the chunks apart and hands on
 *  what is in them as if it were the body. So are all requests behind it on the same connection, which another server may
 *  have read as something else. */
export function isCoded({ headers, socket }: IncomingMessage): boolean {
  if (/,[ \t]*chunked$/i.test(headers['transfer-encoding'] ?? '')) coded.add(socket);
  return coded.has(socket);
}
