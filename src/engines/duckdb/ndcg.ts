import { counted } from '../../domain/counted.ts';
import { ALL_TRAFFIC, type ColumnProblem } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { ColumnAggregate, ProfilePlan } from '../../ports/statistics-engine.ts';
import type { Row } from './connection.ts';
import { engineReason, isInterruption } from './engine-error.ts';
import type { PlanColumn } from './read-aggregate.ts';
import { withTolerance } from './scan-or-each.ts';
import type { Reading, Scanning } from './scanning.ts';
import { columnSql } from './sql/column-sql.ts';
import { LARGEST_GRADE, ndcgSql, queryInner } from './sql/ndcg-sql.ts';
import { withObserved } from './sql/observed-sql.ts';
import { toCount, toNumber, toText } from './values.ts';

/**
 * The same aggregates of a score with its NDCG@10, where the plan has a query column. A query column that is not there, or
 * says nothing, is a problem on the score; so are labels that are no grades.
 */
export async function withNdcg(
  scanning: Scanning,
  aggregates: readonly ColumnAggregate[],
  of: { readonly column: PlanColumn; readonly windows: readonly Window[]; readonly plan: ProfilePlan },
): Promise<readonly ColumnAggregate[]> {
  const name = of.plan.queryColumn;
  if (name === undefined || aggregates.every(({ observed }) => observed === null)) return aggregates;
  const column = scanning.reading.column(name);
  if (column === undefined) return aggregates.map(withProblem(queryMissing(`${named(name)} is not in the source`)));
  if (queryInner(column) === undefined) {
    return aggregates.map(withProblem(queryMissing(`${named(name)} is of type ${column.type}: no name of a query`)));
  }
  try {
    const rows = await withTolerance(scanning, (reading) => scanNdcg(scanning, reading, { ...of, name }));
    const byPlace = new Map(rows.map((row) => [place(toCount(row.w), toText(row.segment) ?? ALL_TRAFFIC), row]));
    const indexes = new Map(of.windows.map((window, index) => [window.key, index]));
    return aggregates.map((aggregate) => {
      const row = byPlace.get(place(indexes.get(aggregate.window.key) ?? -1, aggregate.segment));
      return withRow(aggregate, row, name);
    });
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
    return aggregates.map(withProblem(queryMissing(`${named(name)} cannot be read: ${engineReason(thrown)}`)));
  }
}

async function scanNdcg(
  scanning: Scanning,
  reading: Reading,
  of: { readonly column: PlanColumn; readonly windows: readonly Window[]; readonly name: string },
): Promise<readonly Row[]> {
  const query = reading.column(of.name);
  const family = reading.column(of.column.name)?.family ?? 'unknown';
  const score = columnSql({ name: of.column.name, kind: of.column.kind, family }, 0);
  const both = score && reading.label && withObserved(score, 0, reading.label);
  const inner = query && queryInner(query);
  if (both === undefined || inner === undefined) return [];
  return scanning.query(ndcgSql(reading.scan, of.windows, [...both.inner, inner]));
}

function withRow(aggregate: ColumnAggregate, row: Row | undefined, name: string): ColumnAggregate {
  const { observed } = aggregate;
  if (observed === null || observed.rows === 0) return aggregate;
  if (row === undefined) {
    return withProblem(queryMissing(`no row with a label and a score has a query in ${JSON.stringify(name)}`))(
      aggregate,
    );
  }
  const ranked = { ...aggregate, observed: { ...observed, ndcgAt10: toNumber(row.ndcg) } };
  return toCount(row.ungraded) === 0 ? ranked : withProblem(ungraded(row))(ranked);
}

function ungraded(row: Row): ColumnProblem {
  const queries = toCount(row.ungraded_queries);
  const labels = `${toCount(row.ungraded)} of ${counted(toCount(row.requests), 'label')} ${toCount(row.ungraded) === 1 ? 'is' : 'are'} no grade from 0 to ${LARGEST_GRADE}`;
  const left = `NDCG@10 leaves ${counted(queries, 'query', 'queries')} out`;
  return { code: 'label_unusable', text: `${labels}, the lowest of them ${toNumber(row.example)}; ${left}` };
}

function named(column: string): string {
  return `the query column ${JSON.stringify(column)}`;
}

function queryMissing(text: string): ColumnProblem {
  return { code: 'query_missing', text };
}

/** Aggregates without labels are passed over: they have a problem of their own. */
function withProblem(problem: ColumnProblem): (aggregate: ColumnAggregate) => ColumnAggregate {
  return (aggregate) =>
    aggregate.observed === null ? aggregate : { ...aggregate, problems: [...aggregate.problems, problem] };
}

function place(window: number, segment: string): string {
  return `${window} ${segment}`;
}
