/**
 * False-discovery control across the series of a model in one window.
 *
 * Series of one column move together, so a column is one hypothesis: with its m tail probabilities in ascending order,
 *
 *   p = min over k of (m / k) * p(k)                          (Simes 1986)
 *
 * and over the n columns, in ascending order of p, the adjusted probability of the i-th is
 *
 *   q(i) = min over j >= i of min(1, (n / j) * p(j))          (Benjamini and Hochberg 1995)
 *
 * Telling the columns with q(i) <= rate keeps the expected share of false ones among them at the rate. It holds for
 * independent columns and for positively dependent ones (Benjamini and Yekutieli 2001), which probabilities of one shared
 * calibration are (Bates et al. 2021, arXiv 2104.08279). All dimensionless, 0..1. Series without a tail probability take
 * no part; a column with none has no adjusted probability.
 */

import type { Detection } from '../domain/anomaly.ts';
import type { SeriesKey } from '../domain/series.ts';
import { simes } from '../domain/simes.ts';

/** Names the hypothesis that a series is part of: its column, in its segment. */
export function columnName({ segment, column }: SeriesKey): string {
  return `${segment}\u0000${column}`;
}

/** Adjusted probabilities by name, of the probabilities by name. */
export function benjaminiHochberg(probabilities: ReadonlyMap<string, number>): Map<string, number> {
  const adjusted = new Map<string, number>();
  const descending = [...probabilities].sort(([, a], [, b]) => b - a);
  let least = 1;
  for (const [place, [name, probability]] of descending.entries()) {
    const rank = descending.length - place;
    least = Math.min(least, (probability * descending.length) / rank);
    adjusted.set(name, least);
  }
  return adjusted;
}

/** Adjusted probabilities of the columns of one window. */
export function adjustTails(detections: readonly Pick<Detection, 'series' | 'tail'>[]): Map<string, number> {
  const tails = new Map<string, number[]>();
  for (const { series, tail } of detections) {
    if (tail === undefined) continue;
    const name = columnName(series);
    const known = tails.get(name);
    if (known === undefined) tails.set(name, [tail]);
    else known.push(tail);
  }
  return benjaminiHochberg(new Map([...tails].map(([name, of]) => [name, simes(of)])));
}
