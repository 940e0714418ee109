// PostgreSQL inside the installation: a server on a folder, and databases for tests.

export { type EmbeddedPostgres, type PostgresOptions, startPostgres } from './postgres.ts';
export { makeTemplate } from './template.ts';
export {
  acquireTestServer,
  createTestDatabases,
  startTestServer,
  TEST_CLUSTER,
  TEST_SERVER,
  type TestDatabase,
  type TestServer,
} from './test-database.ts';
