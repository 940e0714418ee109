// Every parser that reads what a peer, a lab or a stranger sends, on inputs that are almost right; for tests only.
export { fuzz, type Parser, type Report } from './fuzz.ts';
export { parsers } from './parsers.ts';
