// Imports point one way: the list in packages/README.md is the law (design section 8).
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'tap';

const root = resolve(import.meta.dirname, '../..');
const order = [...readFileSync(join(root, 'packages/README.md'), 'utf8').matchAll(/^\d+\. `([a-z-]+)`/gm)].map(
  (m) => m[1]!,
);
const storeEntries: Record<string, readonly string[]> = {
  reporting: ['reporting'],
  casework: ['casework', 'worker', 'evidence', 'log-proof', 'mirror-proof'],
  exchange: ['exchange', 'mirror-proof'],
  publication: ['publication'],
  detente: ['migrate', 'embedded'],
};

type Import = { file: string; area: string; home: string; isTest: boolean; target: string };

/** Below the folder; not what is installed there, which links lead through again and again. */
function sources(folder: string): string[] {
  const isLeftOut = (path: string) => /(^|[/\\])(node_modules|generated)$/.test(path);
  return globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: isLeftOut }).map((path) => join(root, path));
}

function importsOf(file: string): Import[] {
  const path = relative(root, file).split(sep);
  const text = readFileSync(file, 'utf8');
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!);
  return targets.map((target) => ({
    file: path.join('/'),
    area: path[0]!,
    home: path[1]!,
    isTest: path[2] === 'test',
    target,
  }));
}

/** Why an import breaks the order, or undefined when it keeps it. */
function fault({ file, area, home, isTest, target }: Import): string | undefined {
  if (target.startsWith('.')) {
    const landed = relative(root, resolve(root, dirname(file), target)).split(sep);
    const isInside = landed[0] === area && (area === 'bench' || landed[1] === home);
    if (!isInside) return 'leaves its own package by a relative path';
    return target.startsWith('../../') && !isTest ? 'climbs more than one folder' : undefined;
  }
  const match = /^@detente\/([a-z-]+)(?:\/(.+))?$/.exec(target);
  if (!match || isTest) return undefined;
  const [, name, entry] = match as unknown as [string, string, string | undefined];
  const rank = order.indexOf(name);
  if (area === 'packages') {
    if (rank === -1) return 'imports a service';
    return name !== home && rank >= order.indexOf(home) ? `imports ${name}, which stands below it` : undefined;
  }
  // What is measured may be any of the store's roles, or whole nodes; no service is taken apart for it.
  if (area === 'bench') return rank === -1 ? 'imports a service' : undefined;
  if (name === 'testkit') return 'imports testkit outside a test';
  if (rank === -1) return home === 'detente' ? undefined : 'imports a service';
  if (name === 'store' && entry !== undefined && !['database', 'queue'].includes(entry)) {
    return storeEntries[home]?.includes(entry) ? undefined : `imports store/${entry}, which is another role's`;
  }
  return undefined;
}

test('the list names every package, and every listed package exists', (t) => {
  const folders = readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  t.same([...order].sort(), folders.map((entry) => entry.name).sort());
  t.end();
});

test('every import keeps the order of dependence', (t) => {
  const all = [...sources('packages'), ...sources('services'), ...sources('bench')].flatMap(importsOf);
  const faults = all.flatMap((one) => {
    const why = fault(one);
    return why ? [`${one.file}: '${one.target}' ${why}`] : [];
  });
  t.same(faults, []);
  t.end();
});

test('the check refuses what it is there to refuse', (t) => {
  const base = { file: 'packages/tlog/src/tree.ts', area: 'packages', home: 'tlog', isTest: false };
  t.match(fault({ ...base, target: '@detente/feed' }), /stands below/);
  t.match(fault({ ...base, target: '../../sd-jwt/src/index.ts' }), /leaves its own package/);
  t.equal(fault({ ...base, target: '@detente/sd-jwt' }), undefined);
  const service = { file: 'services/exchange/src/app.ts', area: 'services', home: 'exchange', isTest: false };
  t.match(fault({ ...service, target: '@detente/store/worker' }), /another role/);
  t.match(fault({ ...service, target: '@detente/casework' }), /imports a service/);
  t.match(fault({ ...service, target: '@detente/testkit' }), /outside a test/);
  t.equal(fault({ ...service, target: '@detente/store/exchange' }), undefined);
  const bench = { file: 'bench/game/play.ts', area: 'bench', home: 'game', isTest: false };
  t.match(fault({ ...bench, target: '@detente/exchange' }), /imports a service/);
  t.match(fault({ ...bench, target: '../../packages/tlog/src/index.ts' }), /leaves its own package/);
  t.equal(fault({ ...bench, target: '../row.ts' }), undefined);
  t.equal(fault({ ...bench, target: '@detente/store/worker' }), undefined);
  t.end();
});
