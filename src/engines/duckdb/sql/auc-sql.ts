import type { Window } from '../../../domain/window.ts';
import { type Scan, scanSql, segmentInner } from './profile-sql.ts';
import { slotsJoin } from './windows.ts';

/**
 * The area under the ROC curve of the score at position 0, exactly: a score counts the zeros below it and half of those
 * that tie with it. One row per window and segment; `inner` are those of `withObserved`. Null with one label only.
 */
export function aucSql(scan: Scan, windows: readonly Window[], inner: readonly string[]): string {
  const segment = scan.segment === undefined ? 'NULL' : 'segment';
  const places = scan.segment === undefined ? '(slots.w, score)' : '(slots.w, score), (slots.w, segment, score)';
  return [
    'SELECT w, segment, sum(ones * (zeros_up_to - zeros / 2)) / nullif(sum(ones) * sum(zeros), 0) AS auc',
    'FROM (',
    '  SELECT *, sum(zeros) OVER (PARTITION BY w, segment ORDER BY score) AS zeros_up_to',
    '  FROM (',
    `    SELECT slots.w AS w, ${segment} AS segment, CAST(c0 AS DOUBLE) AS score,`,
    '      CAST(count(*) FILTER (CAST(c0_label AS DOUBLE) = 1) AS DOUBLE) AS ones,',
    '      CAST(count(*) FILTER (CAST(c0_label AS DOUBLE) = 0) AS DOUBLE) AS zeros',
    `    FROM (${scanSql(scan, windows, [...inner, ...segmentInner(scan)])}) AS scan`,
    `    ${slotsJoin(windows)}`,
    '    WHERE c0 IS NOT NULL AND c0_label IS NOT NULL',
    `    GROUP BY GROUPING SETS (${places})`,
    '  ) AS counted',
    ') AS ordered',
    'GROUP BY w, segment',
  ].join('\n');
}
