// What the service leaves out at its start: the schemas of all contracts against the meta-schema of JSON Schema 2020-12.
import { type Contract, isJson, parameterSchema, plainSchema } from '@detente/contract';
import { contracts } from '@detente/contract/contracts';
import type { TSchema } from '@detente/schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { test } from 'tap';

const ajv = new Ajv2020({ strict: true, strictTypes: false, logger: false });
formats.default(ajv);

test('every schema of a contract is JSON Schema 2020-12, and says nothing that a reader would not know', (t) => {
  for (const { endpoints } of Object.values<Contract>(contracts)) {
    for (const { operationId, params, query, headers, body, responses } of endpoints) {
      const parameters = [params, query, headers].flatMap((part) => (part ? [parameterSchema(part)] : []));
      const bodies: TSchema[] = body && isJson(body) ? [body.schema] : [];
      const replies = Object.values(responses).flatMap(({ schema }) => (schema ? [schema] : []));
      const plain = [...bodies, ...replies].map((schema) => plainSchema(schema));
      for (const schema of [...parameters, ...plain]) t.doesNotThrow(() => ajv.compile(schema), operationId);
    }
  }
  t.throws(() => ajv.compile({ type: 'string', minLength: '1' }), /minLength must be integer/);
  t.throws(() => ajv.compile({ type: 'string', minlength: 1 }), /unknown keyword/);
  t.end();
});
