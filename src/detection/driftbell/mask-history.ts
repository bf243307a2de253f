import type { Forecast } from '../../domain/anomaly.ts';
import type { JudgingRules } from '../../domain/detector.ts';
import type { StatisticKind } from '../../domain/statistic-kind.ts';
import { findEdges } from './incident-edges.ts';

/**
 * Which windows of a history a forecast may look at, given the verdicts on them: anomalies are masked, so that the band
 * stays as narrow as it was before an incident; but a shift that has stayed becomes what the series is.
 *
 * A run is a row of known windows, all anomalies of one side. It has stayed when it is at least `relearnWindows` long
 * and calm: clipped range of the run <= largest of CALM_FACTOR * clipped range of the windows before it, and half the
 * distance between the medians of both.
 * Latest run that has stayed: it is kept, everything before its first window is masked; unless RETURN_WINDOWS healthy ones
 * after it lie nearer to what was before, by their medians, for then it was a long incident. Else all anomalies are masked,
 * but for a habit: short episodes, if there are at least HABIT_EPISODES of them and the statistic is no rate: rows that are
 * missing again are as bad as before. Where `bounds` are given, a short one that is no habit stands at the bound that it
 * passed: a history without all that is rare in it looks calmer than the series is. An episode is a row of anomalies with at
 * most EPISODE_GAP healthy windows between them, and short when it has at most SHORT_EPISODE anomalies.
 *
 * Only windows that a forecast uses count, and the verdicts on them, so judging window by window and judging a whole
 * series give the same. Clipped range: without the lowest and the highest fifth. Edge cases: missing windows neither
 * lengthen nor end a run; a run without windows before it is calm; an anomaly without a side is masked, and ends a run.
 */

/** 0: no anomaly; +1 and -1: above and below its baseline; UNKNOWN_SIDE: an anomaly without a baseline. */
export type Side = number;
export const UNKNOWN_SIDE = 2;
/** Of a window in which all series of the model moved: one that lasts becomes the new normal like any other. */
export const COMMON_SIDE = 1;

const CALM_FACTOR = 3;
const CALM_SHIFT_SHARE = 0.5;
const CLIPPED_SHARE = 0.2;
/** Masked, the spikes and rare values of a series would be new each time: with a habit of two, half as many were false. */
const HABIT_EPISODES = 2;
const SHORT_EPISODE = 3;
const EPISODE_GAP = 2;
const RETURN_WINDOWS = 3;

export type MaskingRules = Pick<JudgingRules, 'masksAnomalies' | 'relearnWindows'>;

/** What is known of the series of a history. */
export interface MaskedSeries {
  /** False: what comes again is as bad as before. Default: true. */
  readonly hasHabits?: boolean;
  /** True: its anomalies are outages, whose edges are no more what is usual than they are. Default: false. */
  readonly hasEdges?: boolean;
  /** For each window the bound that it passed as an anomaly, NaN for none; absent: anomalies are masked. */
  readonly bounds?: ArrayLike<number> | undefined;
}

/** Writes NaN into the first `used` values of `history` (oldest first) that must not be looked at. */
export function maskHistory(
  history: Float64Array,
  sides: ArrayLike<Side>,
  used: number,
  { masksAnomalies, relearnWindows, hasHabits = true, hasEdges = false, bounds }: MaskingRules & MaskedSeries,
): void {
  if (!masksAnomalies || !hasAnomaly(sides, used)) return;
  const stayed = relearnWindows > 0 ? findStayed(history, sides, used, relearnWindows) : undefined;
  const short = bounds !== undefined || hasHabits ? findShort(history, sides, used) : [];
  const kept = stayed !== undefined ? [stayed] : hasHabits && short.length >= HABIT_EPISODES ? short : [];
  const isForgotten = (at: number): boolean => stayed !== undefined && at < stayed.start;
  const isMasked = (at: number): boolean => isForgotten(at) || ((sides[at] ?? 0) !== 0 && !isWithin(kept, at));
  const edges = hasEdges ? findEdges(history, sides, used, isMasked) : [];
  for (let at = 0; at < used; at += 1) {
    const isClipped = !isForgotten(at) && isWithin(short, at);
    if (isMasked(at)) history[at] = isClipped ? (bounds?.[at] ?? Number.NaN) : Number.NaN;
  }
  for (const at of edges) history[at] = Number.NaN;
}

/**
 * The other way round: where a shift has become the new normal, leaves the healthy windows before it and masks the others.
 * False, and nothing done, where there is no such shift.
 */
export function maskToFormer(
  history: Float64Array,
  sides: ArrayLike<Side>,
  used: number,
  { masksAnomalies, relearnWindows }: MaskingRules,
): boolean {
  if (!masksAnomalies || relearnWindows === 0 || !hasAnomaly(sides, used)) return false;
  const stayed = findStayed(history, sides, used, relearnWindows);
  if (stayed === undefined) return false;
  for (let at = 0; at < used; at += 1) if (at >= stayed.start || (sides[at] ?? 0) !== 0) history[at] = Number.NaN;
  return true;
}

function isWithin(runs: readonly Run[], at: number): boolean {
  return runs.some(({ start, end }) => at >= start && at < end);
}

function hasAnomaly(sides: ArrayLike<Side>, used: number): boolean {
  for (let at = 0; at < used; at += 1) if ((sides[at] ?? 0) !== 0) return true;
  return false;
}

/**
 * The bound of its band that an anomaly passed, NaN where none is to be kept: pre-cleaning (Gelper, Fried and Croux, 2010).
 * Not of rates, nor of the rows of a model: what is missing again is as bad as before. Real daily series go beyond a tail of
 * 0.1 % several times as often as healthy synthetic ones (docs/evidence.md), and each such window that was masked made later
 * bands narrower.
 */
export function passedBound(
  value: number,
  { lower, upper }: Pick<Forecast, 'lower' | 'upper'>,
  { kind, countsRows }: { readonly kind: StatisticKind; readonly countsRows: boolean },
  { clipsAnomalies = false }: Pick<JudgingRules, 'clipsAnomalies'>,
): number {
  if (!clipsAnomalies || kind === 'rate' || countsRows) return Number.NaN;
  return value < lower ? lower : value > upper ? upper : Number.NaN;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** The short episodes. The last one may go on in the windows that a forecast does not use. */
function findShort(history: Float64Array, sides: ArrayLike<Side>, used: number): readonly Run[] {
  const episodes: { start: number; end: number; anomalies: number }[] = [];
  let healthy = EPISODE_GAP + 1;
  for (let at = 0; at < used; at += 1) {
    if (Number.isNaN(history[at] ?? Number.NaN)) continue;
    if ((sides[at] ?? 0) === 0) {
      healthy += 1;
      continue;
    }
    const latest = episodes.at(-1);
    if (latest === undefined || healthy > EPISODE_GAP) episodes.push({ start: at, end: at + 1, anomalies: 1 });
    else {
      latest.end = at + 1;
      latest.anomalies += 1;
    }
    healthy = 0;
  }
  return episodes.filter(({ anomalies }) => anomalies <= SHORT_EPISODE);
}

function findStayed(history: Float64Array, sides: ArrayLike<Side>, used: number, least: number): Run | undefined {
  let latest: Run | undefined;
  let start = 0;
  let length = 0;
  let side: Side = 0;
  for (let at = 0; at < used; at += 1) {
    if (Number.isNaN(history[at] ?? Number.NaN)) continue;
    const now = sides[at] ?? 0;
    if (now === 0 || now === UNKNOWN_SIDE || now !== side) {
      side = now === UNKNOWN_SIDE ? 0 : now;
      length = 0;
      start = at;
    }
    if (side === 0) continue;
    length += 1;
    if (length < least) continue;
    const run = { start, end: at + 1 };
    if (isCalm(history, sides, run)) latest = run;
  }
  return latest !== undefined && hasReturned(history, sides, used, latest) ? undefined : latest;
}

function hasReturned(history: Float64Array, sides: ArrayLike<Side>, used: number, { start, end }: Run): boolean {
  const healthy = (from: number, to: number) =>
    known(
      Array.from({ length: to - from }, (_, at) =>
        (sides[from + at] ?? 0) === 0 ? (history[from + at] ?? 0) : Number.NaN,
      ),
    );
  const [before, after] = [healthy(0, start), healthy(end, used)];
  if (before.length === 0 || after.length < RETURN_WINDOWS) return false;
  const now = clippedAt(after, 0.5);
  const shifted = clippedAt(known(Array.from(history.subarray(start, end))), 0.5);
  return Math.abs(now - clippedAt(before, 0.5)) < Math.abs(now - shifted);
}

function isCalm(history: Float64Array, sides: ArrayLike<Side>, { start, end }: Run): boolean {
  const before: number[] = [];
  for (let at = 0; at < start; at += 1) if ((sides[at] ?? 0) === 0) before.push(history[at] ?? Number.NaN);
  const now = known(Array.from(history.subarray(start, end)));
  const past = known(before);
  if (past.length === 0) return true;
  const shift = Math.abs(clippedAt(now, 0.5) - clippedAt(past, 0.5));
  return clippedRange(now) <= Math.max(CALM_FACTOR * clippedRange(past), CALM_SHIFT_SHARE * shift);
}

function known(values: readonly number[]): number[] {
  return values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
}

function clippedRange(sorted: readonly number[]): number {
  return clippedAt(sorted, 1 - CLIPPED_SHARE) - clippedAt(sorted, CLIPPED_SHARE);
}

function clippedAt(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
