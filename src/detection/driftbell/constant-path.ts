import { type HistoryFacts, type HistoryMeasures, rateError } from './measure-history.ts';

/**
 * Histories that hold one value nearly always, or at most two, have no scatter to measure; what counts is how far a
 * value leaves their range.
 *
 * half = highest - lowest, or if larger RESOLUTION * max(|lowest|, |highest|)
 *        for rates instead of the latter 2 sampling errors and KNOWN_RESOLUTION where the rows are known, else
 *        RATE_RESOLUTION; for counts that were always 0, FIRST_COUNT
 * severity = distance of the value from [lowest, highest] / half; lower = lowest - half, upper = highest + half
 * tail = 1 / ((n + 1) (1 + severity)^e) outside [lowest, highest], 1 inside; e = 2 for rates of known rows, else 1
 *
 * n: known windows; 1 / (n + 1) is how often the next window is the one that leaves the range of all, all orders being
 * alike. How far values then go has no scale of its own, hence the heavy tail: halves are how people measure a change.
 * With an exponential tail such changes stood above all others. Of a rate the rows behind it say what chance can do, so its
 * tail is lighter: of 24 rows, all there for a month, half missing on one day are no chance. Edge cases: a series that was always 0 and is neither
 * rate nor count has no scale: every change has the severity FIRST_VALUE.
 */
export interface ConstantVerdict {
  baseline: number;
  lower: number;
  upper: number;
  severity: number;
  tail: number;
}

/** A change of less than one percent of what was always the same is nobody's concern. */
const RESOLUTION = 0.01;
/** Rates that were always 0 may reach a few percent where nothing is known of the rows behind them. */
const RATE_RESOLUTION = 0.002;
/** With a million rows ten missing values would be a change; nearly a percent is one that people ask about. */
const KNOWN_RESOLUTION = 0.0002;
const SAMPLING_ERRORS = 2;
const RATE_EXPONENT = 2;
/** After 25 zeros a first event is no news, and a score of them is: a smaller one quadruples what is false of low counts. */
const FIRST_COUNT = 0.5;
/** Just a finding, once a whole history of zeros is known. */
const FIRST_VALUE = 12;
export const SEVERITY_LIMIT = 1e9;

export function judgeConstant(
  value: number,
  measures: Readonly<Pick<HistoryMeasures, 'known' | 'unit' | 'centre' | 'lowest' | 'highest'>>,
  facts: HistoryFacts,
): ConstantVerdict {
  const low = measures.lowest * measures.unit;
  const high = measures.highest * measures.unit;
  const half = finiteBound(halfWidth(low, high, facts));
  const distance = finiteBound(Math.max(0, low - value, value - high));
  const severity = distance === 0 ? 0 : Math.min(SEVERITY_LIMIT, half === 0 ? FIRST_VALUE : distance / half);
  return {
    baseline: measures.centre * measures.unit,
    lower: finiteBound(low - half),
    upper: finiteBound(high + half),
    severity,
    tail:
      distance === 0
        ? 1
        : 1 / ((measures.known + 1) * (1 + severity) ** (facts.isRate && facts.rows > 0 ? RATE_EXPONENT : 1)),
  };
}

/** Differences of the largest numbers overflow; bounds are stored and drawn. */
export function finiteBound(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}

function halfWidth(low: number, high: number, facts: HistoryFacts): number {
  const relative = Math.max(high - low, RESOLUTION * Math.max(Math.abs(low), Math.abs(high)));
  if (facts.isCount && high === 0 && low === 0) return FIRST_COUNT;
  if (!facts.isRate) return relative;
  const error = rateError(high, facts.rows);
  return Math.max(high - low, error > 0 ? Math.max(SAMPLING_ERRORS * error, KNOWN_RESOLUTION) : RATE_RESOLUTION);
}
