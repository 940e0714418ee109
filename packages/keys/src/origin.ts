// A node's name is its origin URL; the names of its log and witness follow from it.
import { KeysError } from './errors.ts';

/** An origin in its one spelling (RFC 6454 §6.2): `https://host[:port]`, lower case, no default port, no path. Plain http is
 *  an origin too, for nodes on one machine; a service's configuration decides whether it takes one.
 *  @throws KeysError `origin_malformed` */
export function parseOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text) {
    throw new KeysError('origin_malformed', 'an origin must read https://host or https://host:port');
  }
  return url;
}

/** `<host[:port]>/log/v1` */
export function logNameOf(origin: string): string {
  return `${parseOrigin(origin).host}/log/v1`;
}

/** `<host[:port]>/witness/v1` */
export function witnessNameOf(origin: string): string {
  return `${parseOrigin(origin).host}/witness/v1`;
}
