import { type Likeness, likenesses } from '../../../domain/profile.ts';
import type { TypeFamily } from '../../../domain/source-type.ts';
import { categoryText } from './column-sql.ts';
import { quoteIdentifier, quoteText } from './quote.ts';

/** Rows from the beginning of the source that are looked at to tell identifiers and free text from categories. */
export const SAMPLE_ROWS = 10_000;

/** What a text has to match as a whole, letters in either case. */
const PATTERNS: Readonly<Record<Exclude<Likeness, 'number'>, string>> = {
  fraction: '[+-]?\\d*\\.\\d+(e[+-]?\\d+)?',
  comma: '[+-]?\\d{1,3}(\\.?\\d{3})*,\\d+',
  date: '\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([ t]\\d{1,2}:\\d{2}.*)?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4}([ t]\\d{1,2}:\\d{2}.*)?',
  // What DuckDB reads as a truth.
  truth: 'true|false|t|f|yes|no|y|n',
  leading_zero: '0\\d+',
  uuid: '\\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\}?',
  nested: '[\\[{](.|\\n)*',
};

/** Exact distinct values, mean text length and what the values look like of each column within the sample. */
export function sampleSql(relation: string, columns: readonly { name: string; family: TypeFamily }[]): string {
  const inner = columns.map((column, i) => sampleColumn(column, i));
  const outer = columns.map(({ family }, i) => [
    ...(isCountable(family) ? [`count(DISTINCT s${i}) AS s${i}_distinct`] : []),
    ...(isCountable(family) ? [`count(*) FILTER (trim(s${i}) <> '') AS s${i}_present`] : []),
    ...(family === 'text' ? [`avg(l${i}) AS s${i}_length`, ...likenesses.map((look) => lookSql(look, i))] : []),
    ...(isNumber(family) ? numbers(i) : []),
  ]);
  return [
    `SELECT ${['count(*) AS n', ...outer.flat()].join(',\n  ')}`,
    `FROM (SELECT ${inner.join(',\n  ')}`,
    `  FROM ${relation} LIMIT ${SAMPLE_ROWS}) AS sample`,
  ].join('\n');
}

function sampleColumn(column: { name: string; family: TypeFamily }, i: number): string {
  const name = quoteIdentifier(column.name);
  const text = categoryText(name, column.family);
  if (text === undefined) return `1 AS s${i}`;
  if (column.family === 'text') return `${text} AS s${i}, length(CAST(${name} AS VARCHAR)) AS l${i}`;
  if (!isNumber(column.family)) return `${text} AS s${i}`;
  const value = `CAST(${name} AS DOUBLE)`;
  return `${text} AS s${i}, CASE WHEN isfinite(${value}) THEN ${value} END AS v${i}`;
}

function lookSql(look: Likeness, i: number): string {
  const is =
    look === 'number'
      ? `TRY_CAST(s${i} AS DOUBLE) IS NOT NULL`
      : `regexp_full_match(trim(s${i}), ${quoteText(PATTERNS[look])}, 'i')`;
  return `count(*) FILTER (${is}) AS s${i}_${look}`;
}

function numbers(i: number): string[] {
  return [
    `min(v${i}) AS s${i}_minimum`,
    `max(v${i}) AS s${i}_maximum`,
    `count(*) FILTER (v${i} <> trunc(v${i})) AS s${i}_fractions`,
  ];
}

function isNumber(family: TypeFamily): boolean {
  return family === 'integer' || family === 'real';
}

function isCountable(family: TypeFamily): boolean {
  return categoryText('x', family) !== undefined;
}
