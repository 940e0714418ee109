// Verdicts that cannot be given.

import type { FieldProblem } from '@detente/contract';
import type { KnownFinding } from '@detente/store/casework';
import { fault } from './faults.ts';

type Given = { id: string; verdict: 'remove' | 'keep' };

/** A finding that is none of this case, that is named twice, or whose words are protected by another verdict. */
export function verdictFaults(
  verdicts: readonly Given[],
  known: ReadonlyMap<string, Pick<KnownFinding, 'by'>>,
): FieldProblem[] {
  const seen = new Set<string>();
  return verdicts.flatMap(({ id, verdict }, nth) => {
    const pointer = `/verdicts/${nth}`;
    const finding = known.get(id);
    const isTwice = seen.has(id);
    seen.add(id);
    if (finding === undefined)
      return [said(`${pointer}/id`, 'finding_unknown', 'is no finding of the newest draft: look at that one')];
    if (isTwice) return [said(`${pointer}/id`, 'finding_repeated', 'is named twice: give one verdict')];
    if (verdict === 'keep' && finding.by === 'term')
      return [
        said(
          `${pointer}/verdict`,
          'protected_by_another',
          'cannot be kept: it was taken out of another case, or as part of other words, and that verdict comes first',
        ),
      ];
    return [];
  });
}

function said(pointer: string, code: string, detail: string): FieldProblem {
  return { ...fault(pointer, code), detail };
}
