import { isAllTraffic } from '../domain/all-traffic.ts';
import type { JudgingRules } from '../domain/detector.ts';
import { findEndedStop } from '../domain/ended-stop.ts';
import type { Granularity } from '../domain/model.ts';
import type { Series, SeriesPoint } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';
import type { HistoryRows } from './features/history-rows.ts';

/** One series at one window, with what came before: null where a window is missing or has no value. */
export interface WindowView {
  readonly series: Series;
  readonly value: number | null;
  readonly rows: number;
  /** Oldest first, one entry per window of the history. */
  readonly history: readonly (number | null)[];
}

export interface ViewOptions {
  readonly granularity: Granularity;
  /** Absent: a detector that looks at every window. */
  readonly judging?: Pick<JudgingRules, 'masksAnomalies'> | undefined;
}

/**
 * `historyStarts`: starts of the windows before the judged one, oldest first. A detector that masks what was anomalous does
 * not look at days either on which the whole source stood still, once it is back.
 */
export function viewWindows(
  series: readonly Series[],
  window: Window,
  historyStarts: readonly number[],
  { granularity, judging }: ViewOptions,
): readonly WindowView[] {
  const views = series.map((one) => viewWindow(one, window, historyStarts));
  return judging?.masksAnomalies === true && granularity === 'day' ? views.map(withoutStop) : views;
}

function withoutStop(view: WindowView): WindowView {
  const { key } = view.series;
  const stop = isAllTraffic(key) && key.statistic === 'traffic' ? findEndedStop(view.history) : undefined;
  if (stop === undefined) return view;
  return { ...view, history: view.history.map((rows, at) => (at >= stop.start && at < stop.end ? null : rows)) };
}

function viewWindow(series: Series, window: Window, historyStarts: readonly number[]): WindowView {
  const find = createFinder(series.points);
  const history = historyStarts.map((startMs) => finiteOrNull(find(startMs)?.value));
  const now = find(window.startMs);
  return { series, value: finiteOrNull(now?.value), rows: now?.rows ?? 0, history };
}

/** Finds points by their start, asked for in time order; a map of each of a million series costs seconds. */
function createFinder(points: readonly SeriesPoint[]): (startMs: number) => SeriesPoint | undefined {
  let at = 0;
  return (startMs) => {
    while ((points[at]?.window.startMs ?? Number.POSITIVE_INFINITY) < startMs) at += 1;
    return points[at]?.window.startMs === startMs ? points[at] : undefined;
  };
}

export interface JudgementRows extends HistoryRows {
  /** For each row, the index of its view. */
  readonly views: readonly number[];
}

export interface HistoryLength {
  readonly historyWindows: number;
  /** From this many known windows on, a view is left to another pair of networks; absent: to none. */
  readonly lessThan?: number;
}

/** Rows for the views that have a value and a complete history; the others are too young or have gaps. */
export function buildJudgementRows(
  views: readonly WindowView[],
  dayOfWeek: number,
  { historyWindows, lessThan = Number.POSITIVE_INFINITY }: HistoryLength,
): JudgementRows {
  const complete = views.flatMap((view, index) => {
    const known = knownWindows(view.history);
    return view.value !== null && known >= historyWindows && known < lessThan ? [index] : [];
  });
  const histories = new Float64Array(complete.length * historyWindows);
  complete.forEach((index, row) => {
    const known = views[index]?.history.slice(-historyWindows) ?? [];
    histories.set(known as readonly number[], row * historyWindows);
  });
  return {
    count: complete.length,
    histories,
    values: Float64Array.from(complete, (index) => views[index]?.value ?? Number.NaN),
    daysOfWeek: new Uint8Array(complete.length).fill(dayOfWeek),
    views: complete,
  };
}

function finiteOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}

/** The history that a row was judged by. */
export function historyOf(rows: Pick<HistoryRows, 'count' | 'histories'>, row: number): Float64Array {
  const width = rows.histories.length / rows.count;
  return rows.histories.subarray(row * width, (row + 1) * width);
}

/** Known windows at the end of a history, without a gap. */
function knownWindows(history: readonly (number | null)[]): number {
  let known = 0;
  while (known < history.length && history[history.length - 1 - known] !== null) known += 1;
  return known;
}
