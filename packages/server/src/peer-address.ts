// Where a node may call out: to public addresses, and to no other unless its operator has named them.

import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Type } from '@detente/schema';
import ipaddr from 'ipaddr.js';
import { ServerError } from './server-error.ts';

/** The settings of a process that takes the origins of peers or calls them. */
export const reachSettings = {
  DETENTE_LOOPBACK: Type.Boolean({
    default: false,
    description: 'Whether peers may be on this machine, and called over plain HTTP there: for development',
  }),
  DETENTE_PEER_NETWORKS: Type.String({
    default: '',
    description: 'Networks that are not public and in which peers may be, with commas between, such as 10.20.0.0/16',
  }),
};

export type Reach = {
  /** Whether peers may be on this machine. */
  loopback: boolean;
  /** Networks that are not public and in which peers may be. */
  networks: readonly Network[];
};
type Network = [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** `dns.lookup`, all addresses of a name. */
export type Resolve = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** @throws ServerError `setting_invalid` */
export function readReach(settings: { DETENTE_LOOPBACK: boolean; DETENTE_PEER_NETWORKS: string }): Reach {
  const names = settings.DETENTE_PEER_NETWORKS.split(',').map((name) => name.trim());
  const networks = names.filter((name) => name !== '').map((name) => readNetwork(name));
  return { loopback: settings.DETENTE_LOOPBACK, networks };
}

function readNetwork(name: string): Network {
  try {
    return ipaddr.parseCIDR(name);
  } catch (cause) {
    const sentence = 'settings: DETENTE_PEER_NETWORKS names something that is no network, such as 10.20.0.0/16';
    throw new ServerError('setting_invalid', sentence, cause);
  }
}

/** Refuses an origin that need not be looked up to be known as out of reach: plain HTTP, an address that is not public, a
 *  name of this machine, a name in a second spelling.
 *  @param url an origin in its one spelling, see `parseOrigin` of `@detente/keys`
 *  @throws ServerError `address_refused` */
export function checkOrigin({ protocol, hostname }: URL, reach: Reach): void {
  if (hostname.endsWith('.')) throw refused('a host with a dot at its end is a second spelling of the same');
  const host = hostname.replace(/^\[|\]$/g, '');
  const isHere = isAddress(host) ? isLoopback(host) : /(^|\.)localhost$/.test(host);
  if (protocol !== 'https:') {
    if (!reach.loopback) throw refused('nodes speak HTTPS with each other, and this origin is plain HTTP');
    if (!isHere) throw refused('plain HTTP is for peers on this machine, and this origin is not on it');
  }
  if (isAddress(host)) checkAddress(host, reach);
  else if (isHere && !reach.loopback) throw refused('peers on this machine are for development only');
}

/** @throws ServerError `address_refused` */
export function checkAddress(address: string, reach: Reach): void {
  const range = rangeOf(address);
  if (range === 'public' || (range === 'loopback' && reach.loopback)) return;
  const parsed = ipaddr.parse(address);
  const named = reach.networks.some(
    ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
  );
  if (!named) throw refused(`the peer’s address is not a public one (${range})`);
}

/** For the socket itself: the addresses that it may connect to are those that were checked, each time that it looks the
 *  name up. A name of which one address is out of reach is refused as a whole.
 *  @param origin over plain HTTP all of its addresses must be on this machine */
export function checkedLookup({ protocol }: URL, reach: Reach, resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, done) => {
    const { family, hints } = options;
    const wanted = { all: true, order: 'verbatim', ...(family && { family }), ...(hints && { hints }) } as const;
    resolve(hostname, wanted, (error, addresses) => {
      if (error) return done(error, []);
      try {
        for (const { address } of addresses) {
          checkAddress(address, reach);
          if (protocol !== 'https:' && !isLoopback(address))
            throw refused('a plain HTTP origin leads off this machine');
        }
      } catch (refusal) {
        return done(refusal as NodeJS.ErrnoException, []);
      }
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      return done(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}

function isAddress(host: string): boolean {
  return ipaddr.isValid(host);
}

function isLoopback(address: string): boolean {
  return rangeOf(address) === 'loopback';
}

/** Azure's host, which answers to every machine in it from an address that looks public. */
const AZURE_HOST = '168.63.129.16';
/** RFC 4291 §2.4 gives all but the named ranges to global unicast; IANA has assigned only this of it. */
const GLOBAL_UNICAST: Network = [ipaddr.IPv6.parse('2000::'), 3];

/** `public`, or in a word what else the address is: `loopback`, `private`, `ipv4Mapped`, `6to4`, … */
function rangeOf(address: string): string {
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range !== 'unicast') return range;
  if (address === AZURE_HOST) return 'metadata';
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(...(GLOBAL_UNICAST as [ipaddr.IPv6, number]))
    ? 'public'
    : 'unassigned';
}

function refused(sentence: string): ServerError {
  return new ServerError('address_refused', sentence);
}
