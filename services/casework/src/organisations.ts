// The organisations whose other names are protected as soon as a case names one of them: the project's list, and the node's own.

import { readFileSync } from 'node:fs';
import { ORGANISATIONS, type Organisations, parseOrganisations } from '@detente/redaction';

/** @param file a line each: names | names in other scripts | domains | products; empty: the project's list alone
 *  @throws TypeError with the line that is wrong */
export function readOrganisations(file: string): Organisations {
  if (file === '') return ORGANISATIONS;
  const text = readFileSync(file, 'utf8');
  try {
    return [...ORGANISATIONS, ...parseOrganisations(text)];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TypeError(`organisations ${file}: ${error.message}: correct it, and start the node again`);
  }
}
