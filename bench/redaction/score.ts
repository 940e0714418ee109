// Findings against labels.
import type { Finding } from '@detente/redaction/findings';

export type Span = { start: number; end: number; kind: string };
export type Labelled = { text: string; spans: Span[] };
export type Score = {
  labels: number;
  findings: number;
  /** Labels that findings of their kind cover from end to end. */
  covered: number;
  /** Labels that a finding of their kind touches. */
  touched: number;
  /** Labels that findings of any kind cover from end to end. */
  hidden: number;
  /** Findings that touch a label of their kind. */
  right: number;
};

/** @param least confidence from which a finding counts */
export function score(
  set: readonly Labelled[],
  find: (text: string) => readonly Finding[],
  kind: string,
  least: number,
): Score {
  const sum: Score = { labels: 0, findings: 0, covered: 0, touched: 0, hidden: 0, right: 0 };
  for (const { text, spans } of set) {
    const all = find(text).filter(({ confidence }) => confidence >= least);
    const ours = all.filter((finding) => finding.kind === kind);
    const labels = spans.filter((span) => span.kind === kind);
    sum.labels += labels.length;
    sum.findings += ours.length;
    sum.covered += labels.filter((label) => covers(ours, label, text)).length;
    sum.hidden += labels.filter((label) => covers(all, label, text)).length;
    sum.touched += labels.filter((label) => ours.some((finding) => overlap(finding, label))).length;
    sum.right += ours.filter((finding) => labels.some((label) => overlap(finding, label))).length;
  }
  return sum;
}

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether every letter and digit of the label lies in a finding. */
function covers(findings: readonly Finding[], { start, end }: Span, text: string): boolean {
  for (let at = start; at < end; at++) {
    if (/[\p{L}\p{N}]/u.test(text.charAt(at)) && !findings.some((finding) => finding.start <= at && at < finding.end)) {
      return false;
    }
  }
  return true;
}
