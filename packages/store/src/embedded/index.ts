// PostgreSQL inside the installation: a server on a folder, and databases for tests.

export { type EmbeddedPostgres, type PostgresOptions, startPostgres } from './postgres.ts';
export {
  acquireTestServer,
  createTestDatabases,
  startTestServer,
  TEST_SERVER,
  type TestDatabase,
  type TestServer,
} from './test-database.ts';
