/**
 * NDCG@10: how well the score ranks the requests of a query, where those with high labels belong on top.
 *
 * gain = 2^label - 1; discount of rank r = 1 / log2(1 + r) for r <= 10, else 0; DCG = sum of gain * discount with the
 * scores descending; ideal DCG the same with the labels descending; NDCG of a query = DCG / ideal DCG, in [0, 1]; the
 * statistic is the mean over the queries of a window (and segment).
 * Ties: requests of equal score could stand in any order, and DCG is the mean over all those orders, exactly: by linearity
 * each of them has the mean discount of the ranks that they share. So the order of the rows never matters.
 * Sources: AlerTiger section 3.1; Burges et al. 2005 (gain); McSherry and Najork 2008 (ties).
 * Edge cases: rows without label, score or query are no part of it; a query without a label above 0 has no ideal and is
 * left out; a label is a grade of 0 ... 31, fractions allowed: a query with any other is left out, and counted.
 */

import type { TypeFamily } from '../../../domain/source-type.ts';
import type { Window } from '../../../domain/window.ts';
import { type Scan, scanSql, segmentInner } from './profile-sql.ts';
import { doubleLiteral, quoteIdentifier } from './quote.ts';
import { slotsJoin } from './windows.ts';

const DEPTH = 10;
/** 2^31 - 1 is the largest gain that all ranking libraries take; sums of such gains are still exact. */
export const LARGEST_GRADE = 31;

const NO_QUERY = ['vector', 'nested', 'binary', 'unknown'];

/** The query of a row, null where it has none; undefined for types that cannot tell queries apart. */
export function queryInner(column: { readonly name: string; readonly family: TypeFamily }): string | undefined {
  const { family } = column;
  if (NO_QUERY.includes(family)) return undefined;
  const name = quoteIdentifier(column.name);
  if (family === 'real') return `CASE WHEN isfinite(CAST(${name} AS DOUBLE)) THEN ${name} END AS query`;
  if (family !== 'text' && family !== 'json') return `${name} AS query`;
  const text = family === 'json' ? `(${name} ->> '$')` : `CAST(${name} AS VARCHAR)`;
  return `CASE WHEN trim(${text}) <> '' THEN ${text} END AS query`;
}

/**
 * One row per window and segment of the score at position 0: `ndcg`, the `requests` that have label, score and query, and
 * of those whose label is no grade the `ungraded` with their `ungraded_queries` and an `example`. `inner` are those of
 * `withObserved` and `queryInner`.
 */
export function ndcgSql(scan: Scan, windows: readonly Window[], inner: readonly string[]): string {
  const segments = scan.segment === undefined ? 'NULL' : 'unnest([NULL, segment])';
  return [
    'WITH requests AS (',
    `  SELECT slots.w AS w, ${segments} AS segment, query, CAST(c0 AS DOUBLE) AS score,`,
    '    CAST(c0_label AS DOUBLE) AS label',
    `  FROM (${scanSql(scan, windows, [...inner, ...segmentInner(scan)])}) AS scan`,
    `  ${slotsJoin(windows)}`,
    '  WHERE query IS NOT NULL AND c0 IS NOT NULL AND c0_label IS NOT NULL',
    '), ranked AS (',
    `  SELECT w, segment, query, label, label BETWEEN 0 AND ${LARGEST_GRADE} AS graded,`,
    `    pow(2::DOUBLE, least(greatest(label, 0), ${LARGEST_GRADE})) - 1 AS gain,`,
    '    rank() OVER given - 1 AS above, count(*) OVER given AS last,',
    '    rank() OVER best - 1 AS best_above, count(*) OVER best AS best_last',
    '  FROM requests',
    '  WINDOW given AS (PARTITION BY w, segment, query ORDER BY score DESC),',
    '    best AS (PARTITION BY w, segment, query ORDER BY label DESC)',
    '), queries AS (',
    '  SELECT w, segment, count(*) AS n, bool_and(graded) AS graded,',
    `    ${exactSum(`gain * ${meanDiscount('above', 'last')}`)} AS dcg,`,
    `    ${exactSum(`gain * ${meanDiscount('best_above', 'best_last')}`)} AS ideal,`,
    '    count(*) FILTER (NOT graded) AS ungraded, min(label) FILTER (NOT graded) AS example',
    '  FROM ranked',
    '  GROUP BY w, segment, query',
    ')',
    `SELECT w, segment, ${MEAN} AS ndcg, sum(n) AS requests,`,
    '  sum(ungraded) AS ungraded, count(*) FILTER (NOT graded) AS ungraded_queries, min(example) AS example',
    'FROM queries',
    'GROUP BY w, segment',
  ].join('\n');
}

/** Sums of floating-point numbers depend on the order in which rows come, by their last digit; sums of decimals do not. */
function exactSum(number: string): string {
  return `CAST(sum(CAST(${number} AS DECIMAL(38, 18))) AS DOUBLE)`;
}

/** Rounded, so that the best order of all is exactly 1; null where nothing has a gain. */
const QUERY = 'CAST(dcg / nullif(ideal, 0) AS DECIMAL(18, 14))';
const MEAN = `CAST(sum(${QUERY}) FILTER (graded) AS DOUBLE) / nullif(count(${QUERY}) FILTER (graded), 0)`;

/** Mean discount of the ranks above + 1 ... last, which those of equal score share. */
function meanDiscount(above: string, last: string): string {
  const upTo = (rank: string) => `(${DISCOUNTS_UP_TO})[least(${rank}, ${DEPTH}) + 1]`;
  return `(${upTo(last)} - ${upTo(above)}) / (${last} - ${above})`;
}

const DISCOUNTS_UP_TO = discountsUpTo();

/** Sums of the discounts of the ranks up to 0, 1 ... DEPTH, as a list of the engine. */
function discountsUpTo(): string {
  const sums = [0];
  for (let rank = 1; rank <= DEPTH; rank += 1) sums.push((sums[rank - 1] ?? 0) + 1 / Math.log2(1 + rank));
  return `[${sums.map(doubleLiteral).join(', ')}]`;
}
