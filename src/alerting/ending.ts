import type { Detection } from '../domain/anomaly.ts';
import type { Finding } from '../domain/finding.ts';
import type { ReportEnding } from '../domain/report.ts';
import { seriesName } from '../domain/series.ts';

/**
 * Why nothing is out any more. The detector learns a new level after some time, and then is quiet about a shift that
 * never went back: most series still outside the band that they left is no return.
 */
export function endingOf(findings: readonly Finding[], newest: readonly Detection[]): ReportEnding {
  const values = new Map(newest.map(({ series, value }) => [seriesName(series), value]));
  const stays = findings.flatMap((finding) => {
    const isOut = isStillOut(finding, values.get(seriesName(finding.series)));
    return isOut === undefined ? [] : [isOut];
  });
  return stays.filter(Boolean).length * 2 > stays.length ? 'relearned' : 'returned';
}

/** True outside the band that it left, on the same side. Undefined where there is nothing to compare. */
export function isStillOut({ anomalies }: Finding, value: number | null | undefined): boolean | undefined {
  const [first] = anomalies;
  if (first?.forecast === undefined || first.value === null || value === null || value === undefined) return undefined;
  const { lower, upper } = first.forecast;
  return first.value < lower ? value < lower : first.value > upper ? value > upper : undefined;
}
