// What one client may have of what all of them share.

import ipaddr from 'ipaddr.js';

/** Takes one for the client at an address. @returns gives it back, once; undefined when the client has its share */
export type TakeShare = (address: string) => (() => void) | undefined;

/** A network may have a quarter of what is left: a fifth of the room when it comes first, and each after it leaves four fifths of
 *  what it found. However much a few of them take, somebody else finds a place.
 *  @param room for all together */
export function createShares(room: number): TakeShare {
  const taken = new Map<string, number>();
  let left = room;
  return (address) => {
    const network = networkOf(address);
    const has = taken.get(network) ?? 0;
    if (has >= left / 4) return undefined;
    taken.set(network, has + 1);
    left -= 1;
    return () => {
      left += 1;
      const keeps = taken.get(network)! - 1;
      if (keeps > 0) taken.set(network, keeps);
      else taken.delete(network);
    };
  };
}

/** Whose an address is: itself in IPv4, its /64 in IPv6, since whoever has one address of it has all. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : (parsed as ipaddr.IPv6).parts.slice(0, 4).join(':');
}
