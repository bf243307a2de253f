import type { Command } from 'commander';
import { counted } from '../domain/counted.ts';
import type { SourceColumn, StatisticsEngine } from '../ports/statistics-engine.ts';
import { inferKind } from '../statistics/index.ts';
import { addSourceOptions, requireDuckdb, sourceOf, type TableOptions } from './table-options.ts';
import { textTable } from './text-table.ts';

export interface DescribeVerbDeps {
  readonly engine: Pick<StatisticsEngine, 'describe'>;
  write(text: string): void;
  writeError(text: string): void;
  readonly signal?: AbortSignal;
}

interface DescribeOptions extends Pick<TableOptions, 'source' | 'format' | 'engine'> {
  readonly json?: boolean;
}

export function registerDescribe(program: Command, deps: DescribeVerbDeps): void {
  addSourceOptions(
    program.command('describe').description('Show the columns of a table, the kind each is taken for, and why'),
  )
    .option('--json', 'one JSON object per column')
    .action((options: DescribeOptions) => printDescription(options, deps));
}

async function printDescription(options: DescribeOptions, deps: DescribeVerbDeps): Promise<void> {
  requireDuckdb(options.engine);
  const description = await deps.engine.describe(sourceOf(options), deps.signal);
  const lines =
    options.json === true
      ? description.columns.map(jsonLine)
      : textTable(['column', 'type', 'kind', 'why'], description.columns.map(readableRow));
  for (const line of lines) deps.write(`${line}\n`);
  deps.writeError(`${counted(description.rows, 'row')}, ${counted(description.columns.length, 'column')}.\n`);
  const values = namesLikeValues(options, description.columns);
  if (values.length > 0) deps.writeError(`${headerRemark(values)}\n`);
}

const CSV_FILE = /\.(csv|tsv)(\.[a-z0-9]+)?$/i;
/** Whole numbers are names in some tables, such as years. */
const FRACTION = /^\s*[+-]?\d+\.\d+\s*$/;

/** Columns of a CSV that are called as only a value is: a time, or a number with a fraction. */
function namesLikeValues({ source, format }: DescribeOptions, columns: readonly SourceColumn[]): string[] {
  if (format === undefined ? !CSV_FILE.test(source) : format !== 'csv') return [];
  const names = columns.map(({ name }) => name);
  return names.filter((name) => FRACTION.test(name) || /^\s*\d{4}-\d{2}-\d{2}/.test(name));
}

function headerRemark(values: readonly string[]): string {
  const [first = ''] = values;
  const columns = values.length === 1 ? 'A column is' : `${values.length} columns are`;
  return `${columns} called like a value, such as ${JSON.stringify(first)}: the file seems to have no header, so its first row is taken for one. Add a line with the names of the columns.`;
}

function jsonLine(column: SourceColumn): string {
  const { kind, reason } = inferKind(column);
  return JSON.stringify({
    column: column.name,
    type: column.type,
    kind: kind ?? null,
    reason,
    distinct_in_sample: column.distinctInSample,
    rows_in_sample: column.rowsInSample,
  });
}

function readableRow(column: SourceColumn): string[] {
  const { kind, reason } = inferKind(column);
  return [column.name, column.type, kind ?? 'left out', reason];
}
