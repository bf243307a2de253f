import type { Query } from '../../../../src/engines/duckdb/connection.ts';
import { quoteIdentifier, quoteText } from '../../../../src/engines/duckdb/sql/quote.ts';
import { type HostileColumn, type HostileTable, HUGE_CHARACTERS, timesOf, WORDS } from './tables.ts';

/** A value of every type, by a number `x` that is drawn for the cell; every list has odd ones of its type. */
const TYPES: readonly ((x: string) => string)[] = [
  (x) =>
    `list_extract([NULL, 'NaN', 'inf', '-inf', '1e308', '-1e308', '5e-324', '-0.0', '0', '1', '2.5']::DOUBLE[], 1 + ${x} % 11)`,
  (x) => `list_extract([NULL, 'NaN', 'inf', '3.4e38', '-3.4e38', '0.1']::FLOAT[], 1 + ${x} % 6)`,
  (x) => `list_extract([1e308, -1e308]::DOUBLE[], 1 + ${x} % 2)`,
  (x) => `(${x} % 7)::DOUBLE`,
  (x) => `(${x} % 1000)::BIGINT`,
  (x) => `list_extract([NULL, -128, 127, 0]::TINYINT[], 1 + ${x} % 4)`,
  (x) => `list_extract([NULL, -9223372036854775808, 9223372036854775807, 9007199254740993]::BIGINT[], 1 + ${x} % 4)`,
  (x) => `list_extract([NULL, 0, 18446744073709551615]::UBIGINT[], 1 + ${x} % 3)`,
  (x) => `list_extract(['-170141183460469231731687303715884105728', '7', NULL]::HUGEINT[], 1 + ${x} % 3)`,
  (x) => `list_extract([NULL, 12345678901234567890123456.789, -0.001, 0]::DECIMAL(38,3)[], 1 + ${x} % 4)`,
  (x) => `list_extract([0.00, 12.34]::DECIMAL(4,2)[], 1 + ${x} % 2)`,
  (x) => `list_extract([NULL, true, false]::BOOLEAN[], 1 + ${x} % 3)`,
  (x) =>
    `list_extract([${WORDS.map(quoteText).join(', ')}, NULL, chr(0), 'a' || chr(0)], 1 + ${x} % ${WORDS.length + 3})`,
  (x) => `list_extract(['Oslo', 'Rome', '', NULL], 1 + ${x} % 4)`,
  (x) => `list_extract(['2026-03-01', '2026-03-02'], 1 + ${x} % 2)`,
  (x) => `(${x})::VARCHAR`,
  () => 'NULL::INTEGER',
  () => 'NULL::VARCHAR',
  () => 'NULL::DOUBLE[]',
  () => "''",
  () => '7',
  (x) => `(DATE '2026-01-01' + (${x} % 400)::INTEGER)`,
  (x) => `list_extract([NULL, '-infinity', 'infinity', '2026-03-01']::DATE[], 1 + ${x} % 4)`,
  (x) => `list_extract([NULL, 'infinity', '1900-01-01', '9999-12-31 23:59:59.999999']::TIMESTAMP[], 1 + ${x} % 4)`,
  (x) => `make_timestamp_ns(${x}::BIGINT * 1000000007)`,
  (x) => `list_extract([NULL, '2026-03-01 10:00:00+02']::TIMESTAMPTZ[], 1 + ${x} % 2)`,
  () => "TIME '10:00'",
  () => "INTERVAL '3 days'",
  (x) => `list_extract([NULL, 'c0ffee00-0000-4000-8000-000000000000']::UUID[], 1 + ${x} % 2)`,
  (x) => `list_extract([NULL, '\\x00\\xFF'::BLOB], 1 + ${x} % 2)`,
  (x) => `list_extract(['s', 'm', NULL]::ENUM('s', 'm')[], 1 + ${x} % 3)`,
  (x) => `list_extract([[1, 2], [3, 4], [], NULL]::INTEGER[][], 1 + ${x} % 4)`,
  (x) => `list_extract([['1', 'NaN'], ['inf', '0'], ['0', '0'], ['1e308', '1e308']]::DOUBLE[][], 1 + ${x} % 4)`,
  (x) => `list_extract([[1, NULL], [1, 2, 3], [NULL]]::FLOAT[][], 1 + ${x} % 3)`,
  (x) => `[(${x} % 3)::FLOAT, 1, 0]::FLOAT[3]`,
  () => "['a', NULL]",
  () => '[[1, 2], [3]]',
  (x) => `{'a': ${x} % 3, 'b"': ['x', NULL]}`,
  () => "MAP {'a': 1, '': NULL}",
  (x) => `list_extract(['{"a": 1}', '[1, 2]', 'null', '"text"', '1', NULL]::JSON[], 1 + ${x} % 6)`,
];

export async function writeParquet(path: string, table: HostileTable, query: Query): Promise<void> {
  const times = timesOf(table);
  const columns = table.columns.map((column, i) => {
    const cell = table.hasHugeText && i === 0 ? `repeat('x', IF(i = 0, ${HUGE_CHARACTERS}, 3))` : cellSql(column);
    return `${cell} AS ${quoteIdentifier(sayable(column.name))}`;
  });
  const rows = times.length === 0 ? 'SELECT NULL::VARCHAR AS time, 0 AS i LIMIT 0' : rowsSql(times);
  await query(
    `COPY (SELECT time::TIMESTAMP AS ${quoteIdentifier(sayable(table.timeName))}, ${columns.join(', ')}
       FROM (${rows})) TO ${quoteText(path)} (FORMAT parquet)`,
  );
}

/** SQL has no way to write a name with a NUL character. */
function sayable(name: string): string {
  return name.replaceAll('\0', '\u2400') || '\u2400';
}

function rowsSql(times: readonly string[]): string {
  return `SELECT unnest([${times.map(quoteText).join(', ')}]) AS time, unnest(range(${times.length})) AS i`;
}

function cellSql({ content, seed }: HostileColumn): string {
  const type = TYPES[content % TYPES.length];
  return type === undefined ? 'NULL' : type(`(hash(i, ${seed}) % 1000003)::BIGINT`);
}
