import type { ChartPeriod, HistogramChartRequest, SharePair, SharesChartRequest } from '../domain/chart-request.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { ReferenceColumn } from '../domain/profile.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';
import { formatNumber } from '../messages/format-number.ts';
import { addCounts, categoryCounts, categoryRows, restWords } from './category-rows.ts';
import { type PeriodPieces, valueBars } from './value-bars.ts';
import { areWhole, type PlacedValues, placeValues } from './value-pieces.ts';

export interface ComparisonInput {
  readonly zone: string;
  /** What the picture is of, such as the column's name. */
  readonly title: string;
  readonly unit?: string;
  /** One column in one segment, in time order. */
  readonly rows: readonly ColumnStatistics[];
  /** Starts of healthy windows, and of those in question. */
  readonly usual: ReadonlySet<EpochMs>;
  readonly now: ReadonlySet<EpochMs>;
  /** The column in the references that the histograms of these rows were made with, by version. */
  readonly references: ReadonlyMap<number, ReferenceColumn>;
  /** A category that is shown however small it is. */
  readonly category?: string;
}

/** Smaller parts of the rows are not worth a line. */
const LEAST_REST = 0.001;
/** Beyond the bars lies a hundredth of either end by choice: only more than that is told. */
const LEAST_BEYOND = 0.02;

/**
 * How the values of a column were spread in healthy windows and in those in question: bars over the number line, or by
 * category. Undefined where either period has nothing to show. Pure.
 */
export function comparisonChart(input: ComparisonInput): HistogramChartRequest | SharesChartRequest | undefined {
  const usual = input.rows.filter(({ window, rows }) => rows > 0 && input.usual.has(window.startMs));
  const now = input.rows.filter(({ window, rows }) => rows > 0 && input.now.has(window.startMs));
  return histogramChart(input, usual, now) ?? sharesChart(input, usual, now);
}

type Compared<Value> = readonly { readonly row: ColumnStatistics; readonly value: Value }[];

function histogramChart(
  input: ComparisonInput,
  usualRows: readonly ColumnStatistics[],
  nowRows: readonly ColumnStatistics[],
): HistogramChartRequest | undefined {
  const place = (rows: readonly ColumnStatistics[]): Compared<PlacedValues> =>
    rows.flatMap((row) => {
      const reference = referenceOf(input, row);
      const value = reference === undefined ? undefined : placeValues(row, reference);
      return value === undefined ? [] : [{ row, value }];
    });
  const usual = place(usualRows);
  const now = place(nowRows);
  const periods = periodsOf(usual, now);
  if (periods === undefined) return undefined;
  const references = [...input.references.values()];
  const bars = valueBars(piecesOf(usual), piecesOf(now), references.every(areWhole));
  const [first] = bars.bars;
  const last = bars.bars.at(-1);
  const pair = (label: string, of: (value: PlacedValues) => number): SharePair[] =>
    worthTelling({ label, role: 'rest', usual: partOf(usual, of), now: partOf(now, of) }, LEAST_REST);
  const [numeric] = references.flatMap(({ bins }) => (bins.kind === 'numeric' ? [bins] : []));
  const rest = [
    ...(first === undefined
      ? []
      : worthTelling({ label: `below ${formatNumber(first.lower)}`, role: 'rest', ...bars.below }, LEAST_BEYOND)),
    ...(last === undefined
      ? []
      : worthTelling({ label: `above ${formatNumber(last.upper)}`, role: 'rest', ...bars.above }, LEAST_BEYOND)),
    ...pair(`default (${formatNumber(numeric?.defaultValue ?? 0)})`, ({ defaults }) => defaults),
    ...pair('not finite', ({ nonFinite }) => nonFinite),
    ...pair(restWords.missing, ({ missing }) => missing),
  ];
  if (bars.bars.length + rest.length === 0) return undefined;
  const { zone, title, unit = '' } = input;
  return { kind: 'histogram', zone, title, unit, ...periods, bars: bars.bars, rest };
}

function sharesChart(
  input: ComparisonInput,
  usualRows: readonly ColumnStatistics[],
  nowRows: readonly ColumnStatistics[],
): SharesChartRequest | undefined {
  const count = (rows: readonly ColumnStatistics[]) =>
    rows.flatMap((row) => {
      const value = categoryCounts(row, referenceOf(input, row));
      return value === undefined ? [] : [{ row, value }];
    });
  const usual = count(usualRows);
  const now = count(nowRows);
  const periods = periodsOf(usual, now);
  if (periods === undefined) return undefined;
  const total = (all: typeof usual) => addCounts(all.map(({ value }) => value));
  const rows = categoryRows(total(usual), total(now), input.category);
  if (rows.length === 0) return undefined;
  return { kind: 'shares', zone: input.zone, title: input.title, ...periods, rows };
}

function referenceOf({ references }: ComparisonInput, { histogram }: ColumnStatistics): ReferenceColumn | undefined {
  return histogram === undefined ? undefined : references.get(histogram.version);
}

function periodsOf(
  usual: Compared<unknown>,
  now: Compared<unknown>,
): { readonly usual: ChartPeriod; readonly now: ChartPeriod } | undefined {
  const of = (rows: Compared<unknown>): ChartPeriod | undefined => {
    const from = rows[0]?.row.window;
    const to = rows.at(-1)?.row.window;
    return from === undefined || to === undefined ? undefined : { from, to, windows: rows.length };
  };
  const [before, after] = [of(usual), of(now)];
  return before === undefined || after === undefined ? undefined : { usual: before, now: after };
}

function piecesOf(rows: Compared<PlacedValues>): PeriodPieces {
  return {
    pieces: rows.flatMap(({ value }) => value.pieces),
    rows: rows.reduce((sum, { row }) => sum + row.rows, 0),
  };
}

function partOf(rows: Compared<PlacedValues>, of: (value: PlacedValues) => number): number {
  const total = rows.reduce((sum, { row }) => sum + row.rows, 0);
  return total === 0 ? 0 : rows.reduce((sum, { value }) => sum + of(value), 0) / total;
}

function worthTelling(pair: SharePair, least: number): SharePair[] {
  return Math.max(pair.usual, pair.now) < least ? [] : [pair];
}
