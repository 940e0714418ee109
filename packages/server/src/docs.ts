// The OpenAPI document of a service, and the page that shows it.

import type { Contract } from '@detente/contract';
import { routeSchema, securitySchemes } from '@detente/contract';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { type FastifyInstance, fastify } from 'fastify';
import { type Prepared, route } from './route.ts';

export type Described = Contract;

/** Makes the instance ready for `route`: the endpoints' schemas with their components, and the document that
 *  @fastify/swagger builds from the routes that are served. Must come before the first route. */
export async function registerContract(
  app: FastifyInstance,
  contract: Described,
  checkReplies: boolean,
): Promise<void> {
  const components = new Map();
  const schemas: Prepared['schemas'] = new Map();
  for (const endpoint of contract.endpoints) schemas.set(endpoint, routeSchema(endpoint, components));
  for (const [name, schema] of components) app.addSchema({ $id: name, ...schema });
  app.decorate('prepared', { schemas, checkReplies });
  const tags = new Set(contract.endpoints.flatMap((endpoint) => endpoint.tags));
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: contract.title,
        version: contract.version,
        ...(contract.description && { description: contract.description }),
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
      servers: [{ url: '/' }],
      tags: [...tags].sort().map((name) => ({ name })),
      components: { securitySchemes: usedSchemes(contract) },
    },
    convertConstToEnum: false,
    refResolver: { buildLocalReference: (json) => String(json.$id) },
    transform: ({ schema, url, route }) => {
      const path = route.config?.endpoint?.path.replace(/\{([a-z_]+)\*?\}/g, ':$1');
      return { schema: schema as object, url: path ?? url };
    },
    transformObject: (documents) => sorted((documents as { openapiObject: Document }).openapiObject) as object,
  });
}

/** The OpenAPI 3.1 document of what a service serves, in an order that does not depend on how it was registered. */
export async function openapiDocument(app: FastifyInstance): Promise<object> {
  await app.ready();
  return app.swagger();
}

/** The document that a service with exactly these endpoints has, without the service. */
export async function contractDocument(contract: Described): Promise<object> {
  const app = fastify();
  await registerContract(app, contract, false);
  for (const endpoint of contract.endpoints)
    route(app, endpoint).to(() => {
      throw new Error('this instance is for its document only');
    });
  const document = await openapiDocument(app);
  await app.close();
  return document;
}

/** `<prefix>/openapi.json` and the page `<prefix>/docs`, which loads nothing from elsewhere. */
export async function registerDocs(app: FastifyInstance, prefix: string): Promise<void> {
  app.get(`${prefix}/openapi.json`, { schema: { hide: true } }, async (_, reply) => reply.send(app.swagger()));
  await app.register(swaggerUi, {
    routePrefix: `${prefix}/docs`,
    uiConfig: { validatorUrl: null, deepLinking: true, docExpansion: 'list' },
    staticCSP: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      // The page sets style attributes and elements from its script.
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    },
  });
}

type Document = { paths?: object; components?: { schemas?: object } };

function usedSchemes(contract: Contract): Partial<typeof securitySchemes> {
  const used = new Set<string>(contract.endpoints.map((endpoint) => endpoint.security));
  const schemes = Object.entries(securitySchemes).filter(([name]) => used.has(name));
  return Object.fromEntries(schemes);
}

function sorted<D extends Document>(document: D): D {
  const { paths = {}, components = {} } = document;
  return {
    ...document,
    components: { ...components, schemas: byName(components.schemas ?? {}) },
    paths: Object.fromEntries(Object.entries(byName(paths)).map(([path, item]) => [path, byName(item as object)])),
  };
}

function byName(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
