// The one error class of this package. A code is for programs, the message for the person who reads the log.

export type KeysErrorCode =
  // key files
  | 'folder_missing'
  | 'folder_mode'
  | 'file_missing'
  | 'file_unreadable'
  | 'file_mode'
  | 'file_damaged'
  | 'file_unwritable'
  | 'keys_disagree'
  | 'purpose_not_held'
  | 'rotation_unfinished'
  // public keys
  | 'key_malformed'
  | 'key_weak'
  | 'keys_not_distinct'
  | 'key_unannounced'
  | 'key_revoked'
  | 'key_former'
  | 'revocation_withdrawn'
  | 'fingerprint_mismatch'
  // signed things
  | 'jws_malformed'
  | 'base64url_not_canonical'
  | 'json_malformed'
  | 'json_not_canonical'
  | 'header_refused'
  | 'algorithm_refused'
  | 'typ_unexpected'
  | 'key_unknown'
  | 'signature_invalid'
  | 'claims_malformed'
  | 'issuer_unexpected'
  | 'audience_unexpected'
  | 'body_malformed'
  | 'origin_malformed'
  | 'sequence_not_higher'
  | 'content_mismatch'
  // intake receipts
  | 'group_size'
  | 'leaf_mismatch'
  | 'path_mismatch'
  // sealed boxes
  | 'box_malformed'
  | 'box_refused';

export class KeysError extends Error {
  override readonly name = 'KeysError';
  readonly code: KeysErrorCode;
  /** Where: a file's path, or a JSON pointer into the body. */
  readonly at: string | undefined;

  constructor(code: KeysErrorCode, message: string, options: { at?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.at = options.at;
  }
}
