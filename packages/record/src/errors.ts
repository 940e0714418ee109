// Why a record was refused: one closed list of codes.

export type RecordErrorCode =
  // token
  | 'token_invalid'
  | 'signature_invalid'
  | 'key_unknown'
  | 'key_revoked'
  | 'record_too_large'
  // signed part
  | 'header_members'
  | 'payload_members'
  | 'issuer_unexpected'
  | 'issuer_malformed'
  | 'id_malformed'
  | 'type_unknown'
  | 'tlp_unknown'
  | 'tick_malformed'
  | 'flag_malformed'
  // digests and disclosures
  | 'digest_count'
  | 'digest_malformed'
  | 'digests_unsorted'
  | 'disclosure_order'
  | 'disclosures_between_tiers'
  // fields
  | 'field_unknown'
  | 'field_missing'
  | 'field_invalid'
  | 'field_inconsistent'
  | 'retracted_with_content'
  // warnings
  | 'warning_severity'
  | 'warning_level'
  // calculations
  | 'axes_malformed';

/** Details for a program to show or to sort by: a JSON pointer, a name, a number; never a field's value. */
export type RecordErrorParams = Readonly<Record<string, string | number>>;

/** The one error of this package. `code` is stable and closed; `params` name the place. */
export class RecordError extends Error {
  readonly code: RecordErrorCode;
  readonly params: RecordErrorParams;

  constructor(code: RecordErrorCode, params: RecordErrorParams = {}, options?: ErrorOptions) {
    super(`record refused: ${code}`, options);
    this.name = 'RecordError';
    this.code = code;
    this.params = params;
  }
}
