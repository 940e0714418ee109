// A short run of each parser; `npm run fuzz` is the long one.
import { fuzz, type Parser, parsers } from '@detente/testkit/fuzz';
import { test } from 'tap';
import { isSlow, runBriefly, SEED as seed } from './fuzz-briefly.ts';

for (const parser of parsers) if (!isSlow(parser)) runBriefly(parser);

function parserOf(run: (text: string) => unknown): Parser {
  return { name: 'test/parser', as: 'text', seeds: ['valid'], run, refusals: [RefusedError] };
}

class RefusedError extends Error {
  code = 'refused';
}

test('another error than the package’s own is told with the shortest input that brings it about', async (t) => {
  const parser = parserOf((text) => {
    if (text.includes('\0')) throw new TypeError('of no use');
    if (text !== 'valid') throw new RefusedError();
  });
  const { failure } = await fuzz(parser, { inputs: 2000, seed });
  t.match(failure?.input, /^[valid]*\0[valid]*$/);
  t.ok(failure?.cause instanceof TypeError);
  t.equal(failure?.seed, seed);
});

test('a refusal without a code is no refusal', async (t) => {
  const parser = parserOf((text) => {
    if (text !== 'valid') throw Object.assign(new RefusedError(), { code: undefined });
  });
  t.not((await fuzz(parser, { inputs: 10, seed })).failure, undefined);
});
