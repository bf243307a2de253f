import type { StatisticKind } from '../../../domain/statistic-kind.ts';
import { type Draws, drawBetween, drawLogBetween } from '../../synthetic/draws.ts';
import { drawBinomial, drawGamma, drawPoisson } from './distributions.ts';
import { drawSignal } from './signal.ts';

/**
 * Healthy series as statistics of production columns look: the breadth of what a detector learns from decides more than
 * its size. Each family draws its own level, scale, week, trend and noise.
 */
export interface HealthySeries {
  readonly kind: StatisticKind;
  readonly values: Float64Array;
  /** Rows behind each window where the family has them and tells them. */
  readonly rows?: Float64Array;
  /** 1 where even a healthy series is not to be learned from: the windows right after a lasting shift. */
  readonly isUnsettled?: Uint8Array;
}

export type Family = (draws: Draws, windows: number) => HealthySeries;

const SMALLEST_LEVEL = 1e-3;
const LARGEST_LEVEL = 1e6;
/** Rows of a window of known size, from a small segment to a busy model. */
const ROWS = { from: 100, to: 1e6 };
/** Windows after a lasting shift that no history can foresee. */
const UNSETTLED_WINDOWS = 6;

function drawLevel(draws: Draws): number {
  const sign = draws.uniform() < 0.3 ? -1 : 1;
  return sign * drawLogBetween(draws, { from: SMALLEST_LEVEL, to: LARGEST_LEVEL });
}

/** Noise from a ten-thousandth of the level to as large as it. */
function scaled(draws: Draws, signal: Float64Array): Float64Array {
  const level = drawLevel(draws);
  const deviation = Math.abs(level) * drawLogBetween(draws, { from: 1e-4, to: 1 });
  return signal.map((one) => level + deviation * one);
}

const additive: Family = (draws, windows) => {
  return { kind: 'level', values: scaled(draws, drawSignal(draws, { windows })) };
};

const heavyTailed: Family = (draws, windows) => {
  const tailDegrees = drawBetween(draws, { from: 2.2, to: 6 });
  return { kind: 'level', values: scaled(draws, drawSignal(draws, { windows, tailDegrees })) };
};

/** Spikes of its own on one window in ten to fifty, up or both ways. */
const chronicSpikes: Family = (draws, windows) => {
  const signal = drawSignal(draws, { windows });
  const share = drawBetween(draws, { from: 0.02, to: 0.1 });
  const size = drawLogBetween(draws, { from: 4, to: 25 });
  const isOneSided = draws.uniform() < 0.6;
  const spiky = signal.map((one) => {
    if (draws.uniform() >= share) return one;
    const sign = isOneSided || draws.uniform() < 0.5 ? 1 : -1;
    return one + sign * size * drawBetween(draws, { from: 0.4, to: 1.6 });
  });
  return { kind: 'level', values: scaled(draws, spiky) };
};

/** Scatter in proportion to the level: standard deviations, norms, traffic. */
const multiplicative: Family = (draws, windows) => {
  const deviation = drawLogBetween(draws, { from: 0.005, to: 0.5 });
  const level = drawLogBetween(draws, { from: SMALLEST_LEVEL, to: LARGEST_LEVEL });
  const values = drawSignal(draws, { windows }).map((one) => level * Math.exp(limit(deviation * one)));
  return { kind: 'scale', values };
};

const traffic: Family = (draws, windows) => {
  const { values } = multiplicative(draws, windows);
  const level = drawLogBetween(draws, { from: 50, to: 1e7 });
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return { kind: 'count', values: values.map((value) => drawPoisson(draws, (level * value) / largest)) };
};

const lowCount: Family = (draws, windows) => {
  const mean = drawLogBetween(draws, { from: 0.1, to: 30 });
  const dispersion = drawLogBetween(draws, { from: 0.5, to: 100 });
  const week = drawSignal(draws, { windows }).map((one) => Math.exp(limit(0.05 * one)));
  const values = week.map((factor) => drawPoisson(draws, (mean * factor * drawGamma(draws, dispersion)) / dispersion));
  return { kind: 'count', values };
};

/** Shares of rows from one in ten thousand on, or near 1; with the scatter of counting, and more. */
const rate: Family = (draws, windows) => {
  const base = drawLogBetween(draws, { from: 1e-4, to: 0.5 });
  const isMirrored = draws.uniform() < 0.5;
  const deviation = draws.uniform() < 0.4 ? 0 : drawLogBetween(draws, { from: 0.01, to: 0.5 });
  const logit = Math.log(base / (1 - base));
  const size = drawLogBetween(draws, ROWS);
  const rows = drawSignal(draws, { windows }).map((one) => Math.max(1, Math.round(size * Math.exp(limit(0.05 * one)))));
  const values = drawSignal(draws, { windows }).map((one, t) => {
    const share = 1 / (1 + Math.exp(-(logit + limit(deviation * one))));
    const count = rows[t] ?? 1;
    const found = drawBinomial(draws, count, share) / count;
    return isMirrored ? 1 - found : found;
  });
  return { kind: 'rate', values, ...(draws.uniform() < 0.6 && { rows }) };
};

/** Nothing on most windows, something on some. */
const zeroInflated: Family = (draws, windows) => {
  const share = drawBetween(draws, { from: 0.05, to: 0.9 });
  const isRate = draws.uniform() < 0.4;
  const level = isRate ? drawLogBetween(draws, { from: 1e-5, to: 0.05 }) : Math.abs(drawLevel(draws));
  const deviation = drawBetween(draws, { from: 0.1, to: 1.2 });
  const values = Float64Array.from({ length: windows }, () => {
    if (draws.uniform() >= share) return 0;
    const value = level * Math.exp(deviation * draws.normal());
    return isRate ? Math.min(1, value) : value;
  });
  return { kind: isRate ? 'rate' : 'level', values };
};

const quantised: Family = (draws, windows) => {
  const signal = drawSignal(draws, { windows });
  const step = drawLogBetween(draws, { from: 0.3, to: 4 });
  const offset = draws.integer(-20, 1_000);
  const unit = drawLogBetween(draws, { from: 1e-2, to: 100 });
  return { kind: 'level', values: signal.map((one) => unit * (offset + Math.round(one / step))) };
};

const distance: Family = (draws, windows) => {
  const mean = drawLogBetween(draws, { from: 1e-5, to: 0.1 });
  const shape = drawLogBetween(draws, { from: 0.7, to: 60 });
  const week = drawSignal(draws, { windows }).map((one) => Math.exp(limit(0.05 * one)));
  return { kind: 'distance', values: week.map((factor) => (mean * factor * drawGamma(draws, shape)) / shape) };
};

const performance: Family = (draws, windows) => {
  const level = drawBetween(draws, { from: 0.1, to: 1.1 });
  const deviation = drawLogBetween(draws, { from: 0.001, to: 0.1 });
  const values = drawSignal(draws, { windows }).map((one) => Math.max(0, level + deviation * one));
  return { kind: 'performance', values };
};

/** A level that wanders: what a week ago was normal is only nearly so today. */
const wandering: Family = (draws, windows) => {
  const step = drawLogBetween(draws, { from: 0.05, to: 0.7 });
  let level = 0;
  const signal = drawSignal(draws, { windows }).map((one) => {
    level += step * draws.normal();
    return one + level;
  });
  return { kind: 'level', values: scaled(draws, signal) };
};

/** A shift that stays is no fault: after some windows it is how the series is. */
const shifted: Family = (draws, windows) => {
  const signal = drawSignal(draws, { windows });
  const isUnsettled = new Uint8Array(windows);
  const at = draws.integer(Math.floor(windows / 4), Math.floor((3 * windows) / 4));
  const size = (draws.uniform() < 0.5 ? -1 : 1) * drawLogBetween(draws, { from: 3, to: 40 });
  isUnsettled.fill(1, at, at + UNSETTLED_WINDOWS);
  return {
    kind: 'level',
    values: scaled(
      draws,
      signal.map((one, t) => (t < at ? one : one + size)),
    ),
    isUnsettled,
  };
};

/** Equal for weeks, with rare odd windows. */
const nearlyConstant: Family = (draws, windows) => {
  const level = draws.uniform() < 0.5 ? 0 : drawLevel(draws);
  const share = drawBetween(draws, { from: 0.02, to: 0.2 });
  const size = drawLogBetween(draws, { from: 1e-4, to: 1 }) * Math.max(Math.abs(level), 1e-3);
  return {
    kind: 'level',
    values: Float64Array.from({ length: windows }, () => level + (draws.uniform() < share ? size * draws.normal() : 0)),
  };
};

/**
 * How many series of a corpus each family has: `broad` to learn from, where the odd ones are what is hard; `usual` to
 * calibrate on, our guess of how often columns in production are so.
 */
export type FamilyMix = 'broad' | 'usual';

export const families: readonly ({ readonly name: string; readonly draw: Family } & Record<FamilyMix, number>)[] = [
  { name: 'additive', broad: 4, usual: 8, draw: additive },
  { name: 'heavy-tailed', broad: 2, usual: 2, draw: heavyTailed },
  { name: 'chronic-spikes', broad: 2, usual: 0.5, draw: chronicSpikes },
  { name: 'multiplicative', broad: 2, usual: 4, draw: multiplicative },
  { name: 'traffic', broad: 2, usual: 4, draw: traffic },
  { name: 'low-count', broad: 2, usual: 2, draw: lowCount },
  { name: 'rate', broad: 4, usual: 6, draw: rate },
  { name: 'zero-inflated', broad: 2, usual: 1, draw: zeroInflated },
  { name: 'quantised', broad: 1, usual: 1, draw: quantised },
  { name: 'distance', broad: 2, usual: 3, draw: distance },
  { name: 'performance', broad: 1, usual: 1, draw: performance },
  { name: 'wandering', broad: 2, usual: 2, draw: wandering },
  { name: 'shifted', broad: 1, usual: 0.5, draw: shifted },
  { name: 'nearly-constant', broad: 1, usual: 0.5, draw: nearlyConstant },
];

/** Exponents beyond it belong to no statistic. */
const MOST_EXPONENT = 20;

function limit(exponent: number): number {
  return Math.min(MOST_EXPONENT, Math.max(-MOST_EXPONENT, exponent));
}
