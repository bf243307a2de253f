import { formatExponent, formatFixed, SHARE_UNIT } from '../../src/messages/format-number.ts';

export interface ValueAxis {
  readonly lower: number;
  readonly upper: number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** Beyond these, differences of doubles overflow or lose their digits; nothing is drawn further out. */
const LARGEST_DRAWN = 1e300;
const SMALLEST_DRAWN = 1e-280;
/** A flat series gets this much air, as a part of its height. */
const FLAT_MARGIN = 0.1;
/** Narrower than this part of the height, doubles have too few digits left for ticks. */
const FLAT_SPAN = 1e-9;
/** So that markers on the outermost values stay inside the panel. */
const PADDING = 0.08;
const NICE_STEPS = [1, 2, 2.5, 5, 10] as const;
/** Hides the error of adding steps in binary. */
const TICK_DIGITS = 12;
const PERCENT = 100;
const SCALES = [
  { from: 1e12, divisor: 1e12, suffix: ' T' },
  { from: 1e9, divisor: 1e9, suffix: ' B' },
  { from: 1e6, divisor: 1e6, suffix: ' M' },
  { from: 1e4, divisor: 1e3, suffix: ' k' },
] as const;
const LARGEST_SCALED = 1e15;
const SMALLEST_PLAIN = 1e-3;

/** Where a value is drawn: the same, except at the ends of the range of doubles. */
export function drawnValue(value: number): number {
  if (Math.abs(value) < SMALLEST_DRAWN) return 0;
  return Math.max(-LARGEST_DRAWN, Math.min(LARGEST_DRAWN, value));
}

/** Domain around the (drawn) values with a few round ticks inside it. */
export function valueAxis(values: readonly number[], unit: string, maxTicks: number): ValueAxis {
  if (values.length === 0) return { lower: 0, upper: 1, ticks: [] };
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (most - least <= size * FLAT_SPAN) return flatAxis(least, size, unit);
  const air = (most - least) * PADDING;
  const ticks = roundTicks(least - air, most + air, maxTicks);
  return { lower: least - air, upper: most + air, ticks: labelTicks(ticks, unit) };
}

function flatAxis(value: number, size: number, unit: string): ValueAxis {
  const air = size === 0 ? 1 : size * FLAT_MARGIN;
  return { lower: value - air, upper: value + air, ticks: labelTicks([value], unit) };
}

function roundTicks(lower: number, upper: number, maxTicks: number): number[] {
  const rough = (upper - lower) / maxTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  for (const nice of NICE_STEPS) {
    const step = nice * power;
    const first = Math.ceil(lower / step);
    const last = Math.floor(upper / step);
    if (last - first + 1 > maxTicks) continue;
    return Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
  }
  return [];
}

function labelTicks(ticks: readonly number[], unit: string): ValueAxis['ticks'] {
  const size = Math.max(0, ...ticks.map(Math.abs));
  if (unit === SHARE_UNIT && (size === 0 || size * PERCENT >= SMALLEST_PLAIN) && size < LARGEST_SCALED)
    return labelFixed(ticks, 1 / PERCENT, ' %');
  if (size !== 0 && (size < SMALLEST_PLAIN || size >= LARGEST_SCALED)) return labelExponents(ticks);
  const scale = SCALES.find((candidate) => size >= candidate.from);
  return labelFixed(ticks, scale?.divisor ?? 1, scale?.suffix ?? '');
}

/** All labels of an axis have the same decimals, so that they line up: 0.30 under 0.32. */
function labelFixed(ticks: readonly number[], divisor: number, suffix: string): ValueAxis['ticks'] {
  const decimals = Math.max(0, ...ticks.map((value) => decimalsOf(tidy(value / divisor))));
  return ticks.map((value) => ({ value, label: `${formatFixed(value / divisor, decimals)}${suffix}` }));
}

function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = value.toString().split('e');
  return Math.min(TICK_DIGITS, Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)));
}

/** As many digits as keep all labels apart. */
function labelExponents(ticks: readonly number[]): ValueAxis['ticks'] {
  const digits = Math.max(1, ...ticks.map((value) => mantissaDigits(value)));
  return ticks.map((value) => ({ value, label: value === 0 ? '0' : formatExponent(value, digits) }));
}

function mantissaDigits(value: number): number {
  const [mantissa = ''] = tidy(value).toExponential().split('e');
  return mantissa.replace(/[-.]/g, '').length;
}

function tidy(value: number): number {
  return Number(value.toPrecision(TICK_DIGITS));
}
