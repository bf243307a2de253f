/**
 * How far the values of a window have to be moved, on average, to lie like those of the reference, in the reference's
 * standard deviations.
 *
 * W1 = (1 / s) * integral over x of |F(x) - G(x)|; F, G = cumulative shares of the values of the window and of the
 * reference, s = standard deviation of the reference. F and G are known at the edges and at the default value, which is
 * a step; within a bin values are taken as evenly spread, below the first edge down to the own minimum and above the
 * last edge up to the own maximum. So |F - G| is a broken line and the integral exact for it; W1 is never less than the
 * difference of the means over s, which are known exactly, and equals it when all values move the same way.
 * Units: edges, minimum, maximum, s in the column's; the result in s. Source: Vallender 1974 for the formula.
 * Never negative, 0 for equal shares, symmetric up to s, c times as large for values c times as far apart. Null without
 * values on either side, without spread in the reference, or when the span is beyond what a number can hold.
 */
export function wasserstein(
  values: BinnedValues,
  reference: BinnedValues,
  of: { readonly edges: readonly number[]; readonly defaultValue: number; readonly scale: number },
): number | null {
  const total = totalOf(values);
  const referenceTotal = totalOf(reference);
  if (total <= 0 || referenceTotal <= 0 || !(of.scale > 0)) return null;
  const shares = cumulative(values, of.edges);
  const referenceShares = cumulative(reference, of.edges);
  const difference = (x: number, defaultIsBelow: boolean) =>
    (shareAt(shares, x) + (defaultIsBelow ? values.defaults : 0)) / total -
    (shareAt(referenceShares, x) + (defaultIsBelow ? reference.defaults : 0)) / referenceTotal;

  const knots = [...new Set([...shares.at, ...referenceShares.at, of.defaultValue])].sort((a, b) => a - b);
  let area = 0;
  for (const [i, right] of knots.entries()) {
    const left = knots[i - 1];
    if (left === undefined) continue;
    area += areaUnder(difference(left, of.defaultValue <= left), difference(right, of.defaultValue < right), {
      width: right - left,
    });
  }
  const distance = Math.max(area, Math.abs(values.mean - reference.mean)) / of.scale;
  return Number.isFinite(distance) ? distance : null;
}

/** Finite values of a column by bin: `counts` has one more entry than there are edges, for what is beyond the last. */
export interface BinnedValues {
  readonly counts: readonly number[];
  readonly defaults: number;
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Values, the default aside, up to and including each place; in between they are evenly spread. */
interface Cumulative {
  readonly at: readonly number[];
  readonly upTo: readonly number[];
}

function totalOf({ counts, defaults }: BinnedValues): number {
  return counts.reduce((sum, count) => sum + count, defaults);
}

function cumulative({ counts, minimum, maximum }: BinnedValues, edges: readonly number[]): Cumulative {
  const first = edges[0] ?? minimum;
  const last = edges.at(-1) ?? maximum;
  const at = [Math.min(minimum, first), ...edges, Math.max(maximum, last)];
  const upTo = [0];
  for (const count of counts) upTo.push((upTo.at(-1) ?? 0) + count);
  return { at, upTo };
}

function shareAt({ at, upTo }: Cumulative, x: number): number {
  const total = upTo.at(-1) ?? 0;
  if (x >= (at.at(-1) ?? x)) return total;
  const right = at.findIndex((place) => place > x);
  if (right <= 0) return 0;
  const from = at[right - 1] ?? x;
  const to = at[right] ?? x;
  const below = upTo[right - 1] ?? 0;
  return below + (((upTo[right] ?? 0) - below) * (x - from)) / (to - from);
}

/** Area between zero and a straight line from `start` to `end`, both signs counted as positive. */
function areaUnder(start: number, end: number, { width }: { readonly width: number }): number {
  const height = Math.abs(start) + Math.abs(end);
  if (height === 0) return 0;
  const staysOnOneSide = start * end >= 0;
  return staysOnOneSide ? (width * height) / 2 : (width * (start * start + end * end)) / (2 * height);
}
