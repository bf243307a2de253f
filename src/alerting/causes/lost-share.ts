import type { StoredFinding } from '../../domain/finding.ts';

/** Two losses of the same rows differ by what was missing before, not by more. */
const SAME_WITHIN = 0.02;

/**
 * Missingness that is shared: the part of the rows (0..1) that lost its value, where it is the same in at least two
 * columns, since then it is likely the same rows. Undefined where the parts differ or nothing went missing.
 */
export function lostShareOf(findings: readonly StoredFinding[]): number | undefined {
  const lost = new Map<string, number>();
  for (const finding of findings) {
    const share = lossOf(finding);
    if (share !== undefined) lost.set(finding.series.column, share);
  }
  const shares = [...lost.values()].toSorted((a, b) => a - b);
  const median = shares[shares.length >> 1];
  if (median === undefined || shares.length < 2) return undefined;
  return shares.every((share) => Math.abs(share - median) <= SAME_WITHIN) ? median : undefined;
}

function lossOf({ series, worst }: StoredFinding): number | undefined {
  if (worst.value === null || worst.forecast === undefined) return undefined;
  const change = worst.value - worst.forecast.baseline;
  if (series.statistic === 'coverage') return change < 0 ? -change : undefined;
  return series.statistic === 'missing_rate' && change > 0 ? change : undefined;
}
