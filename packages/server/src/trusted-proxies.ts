// Whose X-Forwarded-For is believed.

import { isIP } from 'node:net';
import { ServerError } from './server-error.ts';

const NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** DETENTE_TRUSTED_PROXIES as Fastify's `trustProxy` wants it.
 *  @throws ServerError `setting_invalid` */
export function trustedProxies(setting: string | undefined): string[] | false {
  if (setting === undefined || setting === '') return false;
  const names = setting.split(',').map((name) => name.trim());
  const wrong = names.some((name) => !NAMES.includes(name) && !isNetwork(name));
  if (wrong)
    throw new ServerError(
      'setting_invalid',
      'settings: DETENTE_TRUSTED_PROXIES names something that is no address and no network, such as 10.0.0.0/8',
    );
  return names;
}

function isNetwork(name: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(name) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits ?? 0) <= (version === 4 ? 32 : 128);
}
