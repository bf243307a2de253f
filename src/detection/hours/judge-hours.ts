import type { HourRules } from '../../domain/detector.ts';
import { kindRange, type StatisticKind } from '../../domain/statistic-kind.ts';
import { finiteBound } from '../driftbell/constant-path.ts';
import { addOfHour, WINDOWS_PER_DAY } from './day-profile.ts';
import { leastScale, ownScale } from './hour-scale.ts';
import { createRollingQuantiles } from './rolling-quantiles.ts';

/**
 * Hourly windows, each by the hours before it: a robust forecast of one step, and its error in the series' own errors.
 *
 * level(t)    = median of the clean y(t - K - 1) .. y(t - K - W)
 * baseline(t) = level(t) + what the hour of the day adds, as far as days repeat (`addOfHour`), with removesDay
 * severity(t) = |y(t) - baseline(t)| / scale(t), scale from the errors at t - W .. t - 1 (`ownScale`, `leastScale`)
 * bounds      = baseline -+ BAND_SCALES scale
 * tail(t)     = reference.tail (reference.severity / severity)^exponent, at most 1
 *
 * y: value in the units of the series; W, K: `historyWindows`, `omittedWindows`. Clean: a window of severity maskSeverity
 * or more is an incident and no part of a level. Of an episode of such windows (EPISODE_GAP apart at most) only the first
 * error is kept, as extreme values are declustered before a tail is fitted (Coles, 2001, section 5.3): a series whose
 * incidents last does not grow deaf to them, one that has spikes every day learns how large they are. A shift that nearly
 * fills relearnWindows is the new normal: what was before it is forgotten, but for the errors. One that has stayed for
 * SUSTAINED windows on one side need be a third as large to count.
 *
 * Why not the network: hours of monitoring data have tails that a week of errors tells and 28 values do not; measured in
 * docs/evidence.md. Edge cases: NaN where y is, or where too little is known; of zeros alone the first other value has
 * severity FIRST_SEVERITY; bounds end where the values of the kind do.
 */
export interface HourSeries {
  /** NaN where a window has no value, or nobody may look at it. */
  readonly values: Float64Array;
  readonly kind: StatisticKind;
  /** Rows behind each value, NaN where unknown; absent: unknown. */
  readonly rows?: Float64Array | undefined;
}

export interface HourJudgement {
  readonly baseline: number;
  readonly lower: number;
  readonly upper: number;
  readonly severity: number;
  readonly tail: number;
}

/** 95 % of a Laplace distribution: -ln(0.05). */
const BAND_SCALES = 3;
const EPISODE_GAP = 3;
const SUSTAINED = { windows: 12, factor: 1 / 3 } as const;
/** Of the last windows, what must be masked for a shift to be the new normal: a few may touch the old level. */
const RELEARN_SHARE = 0.92;
/** Just rarer than the threshold of the shipped rules. */
const FIRST_SEVERITY = 12;
/** 1e9 scales: nothing is more anomalous, and numbers stay finite. */
const MOST_SEVERITY = 1e9;

/** Judges the windows from `from` to `to` (exclusive) by all windows before them; `tell` is called for those it can judge. */
export function judgeHours(
  { values, kind, rows }: HourSeries,
  rules: HourRules,
  range: { readonly start: number; readonly from: number; readonly to: number },
  tell: (at: number, judgement: HourJudgement) => void,
): void {
  const state = createState(values, rules, range.start);
  const { maskSeverity = Number.POSITIVE_INFINITY } = rules;
  for (let at = range.start; at < Math.min(range.to, values.length); at += 1) {
    state.take(at);
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value) || state.level.size() < rules.leastKnownWindows) continue;
    const level = state.level.quantile(0.5);
    const history = { level, values: state.level, differences: state.differences };
    const add = rules.removesDay ? addOfHour(state.clean, at, history) : 0;
    const error = value - level - add;
    let severity = Number.NaN;
    if (state.errors.size() >= rules.leastKnownWindows) {
      const facts = { kind, rows: rows?.[at] ?? Number.NaN, level, levelFloor: rules.levelFloor };
      const own = ownScale(state.errors, state.level, facts);
      const isSustained = state.sustain(Math.abs(error) >= maskSeverity * own ? Math.sign(error) : 0);
      const scale = Math.max(own, (isSustained ? SUSTAINED.factor : 1) * leastScale(facts));
      severity = severityOf(error, scale);
      if (at >= range.from) tell(at, judgementOf({ baseline: level + add, scale, severity }, { kind, rules }));
    }
    state.keep(at, Math.abs(error), severity >= maskSeverity);
  }
}

function severityOf(error: number, scale: number): number {
  if (error === 0) return 0;
  return scale === 0 ? FIRST_SEVERITY : Math.min(MOST_SEVERITY, Math.abs(error) / scale);
}

function judgementOf(
  { baseline, scale, severity }: { readonly baseline: number; readonly scale: number; readonly severity: number },
  { kind, rules: { reference } }: { readonly kind: StatisticKind; readonly rules: HourRules },
): HourJudgement {
  const { lowest, highest } = kindRange(kind);
  const within = (bound: number): number => Math.min(highest, Math.max(lowest, finiteBound(bound)));
  return {
    baseline: within(baseline),
    lower: within(baseline - BAND_SCALES * scale),
    upper: within(baseline + BAND_SCALES * scale),
    severity,
    tail: Math.min(1, reference.tail * (reference.severity / severity) ** reference.exponent),
  };
}

/** What is remembered of the windows before the judged one. */
function createState(values: Float64Array, rules: HourRules, start: number) {
  const { historyWindows, omittedWindows, relearnWindows } = rules;
  const clean = Float64Array.from(values);
  const kept = new Float64Array(values.length).fill(Number.NaN);
  const steps = new Float64Array(values.length).fill(Number.NaN);
  const level = createRollingQuantiles(historyWindows + 1);
  const differences = createRollingQuantiles(historyWindows + 1);
  const errors = createRollingQuantiles(historyWindows + 1);
  let first = start;
  let lastFlag = Number.NEGATIVE_INFINITY;
  let side = 0;
  let sustained = 0;

  function admit(at: number): void {
    const value = clean[at] ?? Number.NaN;
    if (at < first || !Number.isFinite(value)) return;
    level.add(value);
    const before = at - WINDOWS_PER_DAY < first ? Number.NaN : (clean[at - WINDOWS_PER_DAY] ?? Number.NaN);
    if (!Number.isFinite(before)) return;
    steps[at] = Math.abs(value - before);
    differences.add(steps[at] ?? 0);
  }

  function drop(at: number): void {
    if (at < first) return;
    if (Number.isFinite(clean[at] ?? Number.NaN)) level.remove(clean[at] ?? 0);
    if (Number.isFinite(steps[at] ?? Number.NaN)) differences.remove(steps[at] ?? 0);
  }

  /** The shift is what the series is: everything before it is forgotten, but for how it scattered. */
  function relearn(at: number): void {
    drop(at - omittedWindows - historyWindows);
    level.clear();
    differences.clear();
    first = at - relearnWindows + 1;
    for (let place = first; place <= at; place += 1) clean[place] = values[place] ?? Number.NaN;
    for (let place = first; place < at - omittedWindows; place += 1) admit(place);
    sustained = 0;
  }

  function isShifted(at: number): boolean {
    if (relearnWindows === 0) return false;
    let known = 0;
    let masked = 0;
    for (let place = Math.max(first, at - relearnWindows + 1); place <= at; place += 1) {
      if (!Number.isFinite(values[place] ?? Number.NaN)) continue;
      known += 1;
      if (Number.isNaN(clean[place] ?? Number.NaN)) masked += 1;
    }
    return known >= relearnWindows / 2 && masked >= RELEARN_SHARE * known && at - first >= relearnWindows;
  }

  return {
    clean,
    level,
    differences,
    errors,
    /** Moves the history on to before the window. */
    take(at: number): void {
      admit(at - omittedWindows - 1);
      drop(at - omittedWindows - 1 - historyWindows);
      const old = kept[at - historyWindows];
      if (old !== undefined && Number.isFinite(old)) errors.remove(old);
    },
    /** True from the SUSTAINED.windows-th window in a row on one side on. */
    sustain(now: number): boolean {
      sustained = now === 0 ? 0 : now === side ? sustained + 1 : 1;
      side = now;
      return sustained >= SUSTAINED.windows;
    },
    keep(at: number, error: number, isFlagged: boolean): void {
      const isFirst = at - lastFlag > EPISODE_GAP;
      if (isFlagged) lastFlag = at;
      if (!isFlagged || isFirst) {
        kept[at] = error;
        errors.add(error);
      }
      if (!isFlagged) return;
      clean[at] = Number.NaN;
      if (isShifted(at)) relearn(at);
    },
  };
}
