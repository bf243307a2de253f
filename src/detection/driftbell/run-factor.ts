/**
 * How many times as often as it is promised healthy windows of one kind of statistic come to the threshold, once masks
 * and neighbours have had their part: share of the tails that are at most `threshold`, divided by it.
 *
 * The calibration by kind and shape is of windows by themselves, and the rule for two in a row is one for all: errors of
 * counts are independent, those of levels are not, and they differed threefold in what was found. Undefined with fewer
 * than LEAST_TAILS such windows. `tails`: of healthy windows, NaN where nothing was said; `threshold` in (0, 1].
 */
export function fitRunFactor(tails: readonly number[], threshold: number): number | undefined {
  const beyond = tails.filter((tail) => tail <= threshold).length;
  return beyond < LEAST_TAILS ? undefined : beyond / (threshold * tails.length);
}

/** The factor then has a standard error of a tenth. */
export const LEAST_TAILS = 100;
