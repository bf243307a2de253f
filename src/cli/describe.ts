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
