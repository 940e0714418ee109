// Shapes that several contracts share.

import { type Static, type TSchema, Type } from '@detente/schema';

/** SHA-256, base64url without padding. */
export const Digest = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'SHA-256, base64url' });
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
/** RFC 3339, UTC. */
export const Instant = Type.String({ format: 'date-time' });
export const UtcDay = Type.String({ format: 'date', description: 'A UTC day' });
/** Parameters of a code, from which its sentence is made. */
export const Params = Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer()]));
export const Reason = Type.String({ minLength: 1, maxLength: 2000, description: 'Why; kept with the act' });

export const Tlp = Type.Enum(['clear', 'green', 'amber', 'amber-strict', 'red']);
export const Tier = Type.Enum(['clear', 'green', 'amber', 'amber-strict', 'red']);
export const Level = Type.Integer({
  minimum: 0,
  maximum: 5,
  description: '0 the signed part alone, 1 clear, 2 green, 3 amber, 4 amber-strict, 5 red',
});

/** An object that refuses members it does not name. */
export function closed<P extends Record<string, TSchema>>(properties: P, options: { $id?: string } = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** That an entry stands in the log of a node, and who has seen that log. */
export const logProof = {
  index: Type.Integer({ minimum: 0 }),
  proof: Type.Array(Type.String(), {
    description: 'RFC 6962 inclusion proof to the checkpoint, hashes in base64url',
  }),
  checkpoint: Type.String({ description: 'Signed note, with cosignatures if there are any' }),
  descriptor: Type.String({ description: 'The origin’s descriptor, JWS: names the keys' }),
  witnesses: Type.Array(Type.String(), {
    description: 'Descriptors of those who cosigned the checkpoint, one for each cosignature',
  }),
};

export const limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 });
export const cursor = Type.Optional(Type.String({ maxLength: 200, description: 'As given in `next`' }));

/** A page of a list: `next` is absent on the last one. */
export function listOf<S extends TSchema>(item: S) {
  return closed({ items: Type.Array(item), next: Type.Optional(Type.String()) });
}

export const Accepted = closed({ status: Type.Literal('accepted') }, { $id: 'Accepted' });
export type Accepted = Static<typeof Accepted>;

export const ETagHeader = Type.Object({ etag: Type.String() });
export const IfMatch = Type.Object({ 'if-match': Type.Optional(Type.String({ maxLength: 100 })) });
