// What an officer is warned of in a draft; none of it holds the release.

import { TIERS } from '@detente/record/schemas';
import { type Static, Type } from '@detente/schema';
import { closed } from '../shapes.ts';

const fit = Type.Integer({ minimum: 0, description: 'Events that fit, counted up to `k`' });

/** So few events fit what a tier shows that it tells which one is meant. */
export const SmallGroup = closed(
  {
    code: Type.Literal('small_group'),
    tier: Type.Enum([...TIERS]),
    fit,
    k: Type.Integer({ minimum: 1, description: 'How many should: DETENTE_K' }),
    rare: Type.Array(Type.String(), { description: 'Fields that make it so' }),
    offers: Type.Array(
      closed({
        place: Type.String({ description: 'JSON pointer into the fields' }),
        instead: Type.Union([Type.String(), Type.Null()], {
          description: '`quarter` or `year` of a month; null: the field is left out',
        }),
        fit,
      }),
      { description: 'What could be told instead' },
    ),
  },
  { $id: 'SmallGroup' },
);
export type SmallGroup = Static<typeof SmallGroup>;

/** Another account of the same event hides what the draft shows, or shows what the draft hides. */
export const EventDifference = closed(
  {
    code: Type.Enum(['shown_here', 'shown_there']),
    other: Type.String({ description: 'A case, a version of this one, or a peer’s record' }),
    place: Type.String({ description: 'JSON pointer into the fields of the one that shows it' }),
    kind: Type.String({ description: '`field`, `tlp`, or the kind of what was taken out of a text' }),
    start: Type.Optional(Type.Integer({ minimum: 0 })),
    end: Type.Optional(Type.Integer({ minimum: 0 })),
    words: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{43}$',
        description: 'SHA-256 of what is shown there: other words are another difference',
      }),
    ),
    holds: Type.Boolean({ description: 'Whether it holds the draft, below severity 5' }),
  },
  { $id: 'EventDifference' },
);
export type EventDifference = Static<typeof EventDifference>;
