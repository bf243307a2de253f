import type { HistoryRows } from '../features/history-rows.ts';
import { measureWindow } from '../features/normalise-window.ts';
import type { DetectorSettings } from '../settings.ts';

/**
 * The plainest detector that any other has to beat: distance from the mean of the same history, in its standard
 * deviations.
 *
 * score = abs(value - mean) / spread; anomaly = score > 3
 */
export const Z_SCORE_THRESHOLD = 3;

export function zScores(
  rows: HistoryRows,
  settings: Pick<DetectorSettings, 'historyWindows' | 'omittedWindows' | 'spreadFloor'>,
): Float64Array {
  const used = settings.historyWindows - settings.omittedWindows;
  return Float64Array.from({ length: rows.count }, (_, row) => {
    const start = row * settings.historyWindows;
    const scale = measureWindow(rows.histories.subarray(start, start + used), settings.spreadFloor);
    return Math.abs((rows.values[row] ?? 0) - scale.mean) / scale.spread;
  });
}
