import type { JudgedGrid } from '../detection/index.ts';
import { type Detection, isAnomaly } from '../domain/anomaly.ts';
import type { DetectorManifest } from '../domain/detector.ts';
import type { Granularity } from '../domain/model.ts';
import type { SeriesKey } from '../domain/series.ts';
import { applyFilters, EMPTY_CONTEXT, filterSettingsOf, NO_WINDOW_FACTS } from '../postprocessing/index.ts';
import { type FileSeries, WINDOW_MS } from './series-files.ts';
import type { FileGrid } from './series-grid.ts';

export interface FindingOptions {
  readonly granularity: Granularity;
  readonly manifest: Pick<DetectorManifest, 'configuration' | 'judging'>;
}

/**
 * 1 on windows whose anomaly survives the filters with what was known at that window: no later window confirms an
 * earlier one, so judging a longer file changes no earlier line. Only `code` looks ahead, as the released code does.
 */
export function findingsOf(
  file: FileSeries,
  grid: FileGrid,
  judged: JudgedGrid,
  { granularity, manifest }: FindingOptions,
): Uint8Array {
  const isCode = manifest.configuration === 'code';
  const settings = filterSettingsOf(manifest, granularity);
  const reach = settings.durationWindows - 1;
  const key: SeriesKey = { segment: '', column: file.name, role: 'feature', statistic: 'mean' };
  const firstMs = file.points[0]?.startMs ?? 0;
  const findings = new Uint8Array(grid.values.length);
  for (let place = 0; place < findings.length; place += 1) {
    if (judged.anomalies[place] !== 1) continue;
    const from = Math.max(0, place - reach);
    const to = isCode ? Math.min(findings.length - 1, place + reach) : place;
    const detections = Array.from({ length: to - from + 1 }, (_, index) => {
      return detectionAt(from + index, { key, firstMs, windowMs: WINDOW_MS[granularity], grid, judged });
    });
    const index = place - from;
    const anomaly = detections[index];
    if (anomaly === undefined || !isAnomaly(anomaly)) continue;
    const verdict = applyFilters({ ...ALONE, detections, index, anomaly }, settings);
    findings[place] = verdict.isKept ? 1 : 0;
  }
  return findings;
}

/** A series of a file has no model around it, nobody mutes it, and no filter of a file asks for its pattern. */
const ALONE = { pattern: 'developing', facts: NO_WINDOW_FACTS, context: EMPTY_CONTEXT } as const;

interface DetectionContext {
  readonly key: SeriesKey;
  readonly firstMs: number;
  readonly windowMs: number;
  readonly grid: FileGrid;
  readonly judged: JudgedGrid;
}

function detectionAt(place: number, { key, firstMs, windowMs, grid, judged }: DetectionContext): Detection {
  const startMs = firstMs + place * windowMs;
  const value = grid.values[place] ?? Number.NaN;
  const score = judged.score[place] ?? Number.NaN;
  const tail = judged.tail[place] ?? Number.NaN;
  const isAnomaly = judged.anomalies[place] === 1;
  return {
    series: key,
    window: { key: String(startMs), startMs, endMs: startMs + windowMs },
    value: Number.isFinite(value) ? value : null,
    rows: 0,
    ...(Number.isFinite(score) ? { score, forecast: forecastAt(place, judged) } : {}),
    ...(Number.isFinite(tail) && { tail }),
    isAnomaly,
    ...(isAnomaly ? { rule: 'band' as const } : {}),
  };
}

function forecastAt(place: number, judged: JudgedGrid) {
  return {
    baseline: judged.baseline[place] ?? Number.NaN,
    lower: judged.lower[place] ?? Number.NaN,
    upper: judged.upper[place] ?? Number.NaN,
  };
}
