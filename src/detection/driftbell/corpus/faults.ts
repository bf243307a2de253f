import { type Draws, drawBetween, drawLogBetween } from '../../synthetic/draws.ts';
import type { HealthySeries } from './families.ts';

/**
 * What breaks in production, done to a few windows of a healthy series in place. Sizes are in units of the series' own
 * scatter where the fault is one of degree. A fault whose windows do not change is none.
 */
export interface FaultyWindows {
  readonly values: Float64Array;
  readonly start: number;
  readonly end: number;
  /** Typical distance between neighbouring windows of a week. */
  readonly scatter: number;
  readonly isShare: boolean;
}

type Fault = (windows: FaultyWindows, draws: Draws) => void;

const change = ({ values, start, end }: FaultyWindows, by: (value: number, index: number) => number): void => {
  for (let at = start; at < end; at += 1) values[at] = by(values[at] ?? 0, at - start);
};

const signed = (draws: Draws): number => (draws.uniform() < 0.5 ? -1 : 1);

export const faults: Readonly<Record<string, Fault>> = {
  spike: (windows, draws) => {
    const size = signed(draws) * drawLogBetween(draws, { from: 3, to: 40 }) * windows.scatter;
    const length = windows.end - windows.start;
    change(windows, (value, index) => value + size * Math.min(1, (2 * Math.min(index + 1, length - index)) / length));
  },
  levelShift: (windows, draws) => {
    const size = signed(draws) * drawLogBetween(draws, { from: 2.5, to: 30 }) * windows.scatter;
    change(windows, (value) => value + size);
  },
  /** Part of the rows falls to the default. */
  coverageDrop: (windows, draws) => {
    const kept = 1 - drawLogBetween(draws, { from: 0.05, to: 1 });
    change(windows, (value) => value * kept);
  },
  defaultFill: (windows) => change(windows, () => 0),
  unitChange: (windows, draws) => {
    const factor = 10 ** (signed(draws) * draws.integer(1, 3));
    change(windows, (value) => value * factor);
  },
  signFlip: (windows) => change(windows, (value) => -value),
  surge: (windows, draws) => {
    const share = drawLogBetween(draws, { from: 0.02, to: 1 });
    const top = windows.isShare ? 1 : 10 * Math.max(windows.scatter, ...windows.values.map(Math.abs));
    change(windows, (value) => value + share * (top - value));
  },
  stale: (windows) => {
    const last = windows.values[windows.start - 1] ?? 0;
    change(windows, () => last);
  },
  duplicated: (windows) => change(windows, (value) => 2 * value),
  partial: (windows, draws) => {
    const kept = drawBetween(draws, { from: 0.1, to: 0.5 });
    change(windows, (value) => value * kept * (1 + 0.1 * draws.normal()));
  },
  slowRamp: (windows, draws) => {
    const slope = signed(draws) * drawLogBetween(draws, { from: 0.5, to: 4 }) * windows.scatter;
    change(windows, (value, index) => value + slope * (index + 1));
  },
  varianceBurst: (windows, draws) => {
    const size = drawLogBetween(draws, { from: 3, to: 15 }) * windows.scatter;
    change(windows, (value) => value + size * draws.normal());
  },
};

export const faultNames = Object.keys(faults);

/** Applies one fault; shares stay within 0..1, and what cannot be negative stays so. Says whether anything changed. */
export function applyFault(name: string, windows: FaultyWindows, kind: HealthySeries['kind'], draws: Draws): boolean {
  const { values, start, end } = windows;
  const before = values.slice(start, end);
  faults[name]?.(windows, draws);
  const highest = kind === 'rate' ? 1 : Number.POSITIVE_INFINITY;
  const lowest = kind === 'level' ? Number.NEGATIVE_INFINITY : 0;
  change(windows, (value) => {
    const kept = Math.min(highest, Math.max(lowest, value));
    return kind === 'count' ? Math.round(kept) : kept;
  });
  return before.some((value, index) => Math.abs(value - (values[start + index] ?? 0)) > windows.scatter);
}

/** Median distance between windows a week apart; 0 where most are equal. */
export function scatterOf(values: Float64Array): number {
  const differences = values.slice(7).map((value, index) => Math.abs(value - (values[index] ?? 0)));
  const sorted = differences.toSorted();
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
