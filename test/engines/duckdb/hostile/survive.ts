import { expect } from 'vitest';
import { isDriftbellError } from '../../../../src/domain/errors.ts';
import type { Source, TableDescription } from '../../../../src/domain/model.ts';
import type { SourceDescription } from '../../../../src/domain/profile.ts';
import type { ColumnStatistics } from '../../../../src/domain/statistic.ts';
import { windowsBetween } from '../../../../src/domain/window.ts';
import { createDuckdbEngine } from '../../../../src/engines/duckdb/index.ts';
import {
  catalog,
  createMemoryHistory,
  type PlannedProfile,
  planProfile,
  profileWindows,
} from '../../../../src/statistics/index.ts';
import { DAYS, type HostileTable } from './tables.ts';

const RATES = ['coverage', 'missing_rate', 'default_rate', 'non_finite_rate'] as const;
const engine = createDuckdbEngine();
const FIRST = Date.UTC(2026, 2, 1);
/** A day without rows on either side. */
const windows = windowsBetween(FIRST - 864e5, FIRST + (DAYS + 1) * 864e5, 'UTC', 'day');

/** Takes a source the whole way from its description to its statistics and checks everything that has to hold. */
export async function survive(source: Source, table: HostileTable): Promise<void> {
  const description = await engine.describe(source);
  const planned = planAnyway(describedTable(source, table, description), description);
  if (description.rows > 0) await engine.timeRange(planned.plan);
  const history = createMemoryHistory();
  await profileWindows({ engine, history }, { plan: planned.plan, windows, nowMs: FIRST });

  const traffic = history.rows.filter(({ role, segment }) => role === 'traffic' && segment === '');
  expect(traffic.map(({ window }) => window.key)).toEqual(windows.map(({ key }) => key));
  expect(traffic.reduce((sum, { rows }) => sum + rows, 0)).toBe(description.rows);
  for (const { window, rows } of traffic) {
    const answered = history.rows.filter((row) => row.segment === '' && row.window.key === window.key);
    const names = answered.filter(({ role }) => role !== 'traffic').map(({ column }) => column);
    expect(names).toEqual(rows === 0 ? [] : planned.plan.columns.map((column) => column.name));
  }
  for (const row of history.rows) checkRow(row);
}

/** What is refused as a score is watched as numbers: the column of a registered one may come to hold anything. */
function planAnyway(table: TableDescription, description: SourceDescription): PlannedProfile {
  try {
    return planProfile(table, description);
  } catch (thrown) {
    const { scoreColumn = '' } = table;
    if (!isDriftbellError(thrown) || !thrown.facts.expected.startsWith('a score column of numbers')) throw thrown;
    return planProfile({ ...table, declaredKinds: { ...table.declaredKinds, [scoreColumn]: 'numeric' } }, description);
  }
}

/** The columns as the engine calls them: names that are alike are told apart by it. */
function describedTable(source: Source, table: HostileTable, description: SourceDescription): TableDescription {
  const names = description.columns.map((column) => column.name);
  const [timeColumn = '', ...others] = names;
  const at = (position: number) => others[position];
  const declared = others.flatMap((name, i) => {
    const kind = table.columns[i]?.declared;
    return kind === undefined ? [] : [[name, kind] as const];
  });
  const [score, label, segment, query] = [at(table.score), at(table.label), at(table.segment), at(table.query)];
  return {
    ...{ source, timeColumn, zone: 'UTC', granularity: 'day', defaults: {} },
    declaredKinds: Object.fromEntries(declared),
    ...(score === undefined || score === '*' ? {} : { scoreColumn: score }),
    ...(label === undefined || label === score ? {} : { labelColumn: label }),
    ...(query === undefined ? {} : { queryColumn: query }),
    ...(segment === undefined || !isPlain(description, segment) ? {} : { segmentColumn: segment }),
  };
}

function isPlain(description: SourceDescription, name: string): boolean {
  return description.columns.find((column) => column.name === name)?.distinctInSample !== null;
}

function checkRow(row: ColumnStatistics): void {
  const where = `${row.window.key} ${row.segment}/${row.column} (${row.kind})`;
  expect({ where, odd: [...oddNumbers(row), ...outOfRange(row)] }).toEqual({ where, odd: [] });
  const rates = RATES.flatMap((name) => row.statistics[name] ?? []);
  if (row.statistics.coverage != null) expect(sum(rates), where).toBeCloseTo(1, 9);
  if (Object.values(row.statistics).every((value) => value === null))
    expect(row.problems.length, where).toBeGreaterThan(0);
  expect(sum(Object.values(row.shares ?? {})), where).toBeLessThanOrEqual(1 + 1e-9);
  if (row.histogram !== undefined) expect(sum(row.histogram.counts), where).toBe(row.rows);
  for (const problem of row.problems) expect(problem.text, where).not.toBe('');
}

/** Gathered, since to expect something of each of a hundred thousand numbers takes longer than to read them. */
function outOfRange({ statistics }: ColumnStatistics): string[] {
  return catalog.flatMap(({ name, range: [least, most] }) => {
    const value = statistics[name] ?? null;
    if (value === null) return [];
    const isWithin =
      value >= (least ?? Number.NEGATIVE_INFINITY) - 1e-9 && value <= (most ?? Number.POSITIVE_INFINITY) + 1e-9;
    return isWithin ? [] : [`${name}: ${value} is not from ${least} to ${most}`];
  });
}

/** Where in the row there are numbers that are none. */
function oddNumbers(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => oddNumbers(each, `${path}.${key}`));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
