// No regular expression of the package can be made slow by a text: each is asked of recheck.
import { globSync, readFileSync } from 'node:fs';
import { check } from 'recheck';
import { test } from 'tap';
import ts from 'typescript';
import { COUNTS } from '../src/coarser/counts.ts';
import { DATES } from '../src/entities/dates.ts';
import { IN_WORDS } from '../src/entities/dates-in-words.ts';
import { PATTERNS } from '../src/identifiers/find-identifiers.ts';
import { PHRASES } from '../src/noun-phrases.ts';
import { DESIGNATION } from '../src/products.ts';
import { VERSIONS } from '../src/versions.ts';

const root = new URL('..', import.meta.url).pathname;

/** The literals in the sources, and those that the rules are made of. */
function expressions(): Map<string, RegExp> {
  const literals = globSync('src/**/*.ts', { cwd: root }).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.Latest);
    const found: string[] = [];
    const visit = (node: ts.Node) => {
      if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
  const read = literals.map((literal) => {
    const end = literal.lastIndexOf('/');
    return new RegExp(literal.slice(1, end), literal.slice(end + 1));
  });
  return new Map(
    [...read, ...PATTERNS, ...COUNTS, ...DATES, ...IN_WORDS, ...PHRASES, ...VERSIONS, DESIGNATION].map((expression) => [
      String(expression),
      expression,
    ]),
  );
}

test('recheck finds none that is vulnerable', async (t) => {
  const repeating = [...expressions().values()].filter(({ source }) =>
    /[*+]|\{\d+,\d*\}/.test(source.replaceAll(/\\./g, '')),
  );
  t.ok(repeating.length > 100, `${repeating.length} expressions repeat something`);
  const vulnerable: string[] = [];
  for (const { source, flags } of repeating) {
    const { status } = await check(source, flags.replace('g', ''), { timeout: Number(process.env.RECHECK_MS ?? 400) });
    if (status === 'vulnerable') vulnerable.push(source);
  }
  t.strictSame(vulnerable, []);
});
