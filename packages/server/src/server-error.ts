export type ServerErrorCode =
  | 'setting_invalid'
  | 'endpoint_unserved'
  | 'endpoint_unknown'
  | 'address_in_use'
  | 'address_refused';

/** A service that cannot be built or started; the message is one sentence for its operator. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;
  constructor(code: ServerErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ServerError';
    this.code = code;
  }
}
