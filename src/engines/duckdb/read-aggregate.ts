import { counted } from '../../domain/counted.ts';
import type { ColumnProblem } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { Bins, ColumnAggregate, ProfilePlan } from '../../ports/statistics-engine.ts';
import type { Row } from './connection.ts';
import { watchedDimensions } from './sql/column-sql.ts';
import { toBinCounts, toCount, toNumber, toNumbers, toText } from './values.ts';

export type PlanColumn = ProfilePlan['columns'][number];

export const NOTHING_READ = {
  missing: 0,
  nonFinite: 0,
  defaults: 0,
  mean: null,
  standardDeviation: null,
  minimum: null,
  maximum: null,
  quantiles: null,
  distinct: null,
  categories: null,
  bins: null,
  unseen: null,
  vectors: null,
  observed: null,
} as const;

/** The rows of one window and segment. */
export interface Traffic {
  readonly window: Window;
  readonly segment: string;
  readonly rows: number;
}

export function trafficAggregate(traffic: Traffic, column: string): ColumnAggregate {
  return { ...traffic, column, role: 'traffic', ...NOTHING_READ, problems: [] };
}

/** A column of which nothing could be read: no figure, only the problem. */
export function unreadAggregate(traffic: Traffic, column: PlanColumn, problem: ColumnProblem): ColumnAggregate {
  return {
    ...traffic,
    column: column.name,
    role: column.role,
    kind: column.kind,
    ...NOTHING_READ,
    problems: [problem],
  };
}

/** One column's part of a row of `profileSql`, for all kinds but categories; `position` is the column's place in that query. */
export function readAggregate(
  row: Row,
  position: number,
  of: {
    readonly traffic: Traffic;
    readonly column: PlanColumn;
    readonly bins?: Bins;
    readonly vectorLength?: number | null;
  },
): ColumnAggregate {
  const { traffic, column } = of;
  const field = (name: string) => row[`c${position}_${name}`];
  const present = toCount(field('present'));
  const truths = column.kind === 'boolean' ? truthsOf(row, position) : undefined;
  return {
    ...traffic,
    column: column.name,
    role: column.role,
    kind: column.kind,
    missing: traffic.rows - present,
    nonFinite: present - toCount(field('usable')),
    defaults: truths === undefined ? toCount(field('defaults')) : defaultTruths(truths, column),
    mean: truths === undefined ? toNumber(field('mean')) : meanTruth(truths),
    ...(field('finite_mean') === undefined ? {} : { finiteMean: toNumber(field('finite_mean')) }),
    standardDeviation: toNumber(field('deviation')),
    minimum: toNumber(field('minimum')),
    maximum: toNumber(field('maximum')),
    quantiles: toNumbers(field('quantiles')),
    distinct: truths === undefined ? distinctOf(row, position) : Object.values(truths).filter((n) => n > 0).length,
    categories: truths === undefined ? null : byRows(truthRows(truths)),
    bins: of.bins?.kind === 'numeric' ? binnedOf(row, position, of.bins) : null,
    unseen: null,
    vectors: column.kind === 'embedding' ? vectorsOf(row, position, of.vectorLength ?? null) : null,
    observed: observedOf(row, position),
    problems: oddities(row, position, of),
  };
}

/** The engine's estimate, which may exceed the values that there are. */
function distinctOf(row: Row, position: number): number | null {
  const estimate = toNumber(row[`c${position}_distinct`]);
  return estimate === null ? null : Math.min(estimate, toCount(row[`c${position}_usable`]));
}

/** Rows by truth. */
interface Truths {
  readonly true: number;
  readonly false: number;
}

function truthsOf(row: Row, position: number): Truths {
  const isTrue = toCount(row[`c${position}_true`]);
  return { true: isTrue, false: toCount(row[`c${position}_usable`]) - isTrue };
}

function meanTruth(truths: Truths): number | null {
  const usable = truths.true + truths.false;
  return usable === 0 ? null : truths.true / usable;
}

function defaultTruths(truths: Truths, { defaultValue }: PlanColumn): number {
  return defaultValue === undefined ? 0 : truths[String(defaultValue) === 'true' ? 'true' : 'false'];
}

function truthRows(truths: Truths): { value: string; rows: number }[] {
  return [
    { value: 'true', rows: truths.true },
    { value: 'false', rows: truths.false },
  ];
}

function binnedOf(row: Row, position: number, bins: Extract<Bins, { kind: 'numeric' }>): readonly number[] {
  const field = (name: string) => row[`c${position}_${name}`];
  const counts = bins.edges.length === 0 ? [toCount(field('usable'))] : toBinCounts(field('bins'), bins.edges);
  return withoutDefault(counts, bins, toCount(field('defaults')));
}

/** The default has a bin of its own, so its rows leave the bin that it would lie in. */
function withoutDefault(
  counts: readonly number[],
  { edges, defaultValue }: Extract<Bins, { kind: 'numeric' }>,
  defaults: number,
): readonly number[] {
  const above = edges.findIndex((edge) => defaultValue <= edge);
  const bin = above < 0 ? edges.length : above;
  return counts.map((count, i) => (i === bin ? count - defaults : count));
}

function vectorsOf(row: Row, position: number, length: number | null): ColumnAggregate['vectors'] {
  const means = watchedDimensions(length).map((place) => [place, toNumber(row[`c${position}_dimension_${place}`])]);
  return {
    meanNorm: toNumber(row[`c${position}_mean_norm`]),
    wrongLength: toCount(row[`c${position}_wrong_length`]),
    dimensionMeans: Object.fromEntries(means),
  };
}

export function byRows(categories: { value: string; rows: number }[]): { value: string; rows: number }[] {
  return categories.toSorted((a, b) => b.rows - a.rows);
}

function observedOf(row: Row, position: number): ColumnAggregate['observed'] {
  if (row[`c${position}_both`] === undefined) return null;
  const rows = toCount(row[`c${position}_both`]);
  return {
    rows,
    labels: rows === 0 ? 0 : toNumber(row[`c${position}_labels`]),
    scores: rows === 0 ? 0 : toNumber(row[`c${position}_scores`]),
    squaredErrors: toNumber(row[`c${position}_squared_errors`]),
    otherLabels: toCount(row[`c${position}_other_labels`]),
    otherScores: toCount(row[`c${position}_other_scores`]),
    auc: null,
    ndcgAt10: null,
  };
}

function oddities(
  row: Row,
  position: number,
  { column, traffic }: { readonly column: PlanColumn; readonly traffic: Traffic },
): ColumnProblem[] {
  const rows = toCount(row[`c${position}_odd_rows`]);
  if (rows === 0) return [];
  const what = column.kind === 'boolean' ? 'neither true nor false' : 'no number';
  const count = `${rows.toLocaleString('en-US')} of ${counted(traffic.rows, 'value')}`;
  const example = JSON.stringify(toText(row[`c${position}_odd_example`]));
  return [{ code: 'type_changed', text: `${count} ${rows === 1 ? 'is' : 'are'} ${what}, such as ${example}`, rows }];
}
