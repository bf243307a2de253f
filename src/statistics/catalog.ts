import type { ColumnKind, ColumnRole } from '../domain/column.ts';
import type { StatisticName } from '../domain/statistic.ts';
import { LARGEST_PSI } from './psi.ts';

/** Where a statistic comes from: the paper names it, or it is ours. */
export type StatisticSource = 'AlerTiger 3.1' | 'Driftbell';

/** One row of the catalogue: everything a reader, the report and the tests know of a statistic. */
export interface StatisticDefinition {
  readonly name: StatisticName;
  /** Words for people: `share of missing values`. */
  readonly title: string;
  readonly formula: string;
  /** Smallest and largest possible value; null is unbounded. */
  readonly range: readonly [number | null, number | null];
  /** `of column`: the unit of the column's own values. */
  readonly unit: 'of column' | 'share' | 'rows' | 'values' | 'bits' | 'nats' | 'standard deviations' | 'ratio' | 'none';
  readonly source: StatisticSource;
  readonly kinds: readonly ColumnKind[];
  readonly roles: readonly ColumnRole[];
  /** Roles and kinds whose series are judged unless the owner chooses others. */
  readonly alerts: readonly { readonly role: ColumnRole; readonly kinds: readonly ColumnKind[] }[];
}

const VALUES: readonly ColumnRole[] = ['feature', 'score'];
const NUMERIC: readonly ColumnKind[] = ['numeric'];
const MEASURED: readonly ColumnKind[] = ['numeric', 'boolean'];
const EVERY: readonly ColumnKind[] = ['numeric', 'categorical', 'boolean', 'embedding'];
const BINNED: readonly ColumnKind[] = ['numeric', 'categorical', 'boolean'];
const CATEGORICAL: readonly ColumnKind[] = ['categorical'];
const EMBEDDING: readonly ColumnKind[] = ['embedding'];
const LISTED: readonly ColumnKind[] = ['categorical', 'boolean'];

type Details = Omit<StatisticDefinition, 'name' | 'alerts'> & Partial<Pick<StatisticDefinition, 'alerts'>>;

function quantile(percent: number): Details {
  return {
    title: `${percent} % quantile`,
    formula: `the value that ${percent} % of the finite values do not exceed (t-digest)`,
    range: [null, null],
    unit: 'of column',
    source: 'AlerTiger 3.1',
    kinds: NUMERIC,
    roles: VALUES,
  };
}

function moment(title: string, formula: string, lowest: number | null = null): Details {
  return {
    title,
    formula,
    range: [lowest, null],
    unit: 'of column',
    source: 'AlerTiger 3.1',
    kinds: NUMERIC,
    roles: VALUES,
  };
}

function share(title: string, formula: string, source: StatisticSource = 'Driftbell'): Details {
  return { title, formula, range: [0, 1], unit: 'share', source, kinds: EVERY, roles: VALUES };
}

const DETAILS: Readonly<Record<StatisticName, Details>> = {
  mean: {
    ...moment('mean', 'sum of the finite values / their number; of a boolean: the share of true'),
    kinds: MEASURED,
    alerts: [
      { role: 'feature', kinds: MEASURED },
      { role: 'score', kinds: MEASURED },
    ],
  },
  standard_deviation: moment('standard deviation', 'root of the mean squared distance from the mean (population)', 0),
  minimum: moment('minimum', 'smallest finite value'),
  maximum: moment('maximum', 'largest finite value'),
  q01: quantile(1),
  q05: quantile(5),
  q25: quantile(25),
  q50: quantile(50),
  q75: quantile(75),
  q95: quantile(95),
  q99: quantile(99),
  coverage: {
    ...share('coverage', '1 - (missing + non-finite + default values) / rows', 'AlerTiger 3.1'),
    alerts: [{ role: 'feature', kinds: EVERY }],
  },
  missing_rate: {
    ...share('share of missing values', 'null values / rows', 'AlerTiger 3.1'),
    alerts: [
      { role: 'feature', kinds: EVERY },
      { role: 'score', kinds: EVERY },
    ],
  },
  non_finite_rate: {
    ...share('share of non-finite values', 'NaN, infinite or unreadable values / rows'),
    kinds: ['numeric', 'boolean', 'embedding'],
  },
  default_rate: share(
    'share of default values',
    'values equal to the default / rows; of an embedding: zero vectors / rows',
  ),
  distinct_count: {
    title: 'distinct values',
    formula: 'number of different values, missing ones aside; of numbers an estimate (HyperLogLog)',
    range: [0, null],
    unit: 'values',
    source: 'Driftbell',
    kinds: ['numeric', 'categorical', 'boolean'],
    roles: VALUES,
  },
  entropy: {
    title: 'entropy',
    formula: '- sum of share * log2(share) over the present values; uncounted categories as one',
    range: [0, null],
    unit: 'bits',
    source: 'Driftbell',
    kinds: LISTED,
    roles: VALUES,
  },
  mean_norm: {
    title: 'mean norm',
    formula: 'sum of the Euclidean norms of the finite vectors / their number',
    range: [0, null],
    unit: 'of column',
    source: 'Driftbell',
    kinds: EMBEDDING,
    roles: VALUES,
  },
  wrong_length_rate: {
    ...share('share of vectors of a wrong length', 'vectors of another length than the reference (else: most) / rows'),
    kinds: EMBEDDING,
  },
  js_distance: {
    title: 'Jensen-Shannon distance',
    formula:
      'root of the mean of KL(p, m) and KL(q, m) in bits; p, q: shares by bin of window and reference, m: their mean',
    range: [0, 1],
    unit: 'none',
    source: 'Driftbell',
    kinds: BINNED,
    roles: VALUES,
  },
  psi: {
    title: 'population stability index',
    formula: 'sum over the bins of (p - q) * ln(p / q), shares of at least 0.0001; p, q as above',
    range: [0, LARGEST_PSI],
    unit: 'nats',
    source: 'Driftbell',
    kinds: BINNED,
    roles: VALUES,
  },
  wasserstein: {
    title: 'Wasserstein distance',
    formula: 'area between the cumulative shares of window and reference / standard deviation of the reference',
    range: [0, null],
    unit: 'standard deviations',
    source: 'Driftbell',
    kinds: NUMERIC,
    roles: VALUES,
  },
  unseen_share: {
    ...share('share of unseen categories', 'values of no category of the reference / rows'),
    kinds: CATEGORICAL,
    alerts: [{ role: 'feature', kinds: CATEGORICAL }],
  },
  observed_expected_ratio: {
    title: 'observed / expected',
    formula: 'sum of labels / sum of scores over the rows that have both',
    range: [null, null],
    unit: 'ratio',
    source: 'AlerTiger 3.1',
    kinds: MEASURED,
    roles: ['score'],
  },
  brier: {
    title: 'Brier score',
    formula: 'mean of (score - label) squared over the rows that have both; labels 0 and 1, scores within 0 and 1',
    range: [0, 1],
    unit: 'none',
    source: 'Driftbell',
    kinds: MEASURED,
    roles: ['score'],
  },
  auc: {
    title: 'area under the ROC curve',
    formula: 'share of pairs of a label 1 and a label 0 whose scores are in that order, ties half; labels 0 and 1',
    range: [0, 1],
    unit: 'share',
    source: 'Driftbell',
    kinds: MEASURED,
    roles: ['score'],
  },
  ndcg_at_10: {
    title: 'NDCG@10',
    formula:
      'mean over the queries with a label above 0 of DCG@10 / best possible DCG@10; DCG = sum of (2^label - 1) / log2(1 + rank), the mean over the orders of equal scores',
    range: [0, 1],
    unit: 'none',
    source: 'AlerTiger 3.1',
    kinds: MEASURED,
    roles: ['score'],
  },
  label_rate: {
    ...share('share of rows with a label', 'rows that have both a label and a score / rows'),
    kinds: MEASURED,
    roles: ['score'],
  },
  traffic: {
    title: 'traffic',
    formula: 'rows',
    range: [0, null],
    unit: 'rows',
    source: 'AlerTiger 3.1',
    kinds: [],
    roles: ['traffic'],
    alerts: [{ role: 'traffic', kinds: [] }],
  },
  traffic_ratio: {
    title: 'traffic ratio',
    formula: 'rows of the model / rows of all models of its group; without a group it has no value',
    range: [0, 1],
    unit: 'share',
    source: 'AlerTiger 3.1',
    kinds: [],
    roles: ['traffic'],
  },
};

export const catalog: readonly StatisticDefinition[] = (Object.entries(DETAILS) as [StatisticName, Details][]).map(
  ([name, details]) => ({ name, alerts: [], ...details }),
);

/** The statistics that a column of this role and kind has, in the order of the catalogue. */
export function statisticsOf(role: ColumnRole, kind: ColumnKind | undefined): readonly StatisticName[] {
  return catalog
    .filter(
      (row) => row.roles.includes(role) && (role === 'traffic' || (kind !== undefined && row.kinds.includes(kind))),
    )
    .map((row) => row.name);
}
