// YAML as plain data: the core schema only, no tags of anybody's own, no aliases that multiply.
import { parseDocument } from 'yaml';
import { InteropError } from './errors.ts';

/** YAML 1.2 core schema: dates stay texts, duplicate keys are refused, and so is every explicit tag that it does not know.
 *  At most 64 alias resolutions, so that a small file cannot become a large value, and none of a value inside itself.
 *  @throws InteropError `yaml_malformed`, `yaml_tag` */
export function readYaml(file: string, text: string): unknown {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
    // Its warnings go to standard error and show what stands in the file.
    logLevel: 'error',
  });
  const [error] = document.errors;
  if (error) throw new InteropError('yaml_malformed', `${file}: ${error.code}`, { cause: error });
  const [warning] = document.warnings;
  if (warning) throw new InteropError('yaml_tag', `${file}: ${warning.code}`, { cause: warning });
  try {
    const value = document.toJS({ maxAliasCount: 64 });
    refuseCircles(value, new Set());
    return value;
  } catch (cause) {
    throw new InteropError('yaml_malformed', `${file}: aliases`, { cause });
  }
}

/** An anchor may stand inside itself; no value that is sent on can. */
function refuseCircles(value: unknown, around: Set<unknown>): void {
  if (typeof value !== 'object' || value === null) return;
  if (around.has(value)) throw new TypeError('a value holds itself');
  around.add(value);
  for (const member of Object.values(value)) refuseCircles(member, around);
  around.delete(value);
}
