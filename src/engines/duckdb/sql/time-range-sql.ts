import { quoteIdentifier } from './quote.ts';

/** Characters of an example value in an error message. */
const LONGEST_EXAMPLE = 60;

/** How much of the time column can be read as instants, their span, and a value that cannot. */
export function timeRangeSql(relation: string, columns: readonly string[], instant: string): string {
  const text = columns.map((column) => `CAST(${quoteIdentifier(column)} AS VARCHAR)`).join(" || '/' || ");
  return [
    'SELECT count(*) AS n, count(t) AS present, count(at_us) AS usable,',
    '  min(at_us) AS first_us, max(at_us) AS last_us,',
    '  min(t) FILTER (at_us IS NULL) AS example',
    'FROM (',
    `  SELECT ${instant} AS at_us, left(${text}, ${LONGEST_EXAMPLE}) AS t`,
    `  FROM ${relation}`,
    ') AS scan',
  ].join('\n');
}
