// The one error of this package: every fault has a code of its own.

export type TlogErrorCode =
  | 'hash_length'
  | 'size_invalid'
  | 'index_out_of_range'
  | 'range_invalid'
  | 'subtree_invalid'
  | 'subtree_misaligned'
  | 'proof_length'
  | 'root_mismatch'
  | 'subtree_mismatch'
  | 'frontier_malformed'
  | 'tile_path_malformed'
  | 'tile_malformed'
  | 'tile_missing'
  | 'bundle_malformed'
  | 'entry_too_long'
  | 'note_malformed'
  | 'note_unsigned'
  | 'key_name_malformed'
  | 'key_unsupported'
  | 'signature_invalid'
  | 'timestamp_invalid'
  | 'vkey_malformed'
  | 'checkpoint_malformed'
  | 'checkpoint_too_long'
  | 'checkpoint_origin'
  | 'tlog_proof_malformed'
  | 'add_checkpoint_malformed'
  | 'batch_full'
  | 'entry_length'
  | 'fork_unproven';

/** Why a tree, tile, note or proof was refused. `code` is the contract, the message is for people. */
export class TlogError extends Error {
  readonly code: TlogErrorCode;

  constructor(code: TlogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TlogError';
    this.code = code;
  }
}
