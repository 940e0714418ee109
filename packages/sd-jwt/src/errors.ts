// Why a token, a claim or an issuing request was refused: one closed list of codes.

export type SdJwtErrorCode =
  // form of the token (RFC 9901 §4)
  | 'token_malformed'
  | 'token_too_long'
  | 'disclosures_too_many'
  | 'key_binding_present'
  | 'base64url_not_canonical'
  // JSON (RFC 8259, RFC 7493)
  | 'header_malformed'
  | 'payload_malformed'
  | 'disclosure_malformed'
  | 'json_duplicate_member'
  | 'json_member_refused'
  | 'json_string_ill_formed'
  | 'json_number_out_of_range'
  | 'json_too_deep'
  | 'json_value_refused'
  // header and signature (RFC 7515, RFC 8725)
  | 'algorithm_refused'
  | 'crit_present'
  | 'header_key_refused'
  | 'typ_unexpected'
  | 'key_unknown'
  | 'key_unsuitable'
  | 'signature_invalid'
  | 'signature_malformed'
  // digests and disclosures (RFC 9901 §4.2, §7.1 steps 2.4 to 5)
  | 'sd_alg_unknown'
  | 'digests_malformed'
  | 'digest_duplicate'
  | 'disclosure_duplicate'
  | 'disclosure_name_reserved'
  | 'disclosure_unreferenced'
  | 'claim_name_reserved'
  | 'claim_name_clash'
  | 'salt_refused'
  // validity (RFC 9901 §7.1 step 3.6, RFC 7519 §4.1)
  | 'claim_malformed'
  | 'claim_missing'
  | 'claim_unchecked'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'audience_unexpected';

/** The one error of this package. `code` is stable and closed; `message` is for people and never holds a claim's value. */
export class SdJwtError extends Error {
  readonly code: SdJwtErrorCode;

  constructor(code: SdJwtErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SdJwtError';
    this.code = code;
  }
}
