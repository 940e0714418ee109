// Whose X-Forwarded-For is believed.

import { BlockList, isIP } from 'node:net';
import { ServerError } from './server-error.ts';

const RANGES: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Whether DETENTE_TRUSTED_PROXIES names an address: Fastify's `trustProxy`.
 *  @throws ServerError `setting_invalid` */
export function trustedProxies(setting: string | undefined): false | ((address: string) => boolean) {
  if (setting === undefined || setting === '') return false;
  const trusted = new BlockList();
  for (const name of setting.split(',').map((part) => part.trim())) {
    const networks = Object.hasOwn(RANGES, name) ? RANGES[name]! : [name];
    for (const network of networks) addNetwork(trusted, network);
  }
  return (address) => isIP(address) !== 0 && trusted.check(address, familyOf(address));
}

function addNetwork(list: BlockList, name: string): void {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(name) ?? [];
  const most = isIP(address) === 4 ? 32 : 128;
  if (isIP(address) === 0 || Number(bits ?? 1) < 1 || Number(bits ?? 1) > most)
    throw new ServerError(
      'setting_invalid',
      'settings: DETENTE_TRUSTED_PROXIES names something that is no address and no network, such as 10.0.0.0/8',
    );
  list.addSubnet(address, Number(bits ?? most), familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
