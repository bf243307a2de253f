/**
 * How much too small the tail probabilities of one kind of statistic are, from how often healthy windows reached them.
 *
 * p: the detector's own tail probability of a window. q: a level of LEVELS, above what is flagged
 * c = t / min(1, g): p at which a window is flagged; t the detector's threshold, g the factor in force when it was judged
 * Left out are flagged windows and all with p <= c: an incident teaches nothing. What they take from the tail they take
 * from what is expected as well:
 * k = windows with c < p <= q,  E = sum over windows of max(0, q - c),  f = (k + A) / (E + A)
 *
 * Windows of a series, and series in a window, move together: k varies D times as much as if they did not.
 * D = the largest of LEAST_DEPENDENCE and, grouped by series and by window of a model,
 *     G / (G - 1) * sum over G groups of (k_g - (k / E) E_g)^2 / k
 * Only as much is believed as there are windows for: ln f * T^2 / (T^2 + D / (k + A)), T the usual spread of ln f
 * factor = the middle one of the levels with E >= LEAST_EXPECTED, within LEAST_FACTOR..MOST_FACTOR; none: 1
 *
 * Source: post-stratified counting with a cluster-robust variance; shrinkage as of a normal mean with a normal prior.
 * Edge cases: k = 0 gives f < 1, little of it believed; a single group says nothing of dependence; the share f c of
 * healthy windows that is left out, at most t, is neglected.
 */

export interface GroupSums {
  readonly groups: number;
  /** Sums over the groups of k_g^2, k_g E_g and E_g^2. */
  readonly hitsSquared: number;
  readonly crossed: number;
  readonly expectedSquared: number;
}

/** What was counted at one level. */
export interface LevelCount {
  readonly hits: number;
  readonly expected: number;
  readonly bySeries: GroupSums;
  readonly byWindow: GroupSums;
}

/** Levels that the factor rests on: high enough to be seen in months, low enough to be of the tail. */
export const LEVELS = [0.05, 0.02, 0.01] as const;
/** A level is asked where at least one window is expected below it. */
export const LEAST_EXPECTED = 1;
/** Half a window on either side: no count is taken at its word. */
const A = 0.5;
/** A disturbance lasts about as long as the newest windows that histories leave out. */
const LEAST_DEPENDENCE = 3;
/** Kinds differ by a factor of about two before anything is known of them. */
const PRIOR_SPREAD = Math.LN2;
export const LEAST_FACTOR = 0.1;
export const MOST_FACTOR = 10;

/** `levels`: what was counted at each of LEVELS. */
export function inflationFactor(levels: readonly LevelCount[]): number {
  const believed = levels
    .filter(({ expected }) => expected >= LEAST_EXPECTED)
    .map(believedLogFactor)
    .toSorted((a, b) => a - b);
  return Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, Math.exp(middle(believed))));
}

function believedLogFactor(level: LevelCount): number {
  const { hits, expected } = level;
  const variance = dependence(level) / (hits + A);
  const prior = PRIOR_SPREAD ** 2;
  return (Math.log((hits + A) / (expected + A)) * prior) / (prior + variance);
}

/** D: at least LEAST_DEPENDENCE. */
export function dependence({ hits, expected, bySeries, byWindow }: LevelCount): number {
  const rate = hits / expected;
  const of = ({ groups, hitsSquared, crossed, expectedSquared }: GroupSums): number => {
    if (groups < 2 || hits === 0) return LEAST_DEPENDENCE;
    const squares = hitsSquared - 2 * rate * crossed + rate ** 2 * expectedSquared;
    return ((groups / (groups - 1)) * squares) / hits;
  };
  return Math.max(LEAST_DEPENDENCE, of(bySeries), of(byWindow));
}

function middle(sorted: readonly number[]): number {
  if (sorted.length === 0) return 0;
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2;
}
