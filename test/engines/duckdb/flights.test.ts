import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnStatistics } from '../../../src/domain/statistic.ts';
import { windowsBetween } from '../../../src/domain/window.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { deriveStatistics, planProfile } from '../../../src/statistics/index.ts';

const packageEntry = createRequire(import.meta.url).resolve('vega-datasets');
const location = join(dirname(packageEntry), '../data/flights-3m.parquet');
const zone = 'America/New_York';
let rows: readonly ColumnStatistics[];

describe('three million real flights', () => {
  beforeAll(async () => {
    const engine = createDuckdbEngine();
    const table = {
      source: { location },
      timeColumn: 'date',
      zone,
      granularity: 'day',
      declaredKinds: {},
      defaults: {},
    } as const;
    const { plan } = planProfile(table, await engine.describe(table.source));
    const range = await engine.timeRange(plan);
    const windows = windowsBetween(range.firstMs, range.lastMs + 1, zone, 'day');
    rows = (await engine.profile(plan, windows)).map(deriveStatistics);
  });

  it('are all in a window, every column of each with its statistics', () => {
    const traffic = rows.filter((row) => row.role === 'traffic');

    // 1 January 00:01 to 1 July 00:00 UTC: 31 December to 30 June in New York.
    expect(traffic).toHaveLength(182);
    expect(traffic.reduce((sum, row) => sum + row.rows, 0)).toBe(3_000_000);
    expect(rows).toHaveLength(182 * 5);
    expect(rows.flatMap((row) => row.problems)).toEqual([]);
  });

  it('give the mean and deviation of the whole when the days are put together', () => {
    const delay = rows.filter((row) => row.column === 'delay');
    const mean = delay.reduce((sum, row) => sum + row.rows * (row.statistics.mean ?? 0), 0) / 3e6;
    const square = delay.reduce(
      (sum, row) => sum + row.rows * ((row.statistics.standard_deviation ?? 0) ** 2 + (row.statistics.mean ?? 0) ** 2),
      0,
    );

    // As `SUMMARIZE` of the same file says.
    expect(mean).toBeCloseTo(6.667867666666667, 9);
    expect(Math.sqrt(square / 3e6 - mean ** 2)).toBeCloseTo(32.3833, 3);
  });

  it('give the same twenty airports in every window, the largest first in the whole', () => {
    const airports = rows
      .filter((row) => row.column === 'origin')
      .map((row) =>
        Object.keys(row.shares ?? {})
          .toSorted()
          .join(' '),
      );

    expect(new Set(airports).size).toBe(1);
    expect(airports[0]?.split(' ')).toHaveLength(20);
    expect(airports[0]).toContain('ORD');
  });
});
