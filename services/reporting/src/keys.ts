import { createSealer, loadKeys, readVaultKey, type Sealer, type Signer } from '@detente/keys';

/** What this process may do with keys: sign receipts, and seal to a vault that it cannot open. */
export type ReportingKeys = { receipt: Signer; vault: Sealer };

/** @param folder the folder `reporting` that `detente init` makes
 *  @throws KeysError when a file is missing, damaged or open to others */
export function loadReportingKeys(folder: string): ReportingKeys {
  return {
    receipt: loadKeys(folder, 'reporting').signer('lab-receipt'),
    vault: createSealer(readVaultKey(folder)),
  };
}
