// Titles of the AI Incident Database that name nobody: none of their row's parties, and nobody else for who read them.
import { readFileSync } from 'node:fs';
import { findTerms, protectedTerms, type VaultNames } from '@detente/redaction';

export type Incident = { id: string; title: string; description: string; vault: VaultNames };

export function incidents(): Incident[] {
  const csv = readFileSync(new URL('../../packages/interop/data/aiid/incidents.csv', import.meta.url), 'utf8');
  const cells = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)];
  const table: string[][] = [[]];
  for (const [, quoted, plain, end] of cells) {
    table.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== ',') table.push([]);
  }
  const full = table.slice(1).filter((row) => row.length === 9);
  return full.map(([, id = '', , , deployer = '', developer = '', harmed = '', description = '', title = '']) => {
    const vault = { deployer: JSON.parse(deployer), developer: JSON.parse(developer), harmed: JSON.parse(harmed) };
    return { id, title, description, vault };
  });
}

/** Whether a title has a word, of four letters and more, of a party of its row, or all of a shorter name. */
export function namesItsParties({ title, vault }: Incident): boolean {
  if (findTerms(title, protectedTerms([vault])).length > 0) return true;
  const parties = Object.values(vault)
    .flat()
    .map(
      (party) =>
        ` ${party
          .toLowerCase()
          .replace(/[^\p{L}\d]+/gu, ' ')
          .trim()} `,
    );
  const words = ` ${title.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ')} `;
  return parties.some((party) => words.includes(party));
}

/** Incidents whose title names neither a party of its row nor anybody else. */
export function unnamedTitles(): Incident[] {
  const lines = readFileSync(new URL('titles-named.txt', import.meta.url), 'utf8').split('\n');
  const named = new Set(lines.filter((line) => !line.startsWith('#')).flatMap((line) => line.split(' ')));
  return incidents().filter((incident) => !named.has(incident.id) && !namesItsParties(incident));
}
