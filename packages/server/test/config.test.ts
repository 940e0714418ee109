import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '@detente/schema';
import { test } from 'tap';
import { configTable, readConfig, serviceSettings } from '../src/index.ts';

const schema = Type.Object({
  ...serviceSettings,
  DATABASE_URL: Type.String({ pattern: '^postgres://', description: 'The border database | one role' }),
  BATCH: Type.Integer({ default: 16, minimum: 1, description: 'Leaves a batch' }),
  DEVELOPMENT: Type.Boolean({ default: false }),
});
const good = { DATABASE_URL: 'postgres://x:hush@localhost/border' };

test('settings are read from the environment, with their types and defaults', async (t) => {
  const config = readConfig(schema, { ...good, DETENTE_PORT: '8080', DEVELOPMENT: 'true', PATH: '/bin' });
  t.match(config, {
    ...good,
    DETENTE_PORT: 8080,
    DETENTE_HOST: '127.0.0.1',
    BATCH: 16,
    DEVELOPMENT: true,
    DETENTE_LOG_LEVEL: 'info',
  });
  t.notOk('PATH' in config, 'nothing else is in it');
  t.same(readConfig(schema, good).DETENTE_PORT, 0, 'the schema can be used again');
});

test('wrong settings are refused by name, all at once, and no value is told', async (t) => {
  const env = { DATABASE_URL: 'mysql://x:hush@y', BATCH: '0', DETENTE_LOG_LEVEL: 'loud', DETENTE_PORT: 'http' };
  let message = '';
  try {
    readConfig(schema, env);
  } catch (error) {
    message = (error as Error).message;
  }
  for (const name of Object.keys(env)) t.match(message, new RegExp(`\\b${name} must`));
  t.notMatch(message, /hush|loud|\n/);
  t.throws(() => readConfig(schema, {}), { code: 'setting_invalid', message: 'settings: DATABASE_URL is not set' });
});

test('a secret may stand in a file', async (t) => {
  const file = join(t.testdir({}), 'url');
  writeFileSync(file, `${good.DATABASE_URL}\n`);
  t.equal(readConfig(schema, { DATABASE_URL_FILE: file }).DATABASE_URL, good.DATABASE_URL);
  t.throws(() => readConfig(schema, { DATABASE_URL_FILE: `${file}2` }), {
    message: 'settings: DATABASE_URL_FILE names a file that cannot be read',
  });
  t.throws(
    () => readConfig(schema, { ...good, DATABASE_URL_FILE: file }),
    /DATABASE_URL and DATABASE_URL_FILE are both set/,
  );
});

test('the table for the documentation has a row for each setting', async (t) => {
  const rows = configTable(schema).split('\n');
  t.equal(rows.length, Object.keys(schema.properties).length + 2);
  t.ok(rows.includes('| `DATABASE_URL` | string | required | The border database \\| one role |'));
  t.ok(rows.includes('| `BATCH` | integer | `16` | Leaves a batch |'));
  t.match(rows.join('\n'), /\| `DETENTE_LOG_LEVEL` \| `fatal` `error` .* \| `info` \|/);
});
