#!/usr/bin/env node
// Starts the command with a Node that can read it. Plain JavaScript, so that an old Node can say what is missing.

const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, 'src', 'main.ts');
const brought = join(__dirname, '..', '..', 'node_modules', '.bin', 'node');
const [major, minor] = process.versions.node.split('.').map(Number);
const fits = major > 22 || (major === 22 && minor >= 18);

if (fits) import(main);
else if (existsSync(brought)) {
  const { status } = spawnSync(brought, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status === null ? 1 : status;
} else {
  console.error(
    `detente: Node ${process.versions.node} is too old and no newer one was installed: run npm run setup, or install Node 22.18 or newer.`,
  );
  process.exitCode = 3;
}
