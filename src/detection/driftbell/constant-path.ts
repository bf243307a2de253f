import { type HistoryFacts, type HistoryMeasures, rateError } from './measure-history.ts';

/**
 * Histories of at most two distinct values have no scatter to measure; what counts is whether a change means anything.
 *
 * half = highest - lowest, or if larger: RESOLUTION * max(|lowest|, |highest|); for rates instead 2 sampling errors and
 *        KNOWN_RESOLUTION where the rows are known, else RATE_RESOLUTION
 *        for counts instead 2 * sqrt(max(highest, 1))
 * severity = distance of the value from [lowest, highest] / half; lower = lowest - half, upper = highest + half
 * tail = exp(-severity) / (n + 1) outside [lowest, highest], 1 inside
 *
 * n: known windows; 1 / (n + 1) is how often the next window is the first to change after n equal ones, all orders being
 * alike. Edge cases: a series that was always 0 and is no rate has no scale: every change is as severe as can be.
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
/** Rates that were always 0 stay quiet up to about a percent where nothing is known of the rows behind them. */
const RATE_RESOLUTION = 0.01;
/** With a million rows ten missing values would be a change; a tenth of a percent is one that people ask about. */
const KNOWN_RESOLUTION = 0.001;
const SAMPLING_ERRORS = 2;
const COUNT_ERRORS = 2;
export const SEVERITY_LIMIT = 1e9;

export function judgeConstant(
  value: number,
  measures: Readonly<HistoryMeasures>,
  facts: HistoryFacts,
): ConstantVerdict {
  const low = measures.lowest * measures.unit;
  const high = measures.highest * measures.unit;
  const half = halfWidth(low, high, facts);
  const distance = Math.max(0, low - value, value - high);
  const severity = distance === 0 ? 0 : Math.min(SEVERITY_LIMIT, distance / half);
  return {
    baseline: measures.centre * measures.unit,
    lower: low - half,
    upper: high + half,
    severity,
    tail: distance === 0 ? 1 : Math.exp(-severity) / (measures.known + 1),
  };
}

function halfWidth(low: number, high: number, facts: HistoryFacts): number {
  const relative = Math.max(high - low, RESOLUTION * Math.max(Math.abs(low), Math.abs(high)));
  if (facts.isCount) return Math.max(high - low, COUNT_ERRORS * Math.sqrt(Math.max(high, 1)));
  if (!facts.isRate) return relative;
  const error = rateError(high, facts.rows);
  return Math.max(high - low, error > 0 ? Math.max(SAMPLING_ERRORS * error, KNOWN_RESOLUTION) : RATE_RESOLUTION);
}
