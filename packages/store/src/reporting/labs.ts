import type { Asker } from '../database.ts';

/** The lab that has an API key, unless it is disabled.
 *  @param keyHash SHA-256 of the key, base64url */
export async function findLab(reader: Asker, keyHash: string): Promise<string | undefined> {
  const rows = await reader.query<{ id: string }>('SELECT id FROM labs WHERE key_hash = $1 AND disabled_at IS NULL', [
    keyHash,
  ]);
  return rows[0]?.id;
}
