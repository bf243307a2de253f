import type { TypeFamily } from '../../../domain/source-type.ts';
import { type ColumnSql, columnSql, countIf } from './column-sql.ts';

/** Sums over the rows that have both a label and a score; added to the score column's own SQL. */
export function withObserved(
  score: ColumnSql,
  position: number,
  label: { readonly name: string; readonly family: TypeFamily },
): ColumnSql | undefined {
  const kind = label.family === 'boolean' ? 'boolean' : 'numeric';
  const value = columnSql({ ...label, kind }, position)?.inner[1];
  if (value === undefined) return undefined;
  const p = `c${position}`;
  const scored = `CAST(${p} AS DOUBLE)`;
  const labelled = `CAST(${p}_label AS DOUBLE)`;
  const isBoth = `${p} IS NOT NULL AND ${p}_label IS NOT NULL`;
  const overBoth = (value: string) => `sum(CASE WHEN ${isBoth} THEN ${value} END)`;
  return {
    inner: [...score.inner, `${value.replace(/ AS c\d+$/, '')} AS ${p}_label`],
    outer: [
      ...score.outer,
      `${overBoth(labelled)} AS ${p}_labels`,
      `${overBoth(scored)} AS ${p}_scores`,
      `${countIf(isBoth)} AS ${p}_both`,
      `${overBoth(`(${scored} - ${labelled}) * (${scored} - ${labelled})`)} AS ${p}_squared_errors`,
      `${countIf(`${p} IS NOT NULL AND ${labelled} NOT IN (0, 1)`)} AS ${p}_other_labels`,
      `${countIf(`${p}_label IS NOT NULL AND ${scored} NOT BETWEEN 0 AND 1`)} AS ${p}_other_scores`,
    ],
  };
}
