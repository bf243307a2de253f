import { INNER_PROBABILITIES } from '../../bin-edges.ts';
import { type ColumnSql, columnSql, numericDefault, type PlannedColumn } from './column-sql.ts';
import { doubleLiteral } from './quote.ts';

/** Extremes and quantiles of the finite values of a numeric column, the default aside. */
export function edgesSql(column: PlannedColumn, position: number): ColumnSql | undefined {
  const sql = columnSql({ ...column, kind: 'numeric' }, position);
  if (sql === undefined) return undefined;
  const p = `c${position}`;
  const value = sql.inner[1]?.replace(/ AS c\d+$/, '') ?? 'NULL';
  return {
    inner: [`NULLIF(${value}, ${doubleLiteral(numericDefault(column.defaultValue))}) AS ${p}`],
    outer: [
      `min(${p}) AS ${p}_minimum`,
      `max(${p}) AS ${p}_maximum`,
      `approx_quantile(${p}, [${INNER_PROBABILITIES.join(', ')}]) AS ${p}_quantiles`,
    ],
  };
}
