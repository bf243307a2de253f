import type { Anomaly } from '../domain/anomaly.ts';
import type { JudgingRules } from '../domain/detector.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import { kindIndex, kindOfStatistic } from '../domain/statistic-kind.ts';
import type { Judgement } from './build-detections.ts';
import { maskHolidays, readingAt, type widenReading, writeReading } from './driftbell/holiday-reading.ts';
import { COMMON_SIDE, maskHistory, maskToFormer, passedBound, UNKNOWN_SIDE } from './driftbell/mask-history.ts';
import { countKnown } from './judge-masked.ts';
import type { JudgementRows, WindowView } from './judgement-rows.ts';
import { countsMissing } from './missing-values.ts';

export interface MaskedRowsOptions {
  readonly dayOfWeek: number;
  readonly judging: JudgingRules;
  /** Verdicts on the windows of the history of a series, oldest first; undefined: none was anomalous. */
  readonly verdictsOf: (key: SeriesKey) => PastVerdicts | undefined;
  /** What the calendar says of the windows of the histories; absent: nothing. */
  readonly marks?: ArrayLike<number> | undefined;
  /** 1 for the windows of the history that people muted; absent: none. */
  readonly isMuted?: Uint8Array | undefined;
  /** True: only rows after a shift that stayed, by the level before it. */
  readonly isFormer?: boolean | undefined;
  /** Columns of which somebody told what stands for "not filled in"; absent: none. */
  readonly declaredDefaults?: ReadonlySet<string>;
}

export interface PastVerdicts {
  readonly sides: Int8Array;
  /** See `passedBound`. */
  readonly bounds: Float64Array;
}

/** Rows for the views that have a value and enough known windows once the anomalies before it are masked. */
export function buildMaskedRows(
  views: readonly WindowView[],
  { dayOfWeek, judging, verdictsOf, marks, isMuted, isFormer = false, declaredDefaults }: MaskedRowsOptions,
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
    const past = verdictsOf(key);
    if (isFormer) {
      if (past === undefined || !maskToFormer(history, past.sides, used, judging)) return;
    } else if (past !== undefined) {
      const hasHabits = kindOfStatistic(key.statistic) !== 'rate';
      const hasEdges = countsMissing(key, declaredDefaults?.has(key.column) === true);
      maskHistory(history, past.sides, used, { ...judging, hasHabits, hasEdges, bounds: past.bounds });
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

/** Looks up, for a series, on which side of its baseline each anomaly of its history lay, and which bound it passed. */
export function findVerdicts(
  anomalies: readonly Anomaly[],
  starts: readonly number[],
  judging: Pick<JudgingRules, 'clipsAnomalies'>,
): (key: SeriesKey) => PastVerdicts | undefined {
  const places = new Map(starts.map((start, place) => [start, place]));
  const none = () => ({
    sides: new Int8Array(starts.length),
    bounds: new Float64Array(starts.length).fill(Number.NaN),
  });
  const found = new Map<string, PastVerdicts>();
  const common = none();
  for (const { series, window, value, forecast, rule } of anomalies) {
    const place = places.get(window.startMs);
    // A window that a slow drift is told in is no rarer than its neighbours.
    if (place === undefined || rule === 'slow_drift') continue;
    if (rule === 'common_mode') {
      common.sides[place] = COMMON_SIDE;
      continue;
    }
    const name = seriesName(series);
    const own = found.get(name) ?? none();
    const hasSide = value !== null && forecast !== undefined && rule !== 'flat';
    own.sides[place] = !hasSide ? UNKNOWN_SIDE : value < forecast.baseline ? -1 : 1;
    const known = { kind: kindOfStatistic(series.statistic), countsRows: series.role === 'traffic' };
    if (hasSide) own.bounds[place] = passedBound(value, forecast, known, judging);
    found.set(name, own);
  }
  if (common.sides.every((side) => side === 0)) return (key) => found.get(seriesName(key));
  return (key) => {
    const own = found.get(seriesName(key));
    if (own === undefined) return common;
    return { ...own, sides: own.sides.map((side, place) => (side === 0 ? (common.sides[place] ?? 0) : side)) };
  };
}
