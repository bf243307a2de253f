import type { ColumnKind } from '../../../domain/column.ts';
import type { Bins } from '../../../domain/profile.ts';
import type { TypeFamily } from '../../../domain/source-type.ts';
import { doubleLiteral, quoteIdentifier } from './quote.ts';

/** Characters of a category value that are kept; longer texts are told apart by their beginning only. */
export const LONGEST_CATEGORY = 200;

/** q01 q05 q25 q50 q75 q95 q99. */
const QUANTILES = '[0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]';

/** Dimensions of an embedding whose mean is kept; each is an aggregate of its own in the query. */
const MOST_DIMENSIONS = 64;

/** A column of the plan together with what the source says of it. */
export interface PlannedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly family: TypeFamily;
  readonly defaultValue?: string | number | boolean;
  /** How the values of a numeric column are cut. */
  readonly bins?: Bins;
  /** Only what a reference needs: no quantiles and no distinct values, moments with the default, extremes without it. */
  readonly isLean?: boolean;
  /** What a vector of an embedding has to have; null or absent: any. */
  readonly vectorLength?: number | null;
}

/**
 * `inner` are computed per row, `outer` per window and segment; names start with the column's position. No aggregate has
 * a FILTER: each would copy all columns of the scan, which is quadratic in their number.
 */
export interface ColumnSql {
  readonly inner: readonly string[];
  readonly outer: readonly string[];
}

/** Undefined when a column of this type cannot hold values of this kind. */
export function columnSql(column: PlannedColumn, position: number): ColumnSql | undefined {
  const name = quoteIdentifier(column.name);
  const p = `c${position}`;
  switch (column.kind) {
    case 'numeric':
      return numeric(name, p, column);
    case 'boolean':
      return boolean(name, p, column);
    case 'categorical':
      return categorical(name, p, column);
    case 'embedding':
      return column.family === 'vector' ? embedding(name, p, column.vectorLength ?? null) : undefined;
  }
}

function numeric(name: string, p: string, column: PlannedColumn): ColumnSql | undefined {
  const text = textOf(name, column.family);
  let value: string;
  if (['integer', 'real', 'boolean'].includes(column.family)) value = `CAST(${name} AS DOUBLE)`;
  else if (text !== undefined) value = `TRY_CAST(${text} AS DOUBLE)`;
  else return undefined;
  const defaultValue = doubleLiteral(numericDefault(column.defaultValue));
  const filledIn = `NULLIF(${p}, ${defaultValue})`;
  // What a declared default stands for is no value. Where none is declared, 0 may well be one.
  const leavesDefaultOut = column.defaultValue !== undefined && column.isLean !== true;
  const values = leavesDefaultOut ? filledIn : p;
  const extremesOf = column.isLean === true ? filledIn : values;
  const isAlwaysFinite = column.family === 'integer' || column.family === 'boolean';
  const outer = [
    `count(${p}_is) AS ${p}_present`,
    `count(${p}) AS ${p}_usable`,
    `${countIf(`${p} = ${defaultValue}`)} AS ${p}_defaults`,
    `avg(${values}) AS ${p}_mean`,
    ...(leavesDefaultOut ? [`avg(${p}) AS ${p}_finite_mean`] : []),
    `stddev_pop(${values}) AS ${p}_deviation`,
    `min(${extremesOf}) AS ${p}_minimum`,
    `max(${extremesOf}) AS ${p}_maximum`,
    ...(column.isLean === true
      ? []
      : [`approx_quantile(${values}, ${QUANTILES}) AS ${p}_quantiles`, `approx_count_distinct(${p}) AS ${p}_distinct`]),
    ...numericBins(p, column),
  ];
  const inner = [
    `${presentOf(name, text)} AS ${p}_is`,
    isAlwaysFinite ? `${value} AS ${p}` : `CASE WHEN isfinite(${value}) THEN ${value} END AS ${p}`,
  ];
  return text === undefined ? { inner, outer } : withOddities(inner, outer, p, text, value);
}

/** Values up to each edge, the default among them: leaving it out by a filter would double the time. */
function numericBins(p: string, { bins }: PlannedColumn): string[] {
  if (bins?.kind !== 'numeric' || bins.edges.length === 0) return [];
  const edges = bins.edges.map(doubleLiteral).join(', ');
  return [`histogram(${p}, [${edges}]) AS ${p}_bins`];
}

function boolean(name: string, p: string, column: PlannedColumn): ColumnSql | undefined {
  const text = textOf(name, column.family);
  let value: string;
  if (column.family === 'boolean') value = name;
  // A cast would take 2, -1 and NaN for true.
  else if (isNumber(column.family)) value = `CASE ${name} WHEN 0 THEN false WHEN 1 THEN true END`;
  else if (text !== undefined) value = `TRY_CAST(${text} AS BOOLEAN)`;
  else return undefined;
  const inner = [`${presentOf(name, text)} AS ${p}_is`, `${value} AS ${p}`];
  const outer = [
    `count(${p}_is) AS ${p}_present`,
    `count(${p}) AS ${p}_usable`,
    `sum(CAST(${p} AS UTINYINT)) AS ${p}_true`,
  ];
  return text === undefined ? { inner, outer } : withOddities(inner, outer, p, text, value);
}

function isNumber(family: TypeFamily): boolean {
  return family === 'integer' || family === 'real';
}

/** Only the text: its rows are counted by `categoryCountsSql`. */
function categorical(name: string, p: string, { family }: PlannedColumn): ColumnSql | undefined {
  const text = categoryText(name, family);
  return text === undefined ? undefined : { inner: [`${text} AS ${p}`], outer: [] };
}

function embedding(name: string, p: string, length: number | null): ColumnSql {
  const list = `CAST(${name} AS DOUBLE[])`;
  const finite = `list_filter(${list}, lambda x: x IS NOT NULL AND isfinite(x))`;
  const usable = `len(${list}) > 0 AND len(${finite}) = len(${list})`;
  return {
    inner: [
      `CASE WHEN ${name} IS NOT NULL THEN true END AS ${p}_is`,
      `CASE WHEN ${usable} THEN ${list} END AS ${p}`,
      `CASE WHEN ${usable} THEN sqrt(list_inner_product(${finite}, ${finite})) END AS ${p}_norm`,
      `len(${list}) AS ${p}_length`,
    ],
    outer: [
      `count(${p}_is) AS ${p}_present`,
      `count(${p}) AS ${p}_usable`,
      `${countIf(`${p}_norm = 0`)} AS ${p}_defaults`,
      `avg(${p}_norm) AS ${p}_mean_norm`,
      length === null ? `0 AS ${p}_wrong_length` : `${countIf(`${p}_length <> ${length}`)} AS ${p}_wrong_length`,
      ...watchedDimensions(length).map((place) => `avg(${p}[${place + 1}]) AS ${p}_dimension_${place}`),
    ],
  };
}

/** Places from 0 of the dimensions that are watched: all of a short vector, of a long one evenly spaced ones. */
export function watchedDimensions(length: number | null): readonly number[] {
  const count = Math.min(length ?? 0, MOST_DIMENSIONS);
  return Array.from({ length: count }, (_, i) => Math.floor((i * (length ?? 0)) / count));
}

/** Null where the value is missing. */
function presentOf(name: string, text: string | undefined): string {
  return text === undefined ? name : `NULLIF(trim(${text}), '')`;
}

export function countIf(condition: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END)`;
}

/** Text that is no value of the kind: how often, and one example. */
function withOddities(inner: string[], outer: string[], p: string, text: string, value: string): ColumnSql {
  const odd = `CASE WHEN trim(${text}) <> '' AND ${value} IS NULL THEN left(${text}, ${LONGEST_CATEGORY}) END`;
  return {
    inner: [...inner, `${odd} AS ${p}_odd`],
    outer: [...outer, `count(${p}_odd) AS ${p}_odd_rows`, `min(${p}_odd) AS ${p}_odd_example`],
  };
}

/** The text of a category value, never longer than LONGEST_CATEGORY; undefined for types that have no plain text. */
export function categoryText(name: string, family: TypeFamily): string | undefined {
  if (['vector', 'nested', 'binary', 'unknown'].includes(family)) return undefined;
  return `left(${textOf(name, family) ?? `CAST(${name} AS VARCHAR)`}, ${LONGEST_CATEGORY})`;
}

function textOf(name: string, family: TypeFamily): string | undefined {
  if (family === 'text') return `CAST(${name} AS VARCHAR)`;
  if (family === 'json') return `(${name} ->> '$')`;
  return undefined;
}

export function numericDefault(value: string | number | boolean | undefined): number {
  return value === undefined ? 0 : Number(value);
}
