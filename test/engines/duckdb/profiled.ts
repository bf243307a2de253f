import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Column, ColumnKind } from '../../../src/domain/column.ts';
import type { ColumnAggregate, ProfilePlan } from '../../../src/domain/profile.ts';
import { type Window, windowsBetween } from '../../../src/domain/window.ts';
import { createDuckdbEngine, writeParquet } from '../../../src/engines/duckdb/index.ts';

/** Writes a text file into the folder; its path. */
export function textFile(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Writes rows of a query as Parquet; its path. */
export async function parquetFile(folder: string, name: string, sql: string): Promise<string> {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  await writeParquet(sql, path);
  return path;
}

export function plan(location: string, overrides: Partial<ProfilePlan> = {}): ProfilePlan {
  return {
    source: { location },
    timeColumn: 'at',
    zone: 'UTC',
    granularity: 'day',
    columns: [],
    topCategories: 20,
    ...overrides,
  };
}

export function feature(name: string, kind: ColumnKind): Column & { readonly kind: ColumnKind } {
  return { name, role: 'feature', kind };
}

export function days(from: string, count: number, zone = 'UTC'): Window[] {
  const noon = Date.parse(`${from}T12:00Z`);
  return windowsBetween(noon, noon + (count - 1) * 864e5 + 1, zone, 'day');
}

/** The aggregates of 1 March 2026 of a location, by column. */
export async function profiled(
  location: string,
  overrides: Partial<ProfilePlan> = {},
): Promise<ReadonlyMap<string, ColumnAggregate>> {
  const aggregates = await createDuckdbEngine().profile(plan(location, overrides), days('2026-03-01', 1));
  return new Map(aggregates.map((aggregate) => [aggregate.column, aggregate]));
}
