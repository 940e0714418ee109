// The OpenAPI document of a service, and the page that shows it. Both are made when somebody asks: few do, and what makes them
// takes a tenth of a second to load.

import { type Contract, routePath, routeSchema, securitySchemes } from '@detente/contract';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { compilersOfRoutes } from './compilers.ts';
import { problem } from './problem.ts';

/** The OpenAPI 3.1 document of a service with these endpoints, in an order that does not depend on how they are listed. */
export async function contractDocument(contract: Contract): Promise<object> {
  const { default: swagger } = await import('@fastify/swagger');
  const app = fastify(compilersOfRoutes);
  const components = new Map();
  const schemas = contract.endpoints.map((endpoint) => routeSchema(endpoint, components));
  for (const [name, schema] of components) app.addSchema({ $id: name, ...schema });
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
      tags: [...new Set(contract.endpoints.flatMap(({ tags }) => tags))].sort().map((name) => ({ name })),
      components: usedSchemes(contract),
    },
    convertConstToEnum: false,
    refResolver: { buildLocalReference: (json) => String(json.$id) },
    transform: ({ schema, url, route }) => {
      const path = route.config?.endpoint?.path.replace(/\{([a-z_]+)\*?\}/g, ':$1');
      return { schema: schema as object, url: path ?? url };
    },
    transformObject: (documents) => sorted((documents as { openapiObject: Document }).openapiObject) as object,
  });
  for (const [at, endpoint] of contract.endpoints.entries()) {
    const { method, path } = endpoint;
    // Nobody calls this instance.
    const idle = { handler: () => undefined, validatorCompiler: () => () => false };
    app.route({ method, url: routePath(path), schema: schemas[at]!, config: { endpoint }, ...idle });
  }
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}

/** `<prefix>/openapi.json` and the page `<prefix>/docs`, which loads nothing from elsewhere.
 *  @param onError answers what fails on the page */
export function registerDocs(
  app: FastifyInstance,
  contract: Contract,
  { prefix, onError }: { prefix: string; onError: Parameters<FastifyInstance['setErrorHandler']>[0] },
): void {
  const document = once(() => contractDocument(contract));
  const page = once(async () => buildPage(await document(), { prefix, title: contract.title, onError }));
  const show = async (request: FastifyRequest, reply: FastifyReply) => {
    const { routing } = await page();
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value!);
    reply.hijack();
    routing(request.raw, reply.raw);
  };
  app.get(`${prefix}/openapi.json`, async () => document());
  for (const path of [`${prefix}/docs`, `${prefix}/docs/*`]) app.get(path, show);
}

/** @fastify/swagger-ui over a finished document, as an app of its own: a plugin cannot come after the first request. */
async function buildPage(
  document: object,
  {
    prefix,
    title,
    onError,
  }: { prefix: string; title: string; onError: Parameters<FastifyInstance['setErrorHandler']>[0] },
): Promise<FastifyInstance> {
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([
    import('@fastify/swagger'),
    import('@fastify/swagger-ui'),
  ]);
  const page = fastify(compilersOfRoutes);
  page.setErrorHandler(onError);
  page.setNotFoundHandler(() => {
    throw problem('not_found');
  });
  await page.register(swagger, { mode: 'static', specification: { document: document as never } });
  await page.register(swaggerUi, {
    routePrefix: `${prefix}/docs`,
    theme: { title },
    uiConfig: {
      validatorUrl: null,
      deepLinking: true,
      docExpansion: 'list',
      layout: 'BaseLayout',
      // An example made from a pattern is noise.
      defaultModelRendering: 'model',
      defaultModelExpandDepth: 2,
    },
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
  await page.ready();
  return page;
}

/** Made once; what could not be made is tried again. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

type Document = { paths?: object; components?: { schemas?: object } };

/** None for a service that asks nobody who he is: its page has no place to say it then. */
function usedSchemes(contract: Contract): { securitySchemes?: Partial<typeof securitySchemes> } {
  const used = new Set<string>(contract.endpoints.map((endpoint) => endpoint.security));
  const schemes = Object.entries(securitySchemes).filter(([name]) => used.has(name));
  return schemes.length === 0 ? {} : { securitySchemes: Object.fromEntries(schemes) };
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
