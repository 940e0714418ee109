// Files as they are found, to the importer that reads them.
import { type AiidFiles, importAiid } from './aiid.ts';
import { importAtlas } from './atlas.ts';
import { importAvid } from './avid.ts';
import { InteropError } from './errors.ts';
import type { ImportResult, Registry } from './imported-case.ts';

/** Which table of which registry a file is. */
export type Format =
  | `aiid/${'incidents' | 'csetV0' | 'csetV1' | 'mit' | 'duplicates' | 'oecd'}`
  | `avid/${'reports' | 'vulnerabilities'}`
  | `atlas/${'matrix' | 'case-study'}`;

export type ImportFile = { name: string; contents: string | Uint8Array };

/** Files that belong with a file of a format, as the registries name them, relative to its folder: what is there is read too. */
export const COMPANIONS: Readonly<Partial<Record<Format, readonly string[]>>> = {
  'aiid/incidents': [
    'classifications_CSETv0.csv',
    'classifications_CSETv1.csv',
    'classifications_MIT.csv',
    'duplicates.csv',
    'oecd_relationships.json',
  ],
  'atlas/case-study': ['ATLAS.yaml', '../ATLAS.yaml'],
};

/** The largest file that is read, in bytes. */
export const MAX_FILE_LENGTH = 64 * 1024 * 1024;

const HEAD_LENGTH = 4096;

/** What a file is, by how it begins; its name only tells AVID's tables apart when the file begins with neither's number.
 *  Undefined when it is none of ours. */
export function detectFormat(name: string, text: string): Format | undefined {
  const head = text
    .slice(0, HEAD_LENGTH)
    .replace(/^\uFEFF/, '')
    .trimStart();
  const [first = ''] = head.split('\n', 1);
  if (first.includes('incident_id') && first.includes('Alleged deployer')) return 'aiid/incidents';
  if (first.startsWith('duplicate_incident_number')) return 'aiid/duplicates';
  if (/^Namespace,Incident ID/.test(first)) {
    const namespace = /^(CSETv0|CSETv1|MIT),/m.exec(head)?.[1];
    if (namespace) return ({ CSETv0: 'aiid/csetV0', CSETv1: 'aiid/csetV1', MIT: 'aiid/mit' } as const)[namespace];
  }
  if (head.startsWith('[') && head.includes('"sameAs"')) return 'aiid/oecd';
  if (head.startsWith('{') && /"data_type": ?"AVID"/.test(head)) {
    if (head.includes('"vuln_id": "AVID-') && !head.includes('"report_id"')) return 'avid/vulnerabilities';
    return /vulnerabilit/.test(name) ? 'avid/vulnerabilities' : 'avid/reports';
  }
  if (/^(---\s*\n)?id: AML\.CS\d{4}$/m.test(head) && /^object-type: case-study$/m.test(head)) return 'atlas/case-study';
  if (/^id: ATLAS$/m.test(head) && /^matrices:/m.test(head)) return 'atlas/matrix';
  return undefined;
}

/** Imports files of one registry together: AIID's incidents with their classifications, ATLAS's case studies with their matrix.
 *  @throws InteropError `format_unknown`, `file_missing`, `file_twice`, `file_too_large`, `not_utf8`, and what the importers throw */
export function importFiles(files: readonly ImportFile[]): ImportResult {
  const texts = files.map(({ name, contents }) => readText(name, contents));
  const registries = new Set(texts.map(({ format }) => format.split('/')[0] as Registry));
  const [registry, another] = registries;
  if (registry === undefined) throw new InteropError('file_missing', 'no file');
  if (another !== undefined) throw new InteropError('format_unknown', `files of ${registry} and ${another} at once`);
  for (const { name, format } of texts) {
    const same = texts.filter((file) => file.format === format).length;
    if (same > 1 && format !== 'atlas/case-study') throw new InteropError('file_twice', name);
  }
  const textOf = (format: Format) => texts.find((file) => file.format === format)?.text;
  switch (registry) {
    case 'aiid':
      return importAiid(aiidFiles(textOf));
    case 'avid':
      return importAvid(defined({ reports: textOf('avid/reports'), vulnerabilities: textOf('avid/vulnerabilities') }));
    case 'atlas': {
      const caseStudies = texts.filter(({ format }) => format === 'atlas/case-study');
      return importAtlas({ ...defined({ matrix: textOf('atlas/matrix') }), caseStudies });
    }
  }
}

/** Imports one file with those that belong with it.
 *  @throws InteropError as `importFiles` */
export function importFile(
  name: string,
  contents: string | Uint8Array,
  companions: readonly ImportFile[] = [],
): ImportResult {
  return importFiles([{ name, contents }, ...companions]);
}

function aiidFiles(textOf: (format: Format) => string | undefined): AiidFiles {
  const incidents = textOf('aiid/incidents');
  if (incidents === undefined) throw new InteropError('file_missing', 'incidents.csv');
  const parts = ['csetV0', 'csetV1', 'mit', 'duplicates', 'oecd'] as const;
  return { incidents, ...defined(Object.fromEntries(parts.map((part) => [part, textOf(`aiid/${part}`)]))) };
}

function defined<Value>(members: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Record<
    string,
    Value
  >;
}

function readText(name: string, contents: string | Uint8Array): { name: string; text: string; format: Format } {
  if (contents.length > MAX_FILE_LENGTH) throw new InteropError('file_too_large', name);
  const text = typeof contents === 'string' ? contents : decode(name, contents);
  const format = detectFormat(name, text);
  if (format === undefined) throw new InteropError('format_unknown', name);
  return { name, text, format };
}

/** Refuses bytes that are no UTF-8: replacement characters in names would never match again. */
function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InteropError('not_utf8', name, { cause });
  }
}
