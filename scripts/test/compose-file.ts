// docker-compose.yml as a test reads it: interpolated and merged as Compose does it, without an engine.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type ComposeService = {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  networks?: string[] | Record<string, unknown>;
  secrets?: string[];
  profiles?: string[];
  depends_on?: string[] | Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
};

export type ComposeFile = {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
  networks: Record<string, unknown>;
};

/** The file with every variable at its default.
 *  @param env what a file .env would hold */
export function readCompose(file: string, env: Record<string, string> = {}): ComposeFile {
  return fill(parse(readFileSync(file, 'utf8'), { merge: true }), env) as ComposeFile;
}

function fill(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolate(value, env);
  if (Array.isArray(value)) return value.map((one) => fill(one, env));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, env)]));
}

/** `${NAME:-default}` and `$$`, which is all that the file uses.
 *  @throws Error for anything else that begins with a dollar sign */
function interpolate(text: string, env: Record<string, string>): string {
  return text.replaceAll(/\$(\$|\{([A-Z_]+):-([^}]*)\}|.?)/g, (whole, what, name, fallback) => {
    if (what === '$') return '$';
    if (name === undefined) throw new Error(`Compose would refuse ${whole} in ${text}`);
    return env[name] || fallback;
  });
}

/** The processes of one node that Node runs, by their names in the file. */
export function nodeServices({ services }: ComposeFile): Record<string, ComposeService & { command: string[] }> {
  const own = Object.entries(services).filter(([, { command }]) => command?.[0] === 'node');
  return Object.fromEntries(own) as Record<string, ComposeService & { command: string[] }>;
}

/** `source` and `target` of `source:target[:ro]`. */
export function mountsOf({ volumes = [] }: ComposeService): { source: string; target: string; readOnly: boolean }[] {
  return volumes.map((text) => {
    const [source = '', target = '', mode] = text.split(':');
    return { source, target, readOnly: mode === 'ro' };
  });
}

export function namesOf(list: string[] | Record<string, unknown> = []): string[] {
  return Array.isArray(list) ? list : Object.keys(list);
}
