// An OpenAPI document as the fuzz reads it: operations, and what each takes and answers.

export type JsonSchema = { readonly [keyword: string]: unknown };
export type Parameter = { in: 'path' | 'query' | 'header'; name: string; required: boolean; schema: JsonSchema };

/** A declared answer. */
export type Declared = {
  description: string;
  /** By content type; absent for an answer without a body. */
  content: Readonly<Record<string, { schema?: JsonSchema }>>;
  headers: readonly string[];
  /** Problem codes that the description lists. */
  codes: readonly string[];
};

export type Operation = {
  id: string;
  method: string;
  path: string;
  parameters: readonly Parameter[];
  body: { contentType: string; schema: JsonSchema; pointer: string } | undefined;
  /** Whether a caller must show who he is. */
  secured: boolean;
  /** By status, and `default`. */
  responses: Readonly<Record<string, Declared>>;
};

export type Document = { readonly [member: string]: unknown };
export type Contract = { name: string; document: Document; operations: readonly Operation[] };

type Content = Record<string, { schema?: JsonSchema }>;
type Raw = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  security?: unknown[];
  responses: Record<string, { description: string; content?: Content; headers?: object }>;
};

export function readContract(name: string, document: Document): Contract {
  const operations = Object.entries(document.paths as Record<string, Record<string, Raw>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => operationOf(path, method, raw)),
  );
  return { name, document, operations };
}

function operationOf(path: string, method: string, raw: Raw): Operation {
  const pointer = `/paths/${escapePointer(path)}/${method}`;
  const [type] = Object.entries(raw.requestBody?.content ?? {});
  const responses = Object.entries(raw.responses).map(([status, { description, content = {}, headers = {} }]) => {
    const codes = [...description.matchAll(/`([a-z_]+)`:/g)].map((match) => match[1]!);
    return [status, { description, content, headers: Object.keys(headers), codes }] as const;
  });
  return {
    ...{ id: raw.operationId, method: method.toUpperCase(), path, parameters: raw.parameters ?? [] },
    body: type && {
      contentType: type[0],
      schema: type[1].schema ?? {},
      pointer: `${pointer}/requestBody/content/${escapePointer(type[0])}/schema`,
    },
    secured: (raw.security ?? []).length > 0,
    responses: Object.fromEntries(responses),
  };
}

/** RFC 6901 §3, within a URI fragment. */
export function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** What a local reference stands for; any other schema is itself. */
export function dereference(schema: JsonSchema, document: Document): JsonSchema {
  if (typeof schema.$ref !== 'string') return schema;
  const parts = schema.$ref.slice(2).split('/');
  return parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document) as JsonSchema;
}
