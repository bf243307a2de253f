import { ALL_TRAFFIC } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { ColumnAggregate } from '../../ports/statistics-engine.ts';
import { isInterruption } from './engine-error.ts';
import type { PlanColumn } from './read-aggregate.ts';
import { withTolerance } from './scan-or-each.ts';
import type { Scanning } from './scanning.ts';
import { aucSql } from './sql/auc-sql.ts';
import { columnSql } from './sql/column-sql.ts';
import { withObserved } from './sql/observed-sql.ts';
import { toCount, toNumber, toText } from './values.ts';

/** The same aggregates with the area under the ROC curve, where the labels of a score are zeros and ones. */
export async function withAuc(
  scanning: Scanning,
  aggregates: readonly ColumnAggregate[],
  of: { readonly column: PlanColumn; readonly windows: readonly Window[] },
): Promise<readonly ColumnAggregate[]> {
  const isBinary = ({ observed }: ColumnAggregate) => observed !== null && observed.otherLabels === 0;
  if (!aggregates.some((aggregate) => isBinary(aggregate) && aggregate.observed?.rows !== 0)) return aggregates;
  const places = await scanAuc(scanning, of);
  return aggregates.map((aggregate) => {
    const auc = places.get(
      place(
        of.windows.findIndex(({ key }) => key === aggregate.window.key),
        aggregate.segment,
      ),
    );
    if (!isBinary(aggregate) || aggregate.observed === null || auc === undefined) return aggregate;
    return { ...aggregate, observed: { ...aggregate.observed, auc } };
  });
}

/** Empty where the column could not be read, which the aggregates tell already. */
async function scanAuc(
  scanning: Scanning,
  { column, windows }: { readonly column: PlanColumn; readonly windows: readonly Window[] },
): Promise<ReadonlyMap<string, number | null>> {
  try {
    const rows = await withTolerance(scanning, async (reading) => {
      const family = reading.column(column.name)?.family ?? 'unknown';
      const score = columnSql({ name: column.name, kind: column.kind, family }, 0);
      const both = score && reading.label && withObserved(score, 0, reading.label);
      return both === undefined ? [] : scanning.query(aucSql(reading.scan, windows, both.inner));
    });
    return new Map(
      rows.map((row) => [place(toCount(row.w), toText(row.segment) ?? ALL_TRAFFIC), toNumber(row.auc)] as const),
    );
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
    return new Map();
  }
}

function place(window: number, segment: string): string {
  return `${window} ${segment}`;
}
