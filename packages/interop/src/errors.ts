// Why a whole file could not be read; a single row that does not fit is a refusal in the result, never an error.

export type InteropErrorCode =
  | 'format_unknown'
  | 'file_missing'
  | 'file_twice'
  | 'file_too_large'
  | 'not_utf8'
  | 'csv_malformed'
  | 'column_missing'
  | 'json_malformed'
  | 'yaml_malformed'
  | 'yaml_tag';

/** The one error of this package. `detail` names the file, column or line; never a value from the file. */
export class InteropError extends Error {
  readonly code: InteropErrorCode;
  readonly detail: string;

  constructor(code: InteropErrorCode, detail: string, options?: ErrorOptions) {
    super(`import refused: ${code} (${detail})`, options);
    this.name = 'InteropError';
    this.code = code;
    this.detail = detail;
  }
}
