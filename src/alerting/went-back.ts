import type { StoredFinding } from '../domain/finding.ts';
import type { Report } from '../domain/report.ts';
import { seriesName } from '../domain/series.ts';
import type { Stores } from '../ports/stores.ts';
import { isStillOut } from './ending.ts';

/**
 * True where a report ended since its series went back, and by the newest window none of these findings is out again: there
 * is no level that could be a new one.
 */
export function wentBack(
  { statistics }: Pick<Stores, 'statistics'>,
  { modelId, state, ending, latest }: Report,
  findings: readonly StoredFinding[],
): boolean {
  if (state !== 'resolved' || ending !== 'returned') return false;
  const keys = findings.map(({ series }) => series);
  const later = statistics.series(modelId, keys, latest.endMs, Number.MAX_SAFE_INTEGER);
  const values = new Map(later.map(({ key, points }) => [seriesName(key), points.at(-1)?.value]));
  return !findings.some((finding) => isStillOut(finding, values.get(seriesName(finding.series))) === true);
}
