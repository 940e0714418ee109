// What a peer is warned of at once, whatever it is offered.
import { FLOOR_LEVEL, FLOOR_SEVERITY, type Level, WARNING_SEVERITY } from '@detente/record';

/** How much of a record version a peer that is not expelled is warned with; null when it is not warned.
 *  @param granted what its grants give of the version, null for nothing */
export function warningLevel({ severity, granted }: { severity: number | null; granted: Level | null }): Level | null {
  if (severity === null || severity < WARNING_SEVERITY) return null;
  if (severity >= FLOOR_SEVERITY) return FLOOR_LEVEL;
  // A signed part alone does not say what it warns of.
  return granted === null || granted === 0 ? null : (Math.min(granted, FLOOR_LEVEL) as Level);
}
