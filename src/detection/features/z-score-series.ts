/**
 * A whole series brought to zero mean and unit spread, for training in the manner of the released code only: it looks
 * at the future, so judging never uses it.
 *
 * z = (x - mean) / (s + 1e-5), s = sample standard deviation (n - 1)
 *
 * NaN marks missing windows: they stay NaN and are not counted. Source: the released code. Edge cases: one value or a
 * constant gives 0.
 */
const SPREAD_OFFSET = 1e-5;

export function zScoreSeries(values: Float64Array): Float64Array {
  const known = values.filter((value) => Number.isFinite(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const spread = Math.sqrt(squares / Math.max(1, known.length - 1)) + SPREAD_OFFSET;
  return values.map((value) => (value - mean) / spread);
}
