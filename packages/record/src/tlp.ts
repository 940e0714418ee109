// TLP 2.0 (FIRST, August 2022): how a whole record may be handled, and the least tier that a peer needs to get it.
import { type Level, levelOf, TIERS, type Tier } from './tiers.ts';

/** The five labels of TLP 2.0 §3 without `TLP:`, in lower case; they are called as the tiers are, and mean another thing. */
export const TLP = TIERS;
export type Tlp = Tier;

/** First severity level of the floor: a warning that no label, bargain or clock holds back. */
export const FLOOR_SEVERITY = 5;
/** What the floor gives: the fields up to `green`. */
export const FLOOR_LEVEL: Level = levelOf('green');

/** The least level that a peer must be granted to get a record with this label at all. */
export function leastLevel(tlp: Tlp): Level {
  return levelOf(tlp);
}

/** The stricter of two labels. */
export function stricterTlp(a: Tlp, b: Tlp): Tlp {
  return TLP.indexOf(a) >= TLP.indexOf(b) ? a : b;
}

export type LevelInput = {
  /** What the terms or a single grant give; `null` for nothing. Level 0, the signed part alone, is under no label. */
  granted: Level | null;
  tlp: Tlp;
  /** Level of the severity scale, `null` when unrated. */
  severity: number | null;
};

/** What a peer gets of a record: what it was granted if that reaches the label, the floor from severity 5 on if it does not,
 *  else nothing. The floor never gives more than was granted. */
export function levelFor({ granted, tlp, severity }: LevelInput): Level | null {
  if (granted === null || granted === 0 || granted >= leastLevel(tlp)) return granted;
  if (severity !== null && severity >= FLOOR_SEVERITY) return granted < FLOOR_LEVEL ? granted : FLOOR_LEVEL;
  return null;
}
