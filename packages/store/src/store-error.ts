/** What can go wrong between Detente and its databases, apart from what PostgreSQL itself reports (pg's DatabaseError). */
export type StoreErrorCode =
  | 'account_missing'
  | 'binaries_missing'
  | 'disk_full'
  | 'folder_closed'
  | 'folder_foreign'
  | 'folder_in_use'
  | 'folder_version'
  | 'migration_failed'
  | 'number_out_of_range'
  | 'port_in_use'
  | 'postgres_failed'
  | 'queue_failed'
  | 'schema_newer';

/** The message is one sentence for the person at the machine and says what to do; `cause` keeps the original. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
