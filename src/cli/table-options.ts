import type { Command } from 'commander';
import { type ColumnKind, columnKinds } from '../domain/column.ts';
import { DriftbellError } from '../domain/errors.ts';
import {
  type Granularity,
  granularities,
  type SourceFormat,
  sourceFormats,
  type TableDescription,
} from '../domain/model.ts';
import { isZone } from '../domain/window.ts';

/** The options that describe a table of scored requests, as commander gives them. */
export interface TableOptions {
  readonly source: string;
  readonly timeColumn: string;
  readonly engine: string;
  readonly format?: SourceFormat;
  readonly granularity: Granularity;
  readonly zone: string;
  readonly features?: readonly string[];
  readonly kind: Readonly<Record<string, ColumnKind>>;
  readonly default: Readonly<Record<string, string>>;
  readonly scoreColumn?: string;
  readonly labelColumn?: string;
  readonly queryColumn?: string;
  readonly segmentColumn?: string;
}

/** The options shared by every verb that reads a table. */
export function addTableOptions(command: Command): Command {
  return addSourceOptions(command)
    .requiredOption('--time-column <column>', 'column that says when a request was scored')
    .option('--granularity <granularity>', 'length of a window: day or hour', parseGranularity, 'day')
    .option('--zone <zone>', 'IANA time zone in which windows are cut, such as America/New_York', parseZone, 'UTC')
    .option(
      '--features <columns>',
      'comma-separated columns to watch (default: all that are no identifiers, texts or times)',
      parseList,
    )
    .option('--kind <column=kind>', `${columnKinds.join(', ')}; may be repeated`, parseKind, {})
    .option('--default <column=value>', 'value that stands for "not filled in"; may be repeated', parseDefault, {})
    .option('--score-column <column>', "the model's output")
    .option('--label-column <column>', 'the observed outcome')
    .option(
      '--query-column <column>',
      'requests of one query are ranked against each other: for NDCG, beside score and label',
    )
    .option('--segment-column <column>', 'column that slices the traffic');
}

export function addSourceOptions(command: Command): Command {
  return command
    .requiredOption('--source <location>', 'file, folder or glob of Parquet, CSV or JSONL')
    .option('--format <format>', `${sourceFormats.join(', ')} (default: told by the file ending)`, parseFormat)
    .option('--engine <engine>', 'where statistics are computed: duckdb (trino not yet)', 'duckdb');
}

export function tableDescription(options: TableOptions): TableDescription {
  return {
    source: sourceOf(options),
    timeColumn: options.timeColumn,
    zone: options.zone,
    granularity: options.granularity,
    declaredKinds: options.kind,
    defaults: options.default,
    ...(options.features === undefined ? {} : { features: options.features }),
    ...(options.scoreColumn === undefined ? {} : { scoreColumn: options.scoreColumn }),
    ...(options.labelColumn === undefined ? {} : { labelColumn: options.labelColumn }),
    ...(options.queryColumn === undefined ? {} : { queryColumn: options.queryColumn }),
    ...(options.segmentColumn === undefined ? {} : { segmentColumn: options.segmentColumn }),
  };
}

export function sourceOf(options: Pick<TableOptions, 'source' | 'format'>): TableDescription['source'] {
  return { location: options.source, ...(options.format === undefined ? {} : { format: options.format }) };
}

/** Throws `usage.invalid` for any engine but the embedded one. */
export function requireDuckdb(engine: string): void {
  if (engine === 'duckdb') return;
  throw new DriftbellError('usage.invalid', {
    expected: '--engine duckdb',
    received: engine === 'trino' ? 'trino, which is not available yet' : JSON.stringify(engine),
    remedy: 'leave --engine out or set it to duckdb',
  });
}

function parseFormat(text: string): SourceFormat {
  return sourceFormats.find((each) => each === text) ?? refuse(sourceFormats.join(' or '), text);
}

function parseGranularity(text: string): Granularity {
  return granularities.find((each) => each === text) ?? refuse(granularities.join(' or '), text);
}

function parseZone(text: string): string {
  return isZone(text) ? text : refuse('an IANA time zone such as Europe/Berlin', text);
}

/** Commas separate; a comma that belongs to a name is written `\\,`. */
function parseList(text: string): string[] {
  const names = text
    .split(/(?<!\\),/)
    .map((part) => part.trim().replaceAll('\\,', ','))
    .filter((part) => part !== '');
  return names.length > 0 ? names : refuse('column names with commas between them', text);
}

/** A kind has no equals sign, so the last one separates. */
function parseKind(text: string, previous: Readonly<Record<string, ColumnKind>>): Record<string, ColumnKind> {
  const at = text.lastIndexOf('=');
  const kind = columnKinds.find((each) => each === text.slice(at + 1));
  if (at <= 0 || kind === undefined) return refuse(`column=kind with a kind of ${columnKinds.join(', ')}`, text);
  return { ...previous, [text.slice(0, at)]: kind };
}

function parseDefault(text: string, previous: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  return at > 0 ? { ...previous, [text.slice(0, at)]: text.slice(at + 1) } : refuse('column=value', text);
}

function refuse(expected: string, text: string): never {
  throw new DriftbellError('usage.invalid', {
    expected,
    received: JSON.stringify(text),
    remedy: 'see --help for the options and their values',
  });
}
