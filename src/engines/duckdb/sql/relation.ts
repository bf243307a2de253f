import type { SourceFormat } from '../../../domain/model.ts';
import { quoteText } from './quote.ts';

/** `sniffed`: the reader guesses types from a sample. `tolerant`: nothing in a cell can make the reader fail. */
export type ReadingMode = 'sniffed' | 'tolerant';

export type PartitionType = 'DATE' | 'TIMESTAMP' | 'BIGINT' | 'VARCHAR';

/** A location that was found, ready to be read. */
export interface Relation {
  /** A path or a glob of DuckDB. */
  readonly pattern: string;
  readonly format: SourceFormat;
  readonly isMany: boolean;
  /** The paths that the pattern matches, where they are known. */
  readonly files?: readonly string[];
  /** Only those files are to be read, not all that the pattern matches. */
  readonly isPart?: boolean;
  /** Columns that are in the paths, as Hive lays them out: `dt=2026-03-01`. */
  readonly partitions?: Readonly<Record<string, PartitionType>>;
  /** A CSV as the standard (RFC 4180) has it, whatever its first lines look like. */
  readonly isStandard?: boolean;
  /** How a CSV quotes, where that was found out; empty where it does not. */
  readonly quoting?: Quoting;
}

export interface Quoting {
  readonly quote: string;
  readonly escape: string;
}

/** Longest CSV line that is read; DuckDB holds a few buffers of this size per thread. */
export const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
/** Longest JSON document that is read. */
const LONGEST_OBJECT_BYTES = 64 * 1024 * 1024;

/**
 * The table function that reads a source. Files of one source may differ in columns: those absent are null.
 * `textColumns` are the CSV columns that the tolerant mode takes as text; absent: all.
 */
export function relationSql(relation: Relation, mode: ReadingMode, textColumns?: readonly string[]): string {
  const options = [filesOf(relation), ...formatOptions(relation.format, mode, textColumns)];
  if (relation.isMany) options.push('union_by_name = true');
  // A line that ends in CR LF inside quotes makes DuckDB think that all lines do.
  if (relation.isStandard === true) options.push("quote = '\"'", "escape = '\"'", "new_line = '\\n'");
  else if (relation.quoting !== undefined) {
    const { quote, escape: escapeSign } = relation.quoting;
    options.push(`quote = ${quoteText(quote)}`, `escape = ${quoteText(escapeSign)}`);
  }
  if (relation.partitions !== undefined) {
    const types = Object.entries(relation.partitions).map(([key, type]) => `${quoteText(key)}: '${type}'`);
    options.push('hive_partitioning = true', `hive_types = {${types.join(', ')}}`);
  } else if (relation.files?.some((file) => file.includes('=')) === true) options.push('hive_partitioning = false');
  return `${READERS[relation.format]}(${options.join(', ')})`;
}

/** Asks the reader what it makes of a CSV file; it makes the same of it as when it reads it with guessed types. */
export function sniffSql(relation: Relation): string {
  const options = [filesOf(relation), ...formatOptions(relation.format, 'sniffed')];
  return `SELECT "Quote" AS quote, "Escape" AS escape FROM sniff_csv(${options.join(', ')})`;
}

/** An existing path is taken literally, even when it looks like a pattern. */
export function escapeGlob(path: string): string {
  return path.replace(/[*?[]/g, (character) => `[${character}]`);
}

function filesOf({ pattern, files = [], isPart }: Relation): string {
  return isPart === true ? `[${files.map((file) => quoteText(escapeGlob(file))).join(', ')}]` : quoteText(pattern);
}

const READERS = { parquet: 'read_parquet', csv: 'read_csv', jsonl: 'read_json' } as const;

function formatOptions(format: SourceFormat, mode: ReadingMode, textColumns?: readonly string[]): string[] {
  switch (format) {
    case 'parquet':
      return [];
    case 'csv':
      return mode === 'sniffed'
        ? ['header = true']
        : [
            'header = true',
            textColumns === undefined ? 'all_varchar = true' : `types = {${textColumns.map(asText).join(', ')}}`,
            `max_line_size = ${LONGEST_LINE_BYTES}`,
            `buffer_size = ${2 * LONGEST_LINE_BYTES}`,
          ];
    case 'jsonl':
      return mode === 'sniffed'
        ? ["format = 'newline_delimited'"]
        : ["format = 'newline_delimited'", 'sample_size = -1', `maximum_object_size = ${LONGEST_OBJECT_BYTES}`];
  }
}

function asText(column: string): string {
  return `${quoteText(column)}: 'VARCHAR'`;
}
