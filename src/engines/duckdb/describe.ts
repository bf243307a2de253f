import type { Source } from '../../domain/model.ts';
import type { SourceDescription } from '../../ports/statistics-engine.ts';
import type { Query, Row } from './connection.ts';
import { sourceError } from './engine-error.ts';
import { type OpenedSource, openSource, reopenTolerantly } from './open-source.ts';
import { sampleSql } from './sql/describe-sql.ts';
import { toCount, toNumber } from './values.ts';

/** Columns with their types, the rows of the source, and what a sample says of each column. */
export async function describeSource(source: Source, query: Query): Promise<SourceDescription> {
  // Otherwise the sample would be any rows, and a column's kind could differ from run to run.
  await query('SET preserve_insertion_order = true');
  let opened = await openSource(source, query);
  try {
    const rows = toCount((await query(`SELECT count(*) AS n FROM ${opened.sql}`))[0]?.n);
    let sample: Row;
    try {
      sample = await sampleRow(opened, query);
    } catch (thrown) {
      const tolerant = await reopenTolerantly(opened, query);
      if (tolerant === undefined) throw thrown;
      opened = tolerant;
      sample = await sampleRow(opened, query);
    }
    const partitions = new Set(Object.keys(opened.relation.partitions ?? {}));
    const rowsInSample = toCount(sample.n);
    return {
      rows,
      columns: opened.columns.map((column, i) => ({
        name: column.name,
        type: column.type,
        distinctInSample: toNumber(sample[`s${i}_distinct`]),
        rowsInSample,
        meanTextLength: toNumber(sample[`s${i}_length`]),
        ...(partitions.has(column.name) ? { isPartition: true as const } : {}),
      })),
    };
  } catch (thrown) {
    throw sourceError(thrown, source.location);
  }
}

async function sampleRow(opened: OpenedSource, query: Query): Promise<Row> {
  return (await query(sampleSql(opened.sql, opened.columns)))[0] ?? {};
}
