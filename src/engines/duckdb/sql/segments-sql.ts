import type { Window } from '../../../domain/window.ts';
import { type Scan, scanSql, segmentInner } from './profile-sql.ts';
import { spanCondition } from './windows.ts';

/**
 * The largest segments over the span of the windows, ties in the order of their text, each with its rows and with the
 * number of all of them: a column of a million values is counted by the engine and not listed.
 */
export function segmentsSql(scan: Scan, windows: readonly Window[], limit: number): string {
  return [
    'WITH counted AS MATERIALIZED (',
    '  SELECT segment, count(*) AS n',
    `  FROM (${scanSql(scan, windows, segmentInner(scan))}) AS scan`,
    `  WHERE ${spanCondition(windows)}`,
    '  GROUP BY segment',
    ')',
    'SELECT segment, n, (SELECT count(*) FROM counted) AS all_segments',
    'FROM counted',
    'ORDER BY n DESC, segment',
    `LIMIT ${limit}`,
  ].join('\n');
}
