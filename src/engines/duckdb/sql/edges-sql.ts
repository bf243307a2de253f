import { INNER_PROBABILITIES } from '../../bin-edges.ts';
import { type ColumnSql, columnSql, numericDefault, type PlannedColumn } from './column-sql.ts';
import { doubleLiteral } from './quote.ts';

/** Extremes and quantiles of the finite values of a numeric column, the default aside. */
export function edgesSql(column: PlannedColumn, position: number): ColumnSql | undefined {
  const sql = columnSql({ ...column, kind: 'numeric' }, position);
  if (sql === undefined) return undefined;
  const p = `c${position}`;
  const usable = `FILTER (${p} <> ${doubleLiteral(numericDefault(column.defaultValue))})`;
  return {
    inner: sql.inner,
    outer: [
      `min(${p}) ${usable} AS ${p}_minimum`,
      `max(${p}) ${usable} AS ${p}_maximum`,
      `approx_quantile(${p}, [${INNER_PROBABILITIES.join(', ')}]) ${usable} AS ${p}_quantiles`,
    ],
  };
}
