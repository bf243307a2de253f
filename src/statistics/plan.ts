import { type Column, type ColumnKind, type LeftOutColumn, TRAFFIC_COLUMN } from '../domain/column.ts';
import { DriftbellError } from '../domain/errors.ts';
import { missingColumn } from '../domain/missing-column.ts';
import type { TableDescription } from '../domain/model.ts';
import type { ProfilePlan, SourceColumn, SourceDescription } from '../domain/profile.ts';
import { timeColumnsOf } from '../domain/time-columns.ts';
import { type InferredKind, inferKind, inferNamedKind, leftOut } from './infer-kinds.ts';
import { requireScore } from './require-score.ts';

/** Categories with a share of their own. */
export const TOP_CATEGORIES = 20;

export interface PlannedProfile {
  readonly plan: ProfilePlan;
  /** What is watched: features, score, and the traffic. */
  readonly columns: readonly Column[];
  readonly leftOut: readonly LeftOutColumn[];
  /** Why each watched column is taken for its kind. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** From what the owner declares and what the source has to what is computed. Throws `source.column_missing`, `usage.invalid`. */
export function planProfile(table: TableDescription, description: SourceDescription): PlannedProfile {
  const timeColumns = requireNamed(table, description);
  requireUsableScore(table, description, timeColumns);
  const columns: Column[] = [];
  const left: LeftOutColumn[] = [];
  const reasons = new Map<string, string>();
  for (const column of description.columns) {
    const use = useOf(column, table, timeColumns);
    if (use.role === undefined) {
      left.push(leftOut(column, use.reason));
      continue;
    }
    columns.push(watched(column, use.role, { kind: use.kind, table }));
    reasons.set(column.name, use.reason);
  }
  columns.push({ name: TRAFFIC_COLUMN, role: 'traffic' });
  return { plan: planFromColumns(table, columns), columns, leftOut: left, reasons };
}

/** The plan of columns that are known already: a column that has vanished since becomes a problem, not an error. */
export function planFromColumns(
  table: TableDescription,
  columns: readonly Column[],
  referenceCategories?: Readonly<Record<string, readonly string[]>>,
): ProfilePlan {
  return {
    source: table.source,
    timeColumn: table.timeColumn,
    zone: table.zone,
    granularity: table.granularity,
    ...(table.segmentColumn === undefined ? {} : { segmentColumn: table.segmentColumn }),
    ...(table.labelColumn === undefined ? {} : { labelColumn: table.labelColumn }),
    ...(table.queryColumn === undefined ? {} : { queryColumn: table.queryColumn }),
    columns: columns.flatMap((column) =>
      column.role === 'traffic' || column.kind === undefined ? [] : [{ ...column, kind: column.kind }],
    ),
    topCategories: TOP_CATEGORIES,
    ...(referenceCategories === undefined ? {} : { referenceCategories }),
  };
}

type Use =
  | { readonly role: 'feature' | 'score'; readonly kind: ColumnKind; readonly reason: string }
  | { readonly role: undefined; readonly reason: string };

function useOf(column: SourceColumn, table: TableDescription, timeColumns: readonly string[]): Use {
  const { name } = column;
  if (name === TRAFFIC_COLUMN) return { role: undefined, reason: 'its name stands for the traffic' };
  if (name === table.scoreColumn) return scoreUse(column, table);
  if (timeColumns.includes(name)) {
    return { role: undefined, reason: timeColumns.length === 1 ? 'the time column' : 'a part of the time' };
  }
  if (name === table.labelColumn) return { role: undefined, reason: 'the label column' };
  if (name === table.queryColumn) return { role: undefined, reason: 'the query column' };
  if (name === table.segmentColumn) return { role: undefined, reason: 'the segment column' };
  const isNamed = table.features?.includes(name) === true;
  if (table.features !== undefined && !isNamed) return { role: undefined, reason: 'not among the named features' };
  const inferred = kindOf(column, table, isNamed);
  return inferred.kind === undefined
    ? { role: undefined, reason: inferred.reason }
    : { role: 'feature', kind: inferred.kind, reason: inferred.reason };
}

function scoreUse(column: SourceColumn, table: TableDescription): Use {
  const declared = declaredKind(table, column.name);
  const kind = declared ?? (inferKind(column).kind === 'boolean' ? 'boolean' : 'numeric');
  return { role: 'score', kind, reason: declared === undefined ? 'the score column' : 'declared' };
}

function kindOf(column: SourceColumn, table: TableDescription, isNamed: boolean): InferredKind {
  const declared = declaredKind(table, column.name);
  if (declared !== undefined) return { kind: declared, reason: 'declared' };
  return isNamed ? inferNamedKind(column) : inferKind(column);
}

function declaredKind(table: TableDescription, name: string): ColumnKind | undefined {
  return Object.hasOwn(table.declaredKinds, name) ? table.declaredKinds[name] : undefined;
}

function watched(
  { name, type }: SourceColumn,
  role: 'feature' | 'score',
  { kind, table }: { readonly kind: ColumnKind; readonly table: TableDescription },
): Column {
  if (!Object.hasOwn(table.defaults, name)) return { name, role, kind, type };
  const value = table.defaults[name] ?? '';
  return { name, role, kind, type, defaultValue: defaultOf(name, value, kind) };
}

function defaultOf(name: string, value: string | number | boolean, kind: ColumnKind): string | number | boolean {
  if (kind !== 'numeric') return kind === 'boolean' ? String(value).toLowerCase() === 'true' : String(value);
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw new DriftbellError('usage.invalid', {
    expected: `a number as the default of the numeric column ${JSON.stringify(name)}`,
    received: JSON.stringify(value),
    remedy: 'give a number, or declare the column as categorical',
  });
}

/** A declared kind is the word of a person, who knows the column. */
function requireUsableScore(
  table: TableDescription,
  { columns }: SourceDescription,
  timeColumns: readonly string[],
): void {
  const score = columns.find(({ name }) => name === table.scoreColumn);
  if (score === undefined || declaredKind(table, score.name) !== undefined) return;
  const { labelColumn, queryColumn, segmentColumn } = table;
  const used = [score.name, ...timeColumns, labelColumn, queryColumn, segmentColumn];
  requireScore(
    score,
    columns.filter(({ name }) => !used.includes(name)),
  );
}

/** Throws `source.column_missing`; the columns that make the time. */
function requireNamed(table: TableDescription, description: SourceDescription): readonly string[] {
  const existing = description.columns.map((column) => column.name);
  const require = (what: string, name: string | undefined) => {
    if (name !== undefined && !existing.includes(name)) throw missingColumn(what, name, existing);
  };
  const timeColumns = timeColumnsOf(table.timeColumn, existing);
  if (timeColumns === undefined) throw missingColumn('a time column', table.timeColumn, existing);
  require('a score column', table.scoreColumn);
  require('a label column', table.labelColumn);
  require('a query column', table.queryColumn);
  require('a segment column', table.segmentColumn);
  for (const name of table.features ?? []) require('a feature', name);
  for (const name of Object.keys(table.declaredKinds)) require('a declared kind for a column', name);
  for (const name of Object.keys(table.defaults)) require('a default for a column', name);
  refuseTwoUses(table, timeColumns);
  return timeColumns;
}

/** A score that is its own label or a time would give figures that mean nothing. */
function refuseTwoUses({ scoreColumn, labelColumn, features }: TableDescription, timeColumns: readonly string[]): void {
  const uses = [
    ...timeColumns.map((name) => ({ name, use: 'the time column' })),
    ...(labelColumn === undefined ? [] : [{ name: labelColumn, use: 'the label column' }]),
    ...(scoreColumn === undefined ? [] : [{ name: scoreColumn, use: 'the score column' }]),
    ...(features ?? []).flatMap((name) => (name === scoreColumn ? [] : [{ name, use: 'a feature' }])),
  ];
  for (const [place, { name, use }] of uses.entries()) {
    const other = uses.find((each, earlier) => earlier < place && each.name === name && each.use !== use);
    if (other === undefined) continue;
    throw new DriftbellError('usage.invalid', {
      expected: `${use} of its own`,
      received: `${JSON.stringify(name)}, which is ${other.use} too`,
      remedy: 'name another column for one of the two',
    });
  }
}
