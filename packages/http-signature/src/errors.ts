// The one error class of this package. A code is for programs, the message for the person who reads the log.

export type SignatureErrorCode =
  // the two signature fields (RFC 9421 §4)
  | 'signature_missing'
  | 'signature_malformed'
  | 'signature_not_canonical'
  | 'signature_multiple'
  | 'signature_invalid'
  | 'label_unexpected'
  | 'header_duplicate'
  // covered components (RFC 9421 §2)
  | 'component_missing'
  | 'component_malformed'
  | 'component_duplicate'
  | 'component_unexpected'
  | 'component_unsupported'
  | 'component_ambiguous'
  // signature parameters (RFC 9421 §2.3)
  | 'parameter_missing'
  | 'parameter_malformed'
  | 'parameter_unexpected'
  | 'tag_unexpected'
  | 'created_in_future'
  | 'created_before_request'
  | 'expired'
  | 'lifetime_too_long'
  | 'nonce_replayed'
  // keys
  | 'keyid_unknown'
  | 'key_unsuitable'
  // body digests (RFC 9530 §2)
  | 'digest_missing'
  | 'digest_malformed'
  | 'digest_mismatch'
  // the request's target is not a path on this origin
  | 'target_mismatch'
  // a response that is not whole bytes cannot be signed
  | 'response_stream';

export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly code: SignatureErrorCode;

  constructor(code: SignatureErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
