import { INNER_PROBABILITIES } from '../../bin-edges.ts';
import { type ColumnSql, columnSql, numericDefault, type PlannedColumn } from './column-sql.ts';
import type { Scan } from './profile-sql.ts';
import { doubleLiteral } from './quote.ts';

/** Extremes and quantiles of the finite values of a numeric column, the default aside, and how many there are. */
export function edgesSql(column: PlannedColumn, position: number): ColumnSql | undefined {
  const sql = columnSql({ ...column, kind: 'numeric' }, position);
  if (sql === undefined) return undefined;
  const p = `c${position}`;
  const value = sql.inner[1]?.replace(/ AS c\d+$/, '') ?? 'NULL';
  return {
    inner: [`NULLIF(${value}, ${doubleLiteral(numericDefault(column.defaultValue))}) AS ${p}`],
    outer: [
      `count(${p}) AS ${p}_values`,
      `min(${p}) AS ${p}_minimum`,
      `max(${p}) AS ${p}_maximum`,
      `approx_quantile(${p}, [${INNER_PROBABILITIES.join(', ')}]) AS ${p}_quantiles`,
    ],
  };
}

/** About one of `step` rows, always the same ones, whatever their order; undefined where rows have no number. */
export function sampleOf(scan: Scan, step: number): Scan | undefined {
  if (scan.rowNumber === undefined) return undefined;
  const rowHash = `hash(${scan.rowNumber}, ${scan.instant})`;
  return { ...scan, relation: `(SELECT * FROM ${scan.relation} WHERE ${rowHash} % ${step} = 0)` };
}
