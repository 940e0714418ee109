// Other registries' incidents as cases: mappings only.
export { type AiidFiles, importAiid } from './aiid.ts';
export { type AtlasFiles, importAtlas } from './atlas.ts';
export { type AvidFiles, importAvid } from './avid.ts';
export { InteropError, type InteropErrorCode } from './errors.ts';
export {
  COMPANIONS,
  detectFormat,
  type Format,
  type ImportFile,
  importFile,
  importFiles,
  MAX_FILE_LENGTH,
} from './import-files.ts';
export {
  type ImportedCase,
  type ImportResult,
  type Parties,
  type Proposal,
  REGISTRIES,
  type Refusal,
  type RefusalCode,
  type Registry,
  type Source,
} from './imported-case.ts';
