import { z } from 'zod';
import { isAllTraffic } from '../domain/all-traffic.ts';
import { type Column, columnKinds, columnRoles } from '../domain/column.ts';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import { explainIssue } from '../domain/explain-issue.ts';
import type { Model } from '../domain/model.ts';
import { ALL_TRAFFIC, type ColumnStatistics, problemCodes, statisticNames } from '../domain/statistic.ts';
import { parseInstant, parseWindow, type Window } from '../domain/window.ts';
import { catalog } from './catalog.ts';

const share = z.number().min(0).max(1);

/** A line as `driftbell statistics --json` prints it. Keys that it does not name, such as `importance`, are passed over. */
const StatisticsLine = z.object({
  window: z.string(),
  segment: z.string().default(ALL_TRAFFIC),
  column: z.string().min(1),
  role: z.enum(columnRoles),
  kind: z.enum(columnKinds).nullish(),
  rows: z.number().int().min(0),
  statistics: z.partialRecord(z.enum(statisticNames), z.number().nullable()),
  shares: z.record(z.string(), share).optional(),
  problems: z
    .array(z.object({ code: z.enum(problemCodes), text: z.string(), rows: z.number().int().min(0).optional() }))
    .default([]),
});
type StatisticsLine = z.infer<typeof StatisticsLine>;

/** Longer values are cut where an error repeats them. */
const SHOWN_VALUE = 80;

/**
 * Statistics of a model that another engine computed, one JSON object a line; empty lines are passed over. Every column
 * must be one that the model watches, every window one of its own, and have a line of its traffic (column `*`). Throws
 * `statistics.invalid` that names the first line that is wrong.
 */
export function parseStatisticsLines(
  lines: readonly string[],
  of: { readonly model: Pick<Model, 'slug' | 'zone' | 'granularity'>; readonly columns: readonly Column[] },
): readonly ColumnStatistics[] {
  const columns = new Map(of.columns.map((column) => [column.name, column]));
  const windows = new Map<string, Window>();
  const seen = new Map<string, number>();
  const rows = lines.flatMap((text, index) => {
    if (text.trim() === '') return [];
    const line = parseLine(text, index + 1);
    const window = windows.get(line.window) ?? windowOf(line, index + 1, of.model);
    windows.set(line.window, window);
    requireColumn(line, index + 1, { columns, slug: of.model.slug });
    requireRanges(line, index + 1);
    const name = JSON.stringify([window.startMs, line.segment, line.column]);
    const first = seen.get(name);
    if (first !== undefined) {
      throw wrong(index + 1, 'each column once in a window and segment', `${line.column} again, after line ${first}`);
    }
    seen.set(name, index + 1);
    return [rowOf(line, window)];
  });
  requireTraffic(rows);
  return rows;
}

function parseLine(text: string, number: number): StatisticsLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw wrong(number, 'a JSON object', describeThrown(thrown));
  }
  const parsed = StatisticsLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  let inner = value;
  for (const key of path) inner = (inner as Record<PropertyKey, unknown> | null | undefined)?.[key];
  const received = inner === undefined ? 'nothing' : JSON.stringify(inner).slice(0, SHOWN_VALUE);
  throw wrong(number, `${path.join('.') || 'the line'} to be ${explainIssue(issue)}`, received);
}

function windowOf(
  { window: text }: StatisticsLine,
  number: number,
  { zone, granularity }: Pick<Model, 'zone' | 'granularity'>,
): Window {
  const expected = `the start of a window of one ${granularity} in ${zone}`;
  try {
    const window = parseWindow(text, zone, granularity);
    if (window.startMs === parseInstant(text, zone)) return window;
  } catch {
    // Told below, with the line.
  }
  throw wrong(number, expected, JSON.stringify(text.slice(0, SHOWN_VALUE)));
}

function requireColumn(
  { column: name, role, kind }: StatisticsLine,
  number: number,
  { columns, slug }: { readonly columns: ReadonlyMap<string, Column>; readonly slug: string },
): void {
  const column = columns.get(name);
  if (column === undefined) {
    throw wrong(number, `a column that ${slug} watches`, JSON.stringify(name.slice(0, SHOWN_VALUE)));
  }
  if (column.role !== role) throw wrong(number, `role ${column.role} of column ${name}`, role);
  if (kind !== null && kind !== undefined && column.kind !== undefined && column.kind !== kind) {
    throw wrong(number, `kind ${column.kind} of column ${name}`, kind);
  }
}

function requireRanges({ statistics }: StatisticsLine, number: number): void {
  for (const { name, range } of catalog) {
    const value = statistics[name];
    if (value === undefined || value === null) continue;
    const [least, most] = range;
    if (value >= (least ?? value) && value <= (most ?? value)) continue;
    throw wrong(number, `${name} from ${least ?? '-∞'} to ${most ?? '∞'}`, String(value));
  }
}

function rowOf({ kind, shares, problems, ...line }: StatisticsLine, window: Window): ColumnStatistics {
  return {
    ...line,
    window,
    ...(kind === null || kind === undefined ? {} : { kind }),
    ...(shares === undefined ? {} : { shares }),
    problems: problems.map(({ rows, ...problem }) => ({ ...problem, ...(rows === undefined ? {} : { rows }) })),
  };
}

function requireTraffic(rows: readonly ColumnStatistics[]): void {
  const counted = new Set(rows.filter(isAllTraffic).map(({ window }) => window.startMs));
  const without = rows.find(({ window }) => !counted.has(window.startMs));
  if (without === undefined) return;
  throw new DriftbellError('statistics.invalid', {
    expected: 'for every window a line with column "*", role "traffic" and its rows over all traffic',
    received: `none for ${without.window.key}`,
    remedy: 'add it; nothing was changed',
  });
}

function wrong(line: number, expected: string, received: string): DriftbellError {
  return new DriftbellError('statistics.invalid', {
    expected: `in line ${line} ${expected}`,
    received,
    remedy: 'correct that line; nothing was changed',
  });
}
