import {
  type GridRows,
  type HistoryRows,
  joinHistoryRows,
  type SeriesGrid,
  type SlideOptions,
  slideHistories,
} from './features/history-rows.ts';
import { zScoreSeries } from './features/z-score-series.ts';
import type { DetectorSettings } from './settings.ts';

/** A labelled series to learn from; labels are 1 on anomalous windows. */
export interface LabelledGrid extends SeriesGrid {
  readonly labels: Uint8Array;
}

export interface TrainingRows {
  readonly rows: HistoryRows;
  readonly labels: Uint8Array;
}

/**
 * Rows of all series, in order, with their labels. The input is never changed: where the settings ask for z-scored
 * series (released code), copies are scaled.
 */
export function buildTrainingRows(
  series: readonly LabelledGrid[],
  settings: Pick<DetectorSettings, 'historyWindows' | 'lossSpace'>,
  stride: SlideOptions['stride'],
): TrainingRows {
  const parts = series.map((grid) => {
    const values = settings.lossSpace === 'series' ? zScoreSeries(grid.values) : grid.values;
    const rows = slideHistories(
      { values, daysOfWeek: grid.daysOfWeek },
      { historyWindows: settings.historyWindows, stride },
    );
    return { rows, labels: labelsOf(rows, grid.labels) };
  });
  return {
    rows: joinHistoryRows(parts.map((part) => part.rows)),
    labels: Uint8Array.from(parts.flatMap((part) => [...part.labels])),
  };
}

function labelsOf(rows: GridRows, labels: Uint8Array): Uint8Array {
  return Uint8Array.from(rows.positions, (position) => labels[position] ?? 0);
}
