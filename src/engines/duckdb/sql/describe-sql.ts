import type { TypeFamily } from '../../../domain/source-type.ts';
import { categoryText } from './column-sql.ts';
import { quoteIdentifier } from './quote.ts';

/** Rows from the beginning of the source that are looked at to tell identifiers and free text from categories. */
export const SAMPLE_ROWS = 10_000;

/** Exact distinct values and mean text length of each column within the sample. */
export function sampleSql(relation: string, columns: readonly { name: string; family: TypeFamily }[]): string {
  const inner = columns.map((column, i) => sampleColumn(column, i));
  const outer = columns.map((column, i) =>
    isCountable(column.family)
      ? `count(DISTINCT s${i}) AS s${i}_distinct, ${column.family === 'text' ? `avg(l${i})` : 'NULL'} AS s${i}_length`
      : `NULL AS s${i}_distinct, NULL AS s${i}_length`,
  );
  return [
    `SELECT count(*) AS n, ${outer.join(',\n  ')}`,
    `FROM (SELECT ${inner.join(',\n  ')}`,
    `  FROM ${relation} LIMIT ${SAMPLE_ROWS}) AS sample`,
  ].join('\n');
}

function sampleColumn(column: { name: string; family: TypeFamily }, i: number): string {
  const name = quoteIdentifier(column.name);
  const text = categoryText(name, column.family);
  if (text === undefined) return `1 AS s${i}`;
  if (column.family === 'text') return `${text} AS s${i}, length(CAST(${name} AS VARCHAR)) AS l${i}`;
  return `${text} AS s${i}`;
}

function isCountable(family: TypeFamily): boolean {
  return categoryText('x', family) !== undefined;
}
