import { type Anomaly, isOutage } from '../domain/anomaly.ts';
import type { Finding } from '../domain/finding.ts';
import type { Window } from '../domain/window.ts';

/**
 * Windows in a row after which a shift that has settled may be the new normal: a working week of days. Early enough to
 * ask, long before the detector takes it as usual by itself.
 */
export const STABLE_WINDOWS = 5;

/**
 * True where everything that is out stands still at its new place, so that only a person can say whether that is
 * right. Drifts, news and what all series do together have no place of their own and are not asked about.
 */
export function isNewNormal(out: readonly Finding[], window: Window): boolean {
  const placed = out.filter(({ rule }) => rule === 'band' || rule === 'flat' || isOutage(rule));
  return placed.length > 0 && placed.every((finding) => isStable(finding, window));
}

/**
 * Stable: the last STABLE_WINDOWS windows are anomalous without a gap, on one side of their baselines, and scatter no
 * more than the series did before, which is the width of the first band (AlerTiger's spread of a history; methods: "same
 * sign, spread back to what it was"). An outage has no side and no scatter: it is stable when it lasts.
 */
export function isStable({ anomalies, rule }: Finding, window: Window): boolean {
  const last = anomalies.slice(-STABLE_WINDOWS);
  if (last.length < STABLE_WINDOWS || last.at(-1)?.window.startMs !== window.startMs) return false;
  if (last.some((anomaly, index) => index > 0 && last[index - 1]?.window.endMs !== anomaly.window.startMs))
    return false;
  if (isOutage(rule)) return last.every((anomaly) => anomaly.rule === rule);
  const before = anomalies[0]?.forecast;
  const sides = new Set(last.map(sideOf));
  if (before === undefined || sides.size !== 1 || sides.has(0)) return false;
  const values = last.flatMap(({ value }) => (value === null ? [] : [value]));
  return Math.max(...values) - Math.min(...values) <= before.upper - before.lower;
}

/** 1 above its baseline, -1 below it, 0 where it has no side. */
export function sideOf({ value, forecast }: Pick<Anomaly, 'value'> & Partial<Pick<Anomaly, 'forecast'>>): number {
  return value === null || forecast === undefined ? 0 : Math.sign(value - forecast.baseline);
}
