const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** A window without a value. */
const GAP = '·';

/** `▂▂▃▂▁▂█·▂`: values over windows where there is no room for a picture, from the lowest to the highest of them. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as readonly number[];
  const lowest = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const last = BARS.length - 1;
  return values
    .map((value) => {
      if (value === null || !Number.isFinite(value)) return GAP;
      // Of values that are all the same the middle says as much as any.
      if (highest === lowest) return BARS[last >> 1];
      return BARS[Math.round(((value - lowest) / (highest - lowest)) * last)];
    })
    .join('');
}
