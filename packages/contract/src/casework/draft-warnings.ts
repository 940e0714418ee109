// What an officer is warned of in a draft; none of it holds the release.

import { TIERS } from '@detente/record/schemas';
import { type Static, Type } from '@detente/schema';
import { closed } from '../shapes.ts';

const fitting = {
  fit: Type.Integer({ minimum: 0, description: 'Events that fit, counted up to `k`' }),
  organisations: Type.Integer({
    minimum: 0,
    description:
      'Developers or deployers that these events are of, whichever are fewer, counted up to `k`; an event whose texts name none counts as one',
  }),
};

/** So few events, or organisations, fit what a tier shows that it tells which one is meant. */
export const SmallGroup = closed(
  {
    code: Type.Literal('small_group'),
    tier: Type.Enum([...TIERS]),
    ...fitting,
    k: Type.Integer({ minimum: 1, description: 'How many should: DETENTE_K' }),
    all: closed(fitting),
    rare: Type.Array(Type.String(), {
      description:
        'Fields that make it so; none where no field alone does, as where `all` of the node are fewer than `k`',
    }),
    offers: Type.Array(
      closed({
        place: Type.String({ description: 'JSON pointer into the fields: a field, or one of its items or members' }),
        instead: Type.Union([Type.String(), Type.Null()], {
          description:
            '`quarter` or `year` of a month, `technique`: those that the given ones are a part of (`AML.T0051` for `AML.T0051.001`); null: what is there is left out',
        }),
        ...fitting,
      }),
      { description: 'What could be told instead; empty where no single step makes more fit' },
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
