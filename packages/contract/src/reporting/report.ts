// What a lab reports: the incident's fields as the record type has them, and the names, which go to the vault.

import { incident } from '@detente/record/schemas';
import { type Static, Type } from '@detente/schema';
import { closed, Digest, Instant, logProof, Uuid } from '../shapes.ts';

/** The incident's fields as the record type has them (`incident/1`). What has no value is left out: null is refused. */
export const IncidentFields = closed(incident.schema.properties, { $id: 'IncidentFields' });
export type IncidentFields = Static<typeof IncidentFields>;

const Name = Type.String({ minLength: 1, maxLength: 300 });
const names = Type.Optional(Type.Array(Name, { maxItems: 100 }));

/** Who is involved. Never part of a record; sealed apart from the case. */
export const Parties = closed(
  {
    reporter: names,
    developer: names,
    deployer: names,
    model: names,
    customers: names,
    harmed: names,
  },
  { $id: 'Parties' },
);
export type Parties = Static<typeof Parties>;

/** Where an imported report comes from. A lab reports each registry and id once. `same_as` and `extra` may name anybody: they
 *  are kept with the exact bytes in the vault, and not in the case. */
export const Source = closed(
  {
    registry: Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }),
    id: Type.String({ minLength: 1, maxLength: 100 }),
    url: Type.Optional(Type.String({ maxLength: 2000 })),
    licence: Type.Optional(Type.String({ maxLength: 200 })),
    attribution: Type.Optional(Type.String({ maxLength: 1000 })),
    same_as: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        maxItems: 100,
        description: 'Keys of entries that tell of the same event',
      }),
    ),
    extra: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'What no field takes, as the registry has it' }),
    ),
  },
  { $id: 'Source' },
);
export type Source = Static<typeof Source>;

/** A value that an importer proposes and an officer has not confirmed. */
export const Proposal = closed(
  {
    field: Type.String({ maxLength: 40 }),
    value: Type.Unknown(),
    basis: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { $id: 'Proposal' },
);
export type Proposal = Static<typeof Proposal>;

export const Report = closed(
  {
    fields: IncidentFields,
    parties: Type.Optional(Parties),
    source: Type.Optional(Source),
    proposals: Type.Optional(Type.Array(Proposal, { maxItems: 20 })),
    exercise: Type.Optional(Type.Boolean({ description: 'A drill; never mixed with real ones' })),
  },
  { $id: 'Report' },
);
export type Report = Static<typeof Report>;

/** A signed promise that the report was received on that day (design section 5). It says no index: the day's tree does. */
export const IntakeReceipt = closed(
  {
    jws: Type.String({ description: 'typ detente-intake-receipt+jwt; its root covers the leaves of one commit group' }),
    salt: Type.String({ description: '128 random bits, base64url' }),
    leaf: Digest,
    index: Type.Integer({ minimum: 0, description: 'In the tree of its commit group, not of the day' }),
    path: Type.Array(Digest),
  },
  { $id: 'IntakeReceipt' },
);
export type IntakeReceipt = Static<typeof IntakeReceipt>;

/** The leaf in the tree of its day, and the day's root in the log. */
export const DayProof = closed(
  {
    root: Digest,
    size: Type.Integer({
      minimum: 1,
      description: 'Places in the day’s tree, a power of two that does not follow the number of reports: 2^20',
    }),
    place: Type.Integer({ minimum: 0 }),
    path: Type.Array(Digest, { description: 'RFC 6962 inclusion proof of the leaf, up to the root' }),
    log: closed(logProof, { $id: 'LogProof' }),
  },
  { $id: 'DayProof' },
);
export type DayProof = Static<typeof DayProof>;

/** `day` is null until the day has been closed and its root stands in the log. */
export const ReceiptProof = closed(
  { receipt: IntakeReceipt, day: Type.Union([DayProof, Type.Null()]) },
  { $id: 'ReceiptProof' },
);
export type ReceiptProof = Static<typeof ReceiptProof>;

export const Received = closed({ id: Uuid, receipt: IntakeReceipt }, { $id: 'Received' });
export type Received = Static<typeof Received>;

/** How far a report is, in the words a lab may know. */
export const CaseStatus = closed(
  {
    id: Uuid,
    status: Type.Enum(['received', 'in-review', 'released', 'retracted']),
    received_at: Instant,
    updates: Type.Integer({ minimum: 0 }),
    receipt: IntakeReceipt,
  },
  { $id: 'CaseStatus' },
);
export type CaseStatus = Static<typeof CaseStatus>;

export const Update = closed(
  { text: Type.String({ minLength: 1, maxLength: 20_000 }), parties: Type.Optional(Parties) },
  { $id: 'Update' },
);
export type Update = Static<typeof Update>;
