// All record types that this node reads, by the name that stands in records. A type is one file; this is its only other line.
import { RecordError } from './errors.ts';
import type { RecordType } from './record-type.ts';
import { incident } from './types/incident.ts';

export const recordTypes: ReadonlyMap<string, RecordType> = new Map([incident].map((type) => [type.id, type]));

/** @throws RecordError `type_unknown` */
export function recordType(id: string): RecordType {
  const type = recordTypes.get(id);
  if (!type) throw new RecordError('type_unknown');
  return type;
}
