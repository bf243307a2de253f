import type { DetectorSettings } from '../settings.ts';
import { DAYS_PER_WEEK, writeDayOfWeek } from './day-of-week.ts';
import type { HistoryRows } from './history-rows.ts';
import { irregularityScore } from './irregularity.ts';
import { measureWindow, normalise } from './normalise-window.ts';

/**
 * What the two networks are fed. Training and serving both call this function, so their features cannot differ.
 *
 * Per row: the history without its newest K windows, normalised by itself; the day of week as a one-hot; the
 * irregularity score; the judged value in the same normalised units. Source: AlerTiger, section 3.2.
 */
export interface FeatureBatch {
  readonly count: number;
  /** count x (H - K + 7): normalised history, then day of week. */
  readonly inputs: Float32Array;
  readonly irregularity: Float32Array;
  /** Judged values in normalised units, not limited. */
  readonly targets: Float32Array;
  /** Scale of each row, in the units of the series. */
  readonly means: Float64Array;
  readonly spreads: Float64Array;
}

type FeatureSettings = Pick<
  DetectorSettings,
  'historyWindows' | 'omittedWindows' | 'spreadFloor' | 'irregularityQuantiles'
>;

export function usedWindows(settings: Pick<DetectorSettings, 'historyWindows' | 'omittedWindows'>): number {
  return settings.historyWindows - settings.omittedWindows;
}

export function inputWidth(settings: Pick<DetectorSettings, 'historyWindows' | 'omittedWindows'>): number {
  return usedWindows(settings) + DAYS_PER_WEEK;
}

/** Features of the rows [from, to). */
export function buildFeatures(
  rows: HistoryRows,
  settings: FeatureSettings,
  range: { readonly from: number; readonly to: number } = { from: 0, to: rows.count },
): FeatureBatch {
  const count = range.to - range.from;
  const used = usedWindows(settings);
  const width = inputWidth(settings);
  const batch: FeatureBatch = {
    count,
    inputs: new Float32Array(count * width),
    irregularity: new Float32Array(count),
    targets: new Float32Array(count),
    means: new Float64Array(count),
    spreads: new Float64Array(count),
  };
  for (let row = 0; row < count; row += 1) {
    const start = (range.from + row) * settings.historyWindows;
    const history = rows.histories.subarray(start, start + used);
    const scale = measureWindow(history, settings.spreadFloor);
    const offset = row * width;
    for (let index = 0; index < used; index += 1) {
      batch.inputs[offset + index] = normalise(history[index] ?? Number.NaN, scale);
    }
    writeDayOfWeek(rows.daysOfWeek[range.from + row] ?? 0, batch.inputs, offset + used);
    batch.irregularity[row] = irregularityScore(
      batch.inputs.subarray(offset, offset + used),
      settings.irregularityQuantiles,
    );
    batch.targets[row] = normalise(rows.values[range.from + row] ?? Number.NaN, scale);
    batch.means[row] = scale.mean;
    batch.spreads[row] = scale.spread;
  }
  return batch;
}
