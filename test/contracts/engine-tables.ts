import type { Column, ColumnKind } from '../../src/domain/column.ts';
import type { Source } from '../../src/domain/model.ts';
import type { ColumnAggregate, ProfilePlan } from '../../src/domain/profile.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import type { StatisticsEngine } from '../../src/ports/statistics-engine.ts';

/** A column of a test table in words that every engine can turn into its own types. */
export interface TestColumn {
  readonly name: string;
  readonly type: 'timestamp' | 'double' | 'integer' | 'boolean' | 'text';
  readonly values: readonly (string | number | boolean | null)[];
}

export interface EngineSubject {
  readonly engine: StatisticsEngine;
  /** Makes a table that the engine can read. */
  table(columns: readonly TestColumn[]): Promise<Source>;
}

export interface Case {
  readonly columns: readonly TestColumn[];
  readonly plan: Partial<ProfilePlan>;
  /** First day; default 2026-03-01. */
  readonly from?: string;
  readonly days?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

export async function profile(subject: EngineSubject, given: Case): Promise<readonly ColumnAggregate[]> {
  const source = await subject.table(given.columns);
  const plan = { ...defaultPlan(source), ...given.plan };
  const noon = Date.parse(`${given.from ?? '2026-03-01'}T12:00Z`);
  const from = given.fromMs ?? noon;
  const to = given.toMs ?? noon + ((given.days ?? 1) - 1) * 864e5 + 1;
  return subject.engine.profile(plan, windowsBetween(from, to, plan.zone, plan.granularity));
}

export function defaultPlan(source: Source): ProfilePlan {
  return { source, timeColumn: 'at', zone: 'UTC', granularity: 'day', columns: [], topCategories: 20 };
}

export function stamped(values: readonly string[]): TestColumn[] {
  return [
    { name: 'at', type: 'timestamp', values: values.map((value) => (value.includes('T') ? value : `${value}T12:00`)) },
  ];
}

export function feature(name: string, kind: ColumnKind): Column & { readonly kind: ColumnKind } {
  return { name, role: 'feature', kind };
}

export function column(aggregates: readonly ColumnAggregate[], name: string): readonly ColumnAggregate[] {
  return aggregates.filter((each) => each.column === name);
}
