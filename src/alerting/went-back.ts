import type { StoredFinding } from '../domain/finding.ts';
import type { Report } from '../domain/report.ts';
import { seriesName } from '../domain/series.ts';
import type { Stores } from '../ports/stores.ts';
import { isStillOut } from './ending.ts';

/**
 * True where a report ended since its series went back, and none of these findings has stayed out in every window since:
 * there is no level that could be a new one. What goes out again later is news of a later report, so that the answer does
 * not depend on when one asks.
 */
export function wentBack(
  { statistics }: Pick<Stores, 'statistics'>,
  { modelId, state, ending, latest }: Report,
  findings: readonly StoredFinding[],
): boolean {
  if (state !== 'resolved' || ending !== 'returned') return false;
  const keys = findings.map(({ series }) => series);
  const later = statistics.series(modelId, keys, latest.endMs, Number.MAX_SAFE_INTEGER);
  const values = new Map(later.map(({ key, points }) => [seriesName(key), points.map(({ value }) => value)]));
  return !findings.some((finding) => hasStayedOut(finding, values.get(seriesName(finding.series)) ?? []));
}

/** True where there is something to compare, and all of it is out. */
function hasStayedOut(finding: StoredFinding, values: readonly (number | null)[]): boolean {
  const compared = values.map((value) => isStillOut(finding, value)).filter((isOut) => isOut !== undefined);
  return compared.length > 0 && compared.every(Boolean);
}
