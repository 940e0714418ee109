// The settings of casework's HTTP process, and the one public key that it seals to.

import { readFileSync } from 'node:fs';
import { createSealer, parsePublicJwk, type Sealer } from '@detente/keys';
import { type Static, Type } from '@detente/schema';
import { callerSettings, reachSettings, ServerError, serviceSettings, witnessSettings } from '@detente/server';

export const CaseworkConfig = Type.Object({
  DETENTE_ORIGIN: Type.String({
    pattern: '^https?://[^/?#]+$',
    description: 'Public origin of the node, such as https://cn.example',
  }),
  DETENTE_HOME_URL: Type.String({ description: 'Database home, as role detente_casework' }),
  DETENTE_BORDER_URL: Type.String({ description: 'Database border, as role detente_casework' }),
  DETENTE_VAULT_KEY: Type.String({ description: 'File with the public key of the vault, to which names are sealed' }),
  DETENTE_K: Type.Integer({
    default: 5,
    minimum: 1,
    maximum: 1000,
    description: 'Events that should fit what a tier shows of a draft; an officer is warned of fewer; 1 warns of none',
  }),
  ...witnessSettings,
  ...reachSettings,
  ...serviceSettings,
  ...callerSettings,
});
export type CaseworkConfig = Static<typeof CaseworkConfig>;

/** Seals to the vault, which this process cannot open.
 *  @throws ServerError `setting_invalid` when the file is no public X25519 key */
export function loadVaultSealer(file: string): Sealer {
  try {
    return createSealer(parsePublicJwk(JSON.parse(readFileSync(file, 'utf8')), 'X25519'));
  } catch (cause) {
    throw new ServerError(
      'setting_invalid',
      'settings: DETENTE_VAULT_KEY names no file with a public X25519 key',
      cause,
    );
  }
}
