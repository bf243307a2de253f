import type { ProfilePlan } from '../../domain/profile.ts';
import type { Window } from '../../domain/window.ts';
import type { Query } from './connection.ts';
import { isInterruption } from './engine-error.ts';
import { findColumn, type OpenedSource } from './open-source.ts';
import { STAGED_TABLE, stageSql } from './sql/stage-sql.ts';
import { requireTime } from './time-range.ts';

/** Scans from which parsing a text file once and keeping it is cheaper than parsing it again and again. */
const SCANS_WORTH_STAGING = 3;

/**
 * CSV and JSONL are parsed once; Parquet is read in place. When a cell breaks the parsing, the source stays as it is:
 * then each column is read on its own and only the broken one is lost.
 */
export async function stage(
  opened: OpenedSource,
  plan: ProfilePlan,
  of: { readonly windows: readonly Window[]; readonly query: Query },
): Promise<OpenedSource> {
  if (opened.relation.format === 'parquet' || expectedScans(plan) < SCANS_WORTH_STAGING) return opened;
  const { instant, columns: time } = requireTime(opened, plan);
  const named = [
    ...time.map(({ name }) => name),
    plan.segmentColumn,
    plan.labelColumn,
    plan.queryColumn,
    ...plan.columns.map(({ name }) => name),
  ];
  const columns = [...new Set(named)].flatMap((name) => findColumn(opened, name ?? '')?.name ?? []);
  try {
    await of.query(stageSql(opened.sql, of.windows, { instant, columns }));
    return { ...opened, sql: STAGED_TABLE };
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
    return opened;
  }
}

/** One for the traffic, at least one for the columns, and one for a list of categories. */
function expectedScans(plan: ProfilePlan): number {
  return 2 + Number(plan.columns.some((column) => column.kind === 'categorical'));
}
