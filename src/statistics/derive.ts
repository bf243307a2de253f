/**
 * From counts and moments to statistics.
 *
 * With n rows, m missing, f non-finite, d default values of a column in a window:
 * missing_rate = m / n, non_finite_rate = f / n, default_rate = d / n, coverage = 1 - (m + f + d) / n, all in [0, 1];
 * share of a category = its rows / n; observed_expected_ratio = sum of labels / sum of scores over the rows with both.
 * Source: AlerTiger (arXiv 2306.01977) section 3.1: coverage is the share of values neither default nor missing.
 * No rows, or a column that could not be read: every statistic is null, never 0.
 */

import type { ColumnAggregate, ObservedAggregate } from '../domain/profile.ts';
import { type ColumnStatistics, isUnread, type StatisticName, type StatisticValue } from '../domain/statistic.ts';
import { statisticsOf } from './catalog.ts';
import { entropy } from './entropy.ts';
import { observedRatio } from './observed-ratio.ts';
import { problemsOf } from './problems.ts';

const QUANTILE_NAMES = ['q01', 'q05', 'q25', 'q50', 'q75', 'q95', 'q99'] as const;

export function deriveStatistics(aggregate: ColumnAggregate): ColumnStatistics {
  const problems = problemsOf(aggregate);
  const isRead = !problems.some(isUnread);
  const values = isRead ? valuesOf(aggregate) : {};
  const statistics: Partial<Record<StatisticName, StatisticValue>> = {};
  for (const name of statisticsOf(aggregate.role, aggregate.kind)) statistics[name] = values[name] ?? null;
  const shares = isRead ? sharesOf(aggregate) : undefined;
  return {
    window: aggregate.window,
    segment: aggregate.segment,
    column: aggregate.column,
    role: aggregate.role,
    ...(aggregate.kind === undefined ? {} : { kind: aggregate.kind }),
    rows: aggregate.rows,
    statistics,
    ...(shares === undefined ? {} : { shares }),
    ...(isRead && aggregate.vectors !== null ? { dimensionMeans: aggregate.vectors.dimensionMeans } : {}),
    problems,
  };
}

function valuesOf(aggregate: ColumnAggregate): Partial<Record<StatisticName, StatisticValue>> {
  const { rows, missing, nonFinite, defaults, observed, vectors } = aggregate;
  if (aggregate.role === 'traffic') return { traffic: rows };
  const rate = (count: number) => (rows > 0 ? count / rows : null);
  const covered = rows - missing - nonFinite - defaults;
  const quantiles = Object.fromEntries(QUANTILE_NAMES.map((name, i) => [name, aggregate.quantiles?.[i] ?? null]));
  return {
    mean: aggregate.mean,
    standard_deviation: aggregate.standardDeviation,
    minimum: aggregate.minimum,
    maximum: aggregate.maximum,
    ...quantiles,
    coverage: rate(covered),
    missing_rate: rate(missing),
    non_finite_rate: rate(nonFinite),
    default_rate: rate(defaults),
    distinct_count: aggregate.distinct,
    mean_norm: vectors?.meanNorm ?? null,
    wrong_length_rate: vectors === null ? null : rate(vectors.wrongLength),
    entropy: aggregate.categories === null ? null : entropy(categoryRows(aggregate), rows - missing - nonFinite),
    brier: observed === null ? null : brier(observed),
    auc: observed?.auc ?? null,
    ndcg_at_10: observed?.ndcgAt10 ?? null,
    label_rate: observed === null ? null : rate(observed.rows),
    observed_expected_ratio: observed === null ? null : observedRatio(observed),
  };
}

/** Of probabilities and what came of them; null for other scores and labels, of which the square says nothing. */
function brier({ rows, squaredErrors, otherLabels, otherScores }: ObservedAggregate): number | null {
  if (rows === 0 || squaredErrors === null || otherLabels > 0 || otherScores > 0) return null;
  return squaredErrors / rows;
}

function sharesOf(aggregate: ColumnAggregate): Record<string, number> | undefined {
  if (aggregate.categories === null || aggregate.rows === 0) return undefined;
  return Object.fromEntries(aggregate.categories.map(({ value, rows }) => [value, rows / aggregate.rows]));
}

function categoryRows(aggregate: ColumnAggregate): number[] {
  return (aggregate.categories ?? []).map((category) => category.rows);
}
