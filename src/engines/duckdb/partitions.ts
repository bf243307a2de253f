import type { Window } from '../../domain/window.ts';
import type { Query } from './connection.ts';
import { quoteIdentifier, quoteText } from './sql/quote.ts';
import type { PartitionType, Relation } from './sql/relation.ts';
import { spanOf } from './sql/windows.ts';
import { toText } from './values.ts';

/** What Hive and Spark call the folder of rows whose partition column is null. */
const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__';

/** Keys and values of a path such as `rows/dt=2026-03-01/country=NO/part-0.parquet`; null for a missing value. */
export function partitionValues(path: string): ReadonlyMap<string, string | null> {
  const folders = path.split('/').slice(0, -1);
  return new Map(
    folders.flatMap((folder): [string, string | null][] => {
      const [, key, value = ''] = /^([^=]+)=(.*)$/.exec(folder) ?? [];
      return key === undefined ? [] : [[key, value === NULL_PARTITION ? null : unescaped(value)]];
    }),
  );
}

/**
 * The partition columns that all paths have, with types that fit every value, so that a type does not depend on which
 * partitions are read; undefined where the paths are not laid out alike.
 */
export function partitionTypes(paths: readonly string[]): Readonly<Record<string, PartitionType>> | undefined {
  const values = paths.map(partitionValues);
  const keys = [...(values[0]?.keys() ?? [])];
  if (keys.length === 0 || values.some((each) => [...each.keys()].join('/') !== keys.join('/'))) return undefined;
  return Object.fromEntries(keys.map((key) => [key, typeOf(values.map((each) => each.get(key) ?? null))]));
}

/** The same relation with the files only whose time, told by their path, lies in the span of the windows. */
export async function withinSpan(
  relation: Relation,
  of: { readonly instant: string; readonly windows: readonly Window[]; readonly query: Query },
): Promise<Relation> {
  const { partitions, files = [] } = relation;
  if (partitions === undefined || files.length === 0) return relation;
  const { fromUs, toUs } = spanOf(of.windows);
  const columns = Object.entries(partitions).map(([key, type]) => {
    const cells = files.map((file) => literal(partitionValues(file).get(key) ?? null));
    return `CAST(unnest([${cells.join(', ')}]::VARCHAR[]) AS ${type}) AS ${quoteIdentifier(key)}`;
  });
  const rows = await of.query(
    [
      `SELECT file FROM (SELECT unnest([${files.map(quoteText).join(', ')}]) AS file, ${columns.join(', ')})`,
      `WHERE (${of.instant}) BETWEEN ${fromUs} AND ${toUs - 1}`,
    ].join('\n'),
  );
  const kept = rows.flatMap((row) => toText(row.file) ?? []);
  // Without a file there would be no columns; the newest has no row in the span either.
  return { ...relation, files: kept.length === 0 ? files.slice(-1) : kept, isPart: true };
}

function literal(value: string | null): string {
  return value === null ? 'NULL' : quoteText(value);
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function typeOf(values: readonly (string | null)[]): PartitionType {
  const present = values.filter((value) => value !== null);
  const all = (is: (value: string) => boolean) => present.length > 0 && present.every(is);
  if (all(isDate)) return 'DATE';
  if (all(isTimestamp)) return 'TIMESTAMP';
  // Zeros in front belong to codes, such as postal codes, and to parts of dates.
  if (all((value) => /^(?:0|-?[1-9]\d{0,17})$/.test(value))) return 'BIGINT';
  return 'VARCHAR';
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && isTime(`${value}T00:00Z`, value);
}

function isTimestamp(value: string): boolean {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)$/.exec(value) ?? [];
  return day !== '' && isTime(`${day}T${time}Z`, day);
}

/** `2026-02-30` is read as 2 March, hence the comparison. */
function isTime(iso: string, day: string): boolean {
  const ms = Date.parse(iso);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(day);
}
