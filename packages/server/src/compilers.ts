// What Fastify is given instead of its own compilers, which take long to load.

import { ServerError } from './server-error.ts';

/** For `fastify(…)`: a route brings its own validators, and its answers are JSON as they are. */
export const compilersOfRoutes = {
  schemaController: {
    compilersFactory: {
      buildValidator: () => () => {
        throw new ServerError('endpoint_unknown', 'only a route of an endpoint has something to check');
      },
      buildSerializer: () => () => (value: unknown) => JSON.stringify(value),
    },
  },
};
