import { type StatisticKind, statisticKinds } from '../domain/statistic-kind.ts';
import type { CsvRecord } from './csv.ts';
import { invalidLine } from './series-errors.ts';
import { parseSeriesTime, type SeriesTime } from './series-time.ts';

/** Positions of the known columns of a series file. */
export interface SeriesColumns {
  readonly time: number;
  readonly value: number;
  readonly series?: number;
  readonly anomaly?: number;
  readonly rows?: number;
  readonly kind?: number;
  readonly width: number;
}

export interface RawPoint {
  readonly time: string;
  readonly at: SeriesTime;
  readonly value: number | null;
  /** True where the file holds an infinite value; `value` is null then. */
  readonly isInfinite: boolean;
  readonly isLabelled: boolean;
  /** Rows of the source behind the value; NaN where unknown. */
  readonly rows: number;
  readonly kind?: StatisticKind;
}

/** Spellings that public data sets use, in lower case. */
const columnNames = {
  time: ['time', 'timestamp', 'date', 'day', 'window'],
  value: ['value'],
  series: ['series'],
  anomaly: ['anomaly', 'label', 'is_anomaly'],
  rows: ['rows'],
  kind: ['kind'],
} as const;

const labelWords: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false, '': false };
const missingWords: ReadonlySet<string> = new Set(['', 'na', 'nan', 'null', 'none']);

export function readColumns(header: CsvRecord, file: string): SeriesColumns {
  const names = header.fields.map((name) => name.trim().toLowerCase());
  const find = (column: keyof typeof columnNames): number | undefined => {
    const at = names.findIndex((name) => (columnNames[column] as readonly string[]).includes(name));
    return at < 0 ? undefined : at;
  };
  const time = find('time');
  const value = find('value');
  if (time === undefined || value === undefined) {
    throw invalidLine(
      file,
      header.line,
      'a header with the columns time and value',
      JSON.stringify(header.fields.join(',')),
    );
  }
  const series = find('series');
  const anomaly = find('anomaly');
  const rows = find('rows');
  const kind = find('kind');
  return {
    time,
    value,
    ...(series === undefined ? {} : { series }),
    ...(anomaly === undefined ? {} : { anomaly }),
    ...(rows === undefined ? {} : { rows }),
    ...(kind === undefined ? {} : { kind }),
    width: names.length,
  };
}

export function readPoint(
  record: CsvRecord,
  columns: SeriesColumns,
  file: string,
): { readonly name: string | undefined; readonly point: RawPoint } {
  const { fields, line } = record;
  if (fields.length !== columns.width) {
    throw invalidLine(file, line, `${columns.width} fields`, `${fields.length}`);
  }
  const time = (fields[columns.time] ?? '').trim();
  const at = parseSeriesTime(time);
  if (at === undefined) {
    throw invalidLine(file, line, 'a time such as 2026-03-01 or 2026-03-01T05:00', JSON.stringify(time));
  }
  const label = (columns.anomaly === undefined ? '' : (fields[columns.anomaly] ?? '')).trim().toLowerCase();
  const isLabelled = labelWords[label.replace(/\.0+$/, '')];
  if (isLabelled === undefined) throw invalidLine(file, line, 'an anomaly flag 0 or 1', JSON.stringify(label));
  const name = columns.series === undefined ? undefined : (fields[columns.series] ?? '');
  const read = readValue((fields[columns.value] ?? '').trim(), file, line);
  const isInfinite = read !== null && !Number.isFinite(read);
  const rows = columns.rows === undefined ? Number.NaN : readRows((fields[columns.rows] ?? '').trim(), file, line);
  const kind = columns.kind === undefined ? undefined : readKind((fields[columns.kind] ?? '').trim(), file, line);
  const point = { time, at, value: isInfinite ? null : read, isInfinite, isLabelled, rows };
  return { name, point: kind === undefined ? point : { ...point, kind } };
}

function readRows(text: string, file: string, line: number): number {
  if (missingWords.has(text.toLowerCase())) return Number.NaN;
  const rows = Number(text);
  if (!Number.isInteger(rows) || rows < 0)
    throw invalidLine(file, line, 'a whole number of rows', JSON.stringify(text));
  return rows;
}

/** Empty: nothing is known of the series. */
function readKind(text: string, file: string, line: number): StatisticKind | undefined {
  const kind = statisticKinds.find((one) => one === text.toLowerCase());
  if (kind !== undefined || text === '') return kind;
  throw invalidLine(file, line, `a kind of statistic, one of ${statisticKinds.join(', ')}`, JSON.stringify(text));
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function readValue(text: string, file: string, line: number): number | null {
  if (missingWords.has(text.toLowerCase())) return null;
  if (/^[+-]?inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (!decimal.test(text)) throw invalidLine(file, line, 'a number or an empty value', JSON.stringify(text));
  return Number(text);
}
