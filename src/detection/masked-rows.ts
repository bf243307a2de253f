import type { Anomaly } from '../domain/anomaly.ts';
import type { JudgingRules } from '../domain/detector.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import { kindIndex, kindOfStatistic } from '../domain/statistic-kind.ts';
import type { Judgement } from './build-detections.ts';
import { maskHolidays, readingAt, type widenReading, writeReading } from './driftbell/holiday-reading.ts';
import { COMMON_SIDE, maskHistory, maskToFormer, type Side, UNKNOWN_SIDE } from './driftbell/mask-history.ts';
import { countKnown } from './judge-masked.ts';
import type { JudgementRows, WindowView } from './judgement-rows.ts';
import { countsMissing } from './missing-values.ts';

export interface MaskedRowsOptions {
  readonly dayOfWeek: number;
  readonly judging: JudgingRules;
  /** Verdicts on the windows of the history of a series, oldest first; undefined: none was anomalous. */
  readonly sidesOf: (key: SeriesKey) => ArrayLike<Side> | undefined;
  /** What the calendar says of the windows of the histories; absent: nothing. */
  readonly marks?: ArrayLike<number> | undefined;
  /** 1 for the windows of the history that people muted; absent: none. */
  readonly isMuted?: Uint8Array | undefined;
  /** True: only rows after a shift that stayed, by the level before it. */
  readonly isFormer?: boolean | undefined;
  /** Columns of which somebody told what stands for "not filled in"; absent: none. */
  readonly declaredDefaults?: ReadonlySet<string>;
}

/** Rows for the views that have a value and enough known windows once the anomalies before it are masked. */
export function buildMaskedRows(
  views: readonly WindowView[],
  { dayOfWeek, judging, sidesOf, marks, isMuted, isFormer = false, declaredDefaults }: MaskedRowsOptions,
): JudgementRows {
  const width = views[0]?.history.length ?? 0;
  const used = width - judging.omittedWindows;
  const histories = new Float64Array(views.length * width);
  const kept: number[] = [];
  views.forEach((view, index) => {
    if (view.value === null) return;
    const history = histories.subarray(kept.length * width, (kept.length + 1) * width);
    for (let at = 0; at < width; at += 1) history[at] = view.history[at] ?? Number.NaN;
    if (marks !== undefined) maskHolidays(history, marks, used, judging);
    const { key } = view.series;
    const sides = sidesOf(key);
    if (isFormer) {
      if (sides === undefined || !maskToFormer(history, sides, used, judging)) return;
    } else if (sides !== undefined) {
      const hasHabits = kindOfStatistic(key.statistic) !== 'rate';
      const hasEdges = countsMissing(key, declaredDefaults?.has(key.column) === true);
      maskHistory(history, sides, used, { ...judging, hasHabits, hasEdges });
    }
    if (isMuted !== undefined) maskMuted(history, isMuted, used, judging);
    if (countKnown(history, used) >= judging.leastKnownWindows) kept.push(index);
  });
  const rowsOf = (index: number): number => {
    const view = views[index];
    return view === undefined || view.series.key.role === 'traffic' ? Number.NaN : view.rows;
  };
  return {
    count: kept.length,
    histories: histories.subarray(0, kept.length * width),
    values: Float64Array.from(kept, (index) => views[index]?.value ?? Number.NaN),
    daysOfWeek: new Uint8Array(kept.length).fill(dayOfWeek),
    rows: Float64Array.from(kept, rowsOf),
    kinds: Uint8Array.from(kept, (index) => kindIndex(kindOfStatistic(views[index]?.series.key.statistic ?? 'mean'))),
    views: kept,
  };
}

/** Joins what was said of each view with its other reading, where it has one. */
export function joinReadings(own: Judgement, others: Judgement, join: typeof widenReading): void {
  const rowOfView = new Map(others.rows.views.map((view, row) => [view, row]));
  own.rows.views.forEach((view, row) => {
    const other = rowOfView.get(view);
    if (other === undefined) return;
    const reading = join(
      readingAt(own.result, row),
      readingAt(others.result, other),
      own.rows.values[row] ?? Number.NaN,
    );
    writeReading(own.result, row, reading);
  });
}

/**
 * What people muted they knew to be odd, so a forecast does not look at it either. A mute so long that too little would
 * be left masks nothing: the series would be silent for weeks after its end.
 */
function maskMuted(
  history: Float64Array,
  isMuted: Uint8Array,
  used: number,
  { leastKnownWindows }: Pick<JudgingRules, 'leastKnownWindows'>,
): void {
  let left = 0;
  for (let at = 0; at < used; at += 1) if (isMuted[at] !== 1 && Number.isFinite(history[at])) left += 1;
  if (left < leastKnownWindows) return;
  for (let at = 0; at < used; at += 1) if (isMuted[at] === 1) history[at] = Number.NaN;
}

/** Looks up, for a series, on which side of its baseline each anomaly of its history lay. */
export function findSides(
  anomalies: readonly Anomaly[],
  starts: readonly number[],
): (key: SeriesKey) => Int8Array | undefined {
  const places = new Map(starts.map((start, place) => [start, place]));
  const sides = new Map<string, Int8Array>();
  const common = new Int8Array(starts.length);
  for (const { series, window, value, forecast, rule } of anomalies) {
    const place = places.get(window.startMs);
    // A window that a slow drift is told in is no rarer than its neighbours.
    if (place === undefined || rule === 'slow_drift') continue;
    if (rule === 'common_mode') {
      common[place] = COMMON_SIDE;
      continue;
    }
    const name = seriesName(series);
    const found = sides.get(name) ?? new Int8Array(starts.length);
    const hasSide = value !== null && forecast !== undefined && rule !== 'flat';
    found[place] = !hasSide ? UNKNOWN_SIDE : value < forecast.baseline ? -1 : 1;
    sides.set(name, found);
  }
  if (common.every((side) => side === 0)) return (key) => sides.get(seriesName(key));
  return (key) => {
    const own = sides.get(seriesName(key));
    return own === undefined ? common : own.map((side, place) => (side === 0 ? (common[place] ?? 0) : side));
  };
}
