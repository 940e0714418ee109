// Roles, databases and numbered migrations.

export { insertFirstToken } from './first-token.ts';
export { type BatchSizes, inspectBatches, inspectDatabase, inspectStops, type SchemaState } from './inspect.ts';
export { type MigrateOptions, migrate, QUEUES, setPasswords } from './migrate.ts';
export {
  type DatabaseKind,
  OWNER,
  ownerUrl,
  type Passwords,
  ROLES,
  type Role,
  roleUrl,
  secureDatabase,
} from './roles.ts';
