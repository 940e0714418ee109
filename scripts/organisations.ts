// Rewrites the letters of the names in the project's list of organisations, as the code reads names now.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LETTERS_FILE, lettersFile, ORGANISATIONS } from '../packages/redaction/src/organisations.ts';

const file = resolve(import.meta.dirname, '../packages/redaction/data', LETTERS_FILE);
writeFileSync(file, lettersFile(ORGANISATIONS));
