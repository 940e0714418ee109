// Why a statement or a question was refused: one closed list of codes.

export type ReciprocityErrorCode =
  | 'offer_malformed'
  | 'standing_malformed'
  | 'recall_malformed'
  | 'approval_malformed'
  | 'canary_malformed'
  | 'contest_malformed'
  | 'attestation_malformed'
  | 'party_malformed'
  | 'day_malformed';

/** The one error of this package. `params` name the place by JSON pointer and what is wrong there. */
export class ReciprocityError extends Error {
  readonly code: ReciprocityErrorCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: ReciprocityErrorCode, params: Readonly<Record<string, string>> = {}) {
    super([code, ...Object.values(params)].join(' '));
    this.name = 'ReciprocityError';
    this.code = code;
    this.params = params;
  }
}
