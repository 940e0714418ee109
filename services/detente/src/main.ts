#!/usr/bin/env node
// The command `detente`. What Node compiles is kept beside the packages, so that the next start is quick, the processes' too.

import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../../node_modules/.cache/detente', import.meta.url));
enableCompileCache(process.env.NODE_COMPILE_CACHE);
const { runCommand } = await import('./run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
