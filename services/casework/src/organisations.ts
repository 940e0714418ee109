// The organisations whose other names are protected as soon as a case names one of them: the project's list, and the node's own.

import { readFileSync } from 'node:fs';
import { namesOfNobody, ORGANISATIONS, type Organisations, parseOrganisations } from '@detente/redaction';

/** @param file a line each: names | names in other scripts | domains | products; empty: the project's list alone
 *  @throws TypeError with the line or the names that are wrong */
export function readOrganisations(file: string): Organisations {
  if (file === '') return ORGANISATIONS;
  const text = readFileSync(file, 'utf8');
  try {
    const own = parseOrganisations(text);
    const nobody = namesOfNobody(own);
    if (nobody.length > 0)
      throw new SyntaxError(`${nobody.join(', ')} would be found in every text, or in none, and cannot be protected`);
    return [...ORGANISATIONS, ...own];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TypeError(`organisations ${file}: ${error.message}: correct it, and start the node again`);
  }
}
