import { loadKeys, type Signer } from '@detente/keys';

/** What this process signs: requests and answers, receipts for what it stored, and peers' checkpoints. */
export type ExchangeKeys = { transport: Signer; receipt: Signer; witness: Signer };

/** @param folder the folder `exchange` that `detente init` makes
 *  @throws KeysError when a file is missing, damaged or open to others */
export function loadExchangeKeys(folder: string): ExchangeKeys {
  const ring = loadKeys(folder, 'exchange');
  return { transport: ring.signer('transport'), receipt: ring.signer('receipt'), witness: ring.signer('witness') };
}
