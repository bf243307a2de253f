import type { TypeFamily } from '../../../domain/source-type.ts';
import { OTHER_SEGMENTS } from '../../../domain/statistic.ts';
import type { Window } from '../../../domain/window.ts';
import { type ColumnSql, categoryText } from './column-sql.ts';
import { type Prunable, pruneCondition } from './prune.ts';
import { quoteIdentifier, quoteText } from './quote.ts';
import { slotsJoin, spanCondition } from './windows.ts';

interface SegmentColumn {
  readonly column: string;
  readonly family: TypeFamily;
  /** The values that are segments of their own; absent: all. */
  readonly kept?: readonly string[];
}

/** What every query of one profile shares. */
export interface Scan {
  /** The table function of `relationSql`. */
  readonly relation: string;
  /** The instant of a row, of `instantSql`. */
  readonly instant: string;
  /** What tells a row from others of its instant, where the reader has it. */
  readonly rowNumber?: string;
  readonly prunable?: Prunable;
  readonly segment?: SegmentColumn;
}

/** The name of rows whose segment is null or empty; an empty name means all traffic. */
export const MISSING_SEGMENT = '(missing)';

/**
 * One scan for all windows and the given columns: a row of aggregates per window, for all traffic (`segment` null)
 * and for each segment.
 */
export function profileSql(scan: Scan, windows: readonly Window[], columns: readonly ColumnSql[]): string {
  const inner = [...columns.flatMap((column) => column.inner), ...segmentInner(scan)];
  const outer = ['count(*) AS n', ...columns.flatMap((column) => column.outer)];
  const segment = scan.segment === undefined ? 'NULL' : 'segment';
  return [
    `SELECT slots.w AS w, ${segment} AS segment,`,
    `  ${outer.join(',\n  ')}`,
    `FROM (${scanSql(scan, windows, inner)}) AS scan`,
    slotsJoin(windows),
    scan.segment === undefined ? 'GROUP BY slots.w' : 'GROUP BY GROUPING SETS ((slots.w), (slots.w, segment))',
    'ORDER BY w, segment NULLS FIRST',
  ].join('\n');
}

/** How many vectors of a column have which length, the most frequent first; over the span or the table of slots. */
export function vectorLengthsSql(
  scan: Scan,
  windows: readonly Window[],
  options: { readonly column: string; readonly slots?: true },
): string {
  return [
    'SELECT length, count(*) AS n',
    `FROM (${scanSql(scan, windows, [`len(CAST(${quoteIdentifier(options.column)} AS DOUBLE[])) AS length`])}) AS scan`,
    ...(options.slots === true ? [slotsJoin(windows)] : []),
    `WHERE ${spanCondition(windows)} AND length > 0`,
    'GROUP BY length',
    'ORDER BY n DESC, length',
    'LIMIT 1',
  ].join('\n');
}

export function scanSql(scan: Scan, windows: readonly Window[], inner: readonly string[]): string {
  const prune = pruneCondition(windows, scan);
  return [
    '',
    `  SELECT ${[`${scan.instant} AS at_us`, ...inner].join(',\n    ')}`,
    `  FROM ${scan.relation}`,
    ...(prune === undefined ? [] : [`  WHERE ${prune}`]),
    '',
  ].join('\n');
}

export function segmentInner(scan: Scan): string[] {
  if (scan.segment === undefined) return [];
  const { column, family, kept } = scan.segment;
  const text = categoryText(quoteIdentifier(column), family) ?? 'NULL';
  const value = `COALESCE(NULLIF(${text}, ''), '${MISSING_SEGMENT}')`;
  if (kept === undefined) return [`${value} AS segment`];
  if (kept.length === 0) return [`'${OTHER_SEGMENTS}' AS segment`];
  // An enumeration finds its value by hash, whereas a list is compared one by one.
  const own = `CAST(TRY_CAST(${value} AS ENUM(${kept.map(quoteText).join(', ')})) AS VARCHAR)`;
  return [`COALESCE(${own}, '${OTHER_SEGMENTS}') AS segment`];
}
