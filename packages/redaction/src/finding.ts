// What reading a text finds beside the names that the vaults hold: where, of which kind, how sure and why; never the text itself.

/** What can be found without knowing it before. */
export const FINDING_KINDS = [
  'person',
  'organisation',
  'place',
  'date',
  'time',
  'count',
  'email',
  'phone',
  'card',
  'iban',
  'ip',
  'mac',
  'url',
  'coordinates',
  'national-id',
  'passport',
  'driving-licence',
  'licence-plate',
  'postcode',
  'wallet',
  'api-key',
  'hash',
  'model-id',
  'commit',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export type Finding = {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  kind: FindingKind;
  /** From 0 to 1: 1 is certain, as by a checksum, and may be taken out; anything less is shown to an officer. */
  confidence: number;
  /** The rule that found it, as a code: `checksum`, `cue`, `name-list`, … */
  reason: string;
};

/** A finding that is at least so sure holds a release until an officer has accepted or rejected it. */
export const HELD_FROM = 0.5;
