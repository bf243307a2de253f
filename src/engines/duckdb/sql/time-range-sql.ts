import { quoteIdentifier } from './quote.ts';

/** Characters of an example value in an error message. */
const LONGEST_EXAMPLE = 60;

/**
 * How much of the time column can be read as instants, their span, and a value that cannot; with `number`, of
 * `timeNumberSql`, also the smallest and the largest number that is read as one;
 * with `latestUs`, the span of the rows until then, and how many are later.
 */
export function timeRangeSql(
  relation: string,
  time: {
    readonly columns: readonly string[];
    readonly instant: string;
    readonly number?: string;
    /** Microseconds since 1970 after which rows are counted apart. */
    readonly latestUs?: number;
  },
): string {
  const { columns, instant, number, latestUs } = time;
  const within = latestUs === undefined ? '' : ` FILTER (at_us <= ${latestUs})`;
  const text = columns.map((column) => `CAST(${quoteIdentifier(column)} AS VARCHAR)`).join(" || '/' || ");
  return [
    'SELECT count(*) AS n, count(t) AS present, count(at_us) AS usable,',
    `  min(at_us)${within} AS first_us, max(at_us)${within} AS last_us,`,
    ...(latestUs === undefined ? [] : [`  count(*) FILTER (at_us > ${latestUs}) AS later, max(at_us) AS latest_us,`]),
    ...(number === undefined
      ? []
      : ['  min(x) FILTER (at_us IS NOT NULL) AS low, max(x) FILTER (at_us IS NOT NULL) AS high,']),
    '  min(t) FILTER (at_us IS NULL) AS example',
    'FROM (',
    `  SELECT ${instant} AS at_us, left(${text}, ${LONGEST_EXAMPLE}) AS t${number === undefined ? '' : `, ${number} AS x`}`,
    `  FROM ${relation}`,
    ') AS scan',
  ].join('\n');
}
