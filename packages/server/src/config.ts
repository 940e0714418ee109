// Settings from the environment: one schema a service, read once, refused with the name of the setting.

import { readFileSync } from 'node:fs';
import { type Static, type TObject, Type } from '@detente/schema';
import { ServerError } from './server-error.ts';
import { compileCheck, readStrings } from './validation.ts';

/** The settings that every listening service has; a service spreads them into its own schema. */
export const serviceSettings = {
  DETENTE_HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on' }),
  DETENTE_PORT: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 65535,
    description: 'Port to listen on; 0 picks a free one',
  }),
  DETENTE_LOG_LEVEL: Type.Union(
    (['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const).map((level) => Type.Literal(level)),
    { default: 'info', description: 'Least level that is logged' },
  ),
  DETENTE_TRUSTED_PROXIES: Type.String({
    default: '',
    description: 'Addresses and networks, with commas between, whose X-Forwarded-For is believed',
  }),
  DETENTE_RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 1200,
    minimum: 0,
    description: 'Requests from one address of nobody who is known; 0 is no limit',
  }),
  DETENTE_MAX_CONNECTIONS: Type.Integer({ default: 1000, minimum: 1, description: 'Connections open at once' }),
  DETENTE_PRESSURE_DELAY_MS: Type.Integer({
    default: 1000,
    minimum: 0,
    description: 'Mean delay of the event loop, in ms, above which load is shed; 0 is never',
  }),
};

/** The setting of a service whose callers are known; it spreads it into its own schema as well. */
export const callerSettings = {
  DETENTE_CALLER_LIMIT_PER_MINUTE: Type.Integer({
    default: 6000,
    minimum: 0,
    description: 'Requests of one caller who is known; 0 is no limit',
  }),
};

/** The setting of the services that tell a checkpoint that is witnessed from one that is not. */
export const witnessSettings = {
  DETENTE_WITNESSES_REQUIRED: Type.Integer({
    default: 1,
    minimum: 0,
    description: 'Peers that must have cosigned a checkpoint of the log before it counts as witnessed; 0 asks for none',
  }),
};

const CallerSettings = Type.Object(callerSettings);
export type CallerSettings = Static<typeof CallerSettings>;
const ServiceSettings = Type.Object(serviceSettings);
export type ServiceSettings = Static<typeof ServiceSettings>;

type Setting = { type?: unknown; enum?: unknown; anyOf?: unknown; default?: unknown; description?: string };

/** The settings of a service, as its schema says, with defaults. For every setting `X` there is `X_FILE`: the name of a
 *  file whose text, without the last newline, is the value, so that secrets need not stand in the environment.
 *  @throws ServerError `setting_invalid`, whose message names every wrong setting and no value */
export function readConfig<S extends TObject>(schema: S, env: Record<string, string | undefined>): Static<S> {
  const texts: Record<string, unknown> = {};
  for (const name of Object.keys(schema.properties)) {
    const value = settingOf(name, env);
    if (value !== undefined) texts[name] = value;
  }
  const plain = { ...schema } as Record<string, unknown>;
  const settings = readStrings(texts, plain);
  const faults = compileCheck(plain, 'query')(settings);
  if (faults.length === 0) return settings as Static<S>;
  const sentences = new Map<string, string>();
  for (const { pointer, code, detail } of faults) {
    const name = pointer.slice(1);
    if (!sentences.has(name)) sentences.set(name, `${name} ${code === 'required' ? 'is not set' : detail}`);
  }
  throw new ServerError('setting_invalid', `settings: ${[...sentences.values()].join('; ')}`);
}

/** The table of the settings for the documentation: Markdown, one row a setting. */
export function configTable(schema: TObject): string {
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const setting = property as Setting;
    const required = (schema.required as string[] | undefined)?.includes(name) && setting.default === undefined;
    const fallback = setting.default === undefined || setting.default === '' ? '' : `\`${setting.default}\``;
    return `| \`${name}\` | ${valuesOf(setting)} | ${required ? 'required' : fallback} | ${cell(setting.description)} |`;
  });
  return ['| setting | value | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function settingOf(name: string, env: Record<string, string | undefined>): string | undefined {
  const file = env[`${name}_FILE`];
  if (file === undefined) return env[name];
  if (env[name] !== undefined)
    throw new ServerError('setting_invalid', `settings: ${name} and ${name}_FILE are both set`);
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new ServerError('setting_invalid', `settings: ${name}_FILE names a file that cannot be read`, cause);
  }
}

function valuesOf(setting: Setting): string {
  const choices = (setting.enum ??
    (setting.anyOf as { const: unknown }[] | undefined)?.map((one) => one.const)) as unknown[];
  return choices ? choices.map((choice) => `\`${choice}\``).join(' ') : String(setting.type ?? 'string');
}

function cell(text = ''): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
