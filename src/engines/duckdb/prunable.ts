import { epochUnit } from '../../domain/epoch-unit.ts';
import type { Query } from './connection.ts';
import { isInterruption } from './engine-error.ts';
import type { OpenedSource } from './open-source.ts';
import type { Prunable } from './sql/prune.ts';
import { quoteIdentifier } from './sql/quote.ts';
import type { TimeOfRow } from './time-range.ts';

/** How the reader can skip what lies outside the windows; absent where it cannot, or where rows were copied already. */
export async function prunableOf(
  opened: OpenedSource,
  { columns, isPartition }: TimeOfRow,
  query: Query,
): Promise<Prunable | undefined> {
  if (isPartition) return { by: 'instant' };
  const [{ name: column, family, type }] = columns;
  if (columns.length > 1) return undefined;
  switch (family) {
    case 'timestamp':
      return { by: type.toUpperCase() === 'TIMESTAMP_NS' ? 'timestamp_ns' : 'timestamp', column };
    case 'timestamptz':
    case 'date':
      return { by: family, column };
    case 'integer': {
      // Without row groups there is nothing to skip.
      const by = opened.relation.format === 'parquet' ? await unitOf(opened, column, query) : undefined;
      return by === undefined ? undefined : { by, column };
    }
    default:
      return undefined;
  }
}

/** Of a column that mixes units each number would have to be looked at: undefined. */
async function unitOf(opened: OpenedSource, column: string, query: Query) {
  const name = `CAST(${quoteIdentifier(column)} AS HUGEINT)`;
  try {
    const [row] = await query(`SELECT min(${name}) AS low, max(${name}) AS high FROM ${opened.sql}`);
    const { low, high } = row ?? {};
    return typeof low === 'bigint' && typeof high === 'bigint' ? epochUnit(low, high) : undefined;
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
    return undefined;
  }
}
