// YAML as plain data: the core schema only, no tags of anybody's own, no aliases that multiply.
import { parseDocument } from 'yaml';
import { InteropError } from './errors.ts';

/** YAML 1.2 core schema: dates stay texts, duplicate keys are refused, and so is every explicit tag that it does not know.
 *  At most 64 alias resolutions, so that a small file cannot become a large value.
 *  @throws InteropError `yaml_malformed`, `yaml_tag` */
export function readYaml(file: string, text: string): unknown {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error) throw new InteropError('yaml_malformed', `${file}: ${error.code}`, { cause: error });
  const [warning] = document.warnings;
  if (warning) throw new InteropError('yaml_tag', `${file}: ${warning.code}`, { cause: warning });
  try {
    return document.toJS({ maxAliasCount: 64 });
  } catch (cause) {
    throw new InteropError('yaml_malformed', `${file}: aliases`, { cause });
  }
}
