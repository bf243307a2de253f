import type { Detection, DetectionRule } from '../../src/domain/anomaly.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { shiftWindow, type Window, windowAt } from '../../src/domain/window.ts';

const FIRST_DAY = Date.UTC(2026, 0, 1);

export function day(index: number): Window {
  return shiftWindow(windowAt(FIRST_DAY, 'UTC', 'day'), index, 'UTC', 'day');
}

export function days(count: number): Window[] {
  return Array.from({ length: count }, (_, index) => day(index));
}

export function seriesKey(overrides: Partial<SeriesKey> = {}): SeriesKey {
  return { segment: '', column: 'age', role: 'feature', statistic: 'mean', ...overrides };
}

/** One detection per value on consecutive days, around a band of [-0.5, 0.5]; all non-zero values are anomalous. */
export function detectionsOf(
  values: readonly number[],
  key: SeriesKey = seriesKey(),
  rule: DetectionRule = 'band',
): Detection[] {
  return values.map((value, index) => ({
    series: key,
    window: day(index),
    value,
    rows: 1000,
    forecast: { baseline: 0, lower: -0.5, upper: 0.5 },
    score: value === 0 ? 0.01 : 0.9,
    isAnomaly: value !== 0,
    ...(value === 0 ? {} : { rule }),
  }));
}
