import type { Source } from '../../domain/model.ts';
import type { SourceDescription } from '../../ports/statistics-engine.ts';
import type { Query } from './connection.ts';
import { engineReason, isInterruption, sourceError } from './engine-error.ts';
import { type OpenedColumn, type OpenedSource, openSource, reopenTolerantly } from './open-source.ts';
import { type ColumnSample, readSample } from './read-sample.ts';
import { sampleSql } from './sql/describe-sql.ts';
import { toCount } from './values.ts';

/** Columns with their types, the rows of the source, and what a sample says of each column. */
export async function describeSource(source: Source, query: Query): Promise<SourceDescription> {
  // Otherwise the sample would be any rows, and a column's kind could differ from run to run.
  await query('SET preserve_insertion_order = true');
  const found = await openSource(source, query);
  try {
    const rows = toCount((await query(`SELECT count(*) AS n FROM ${found.sql}`))[0]?.n);
    const { opened, samples } = await sampled(found, query);
    const partitions = new Set(Object.keys(opened.relation.partitions ?? {}));
    const rowsInSample = samples.reduce((most, sample) => Math.max(most, sample.rows), 0);
    return {
      rows,
      columns: opened.columns.map(({ name, type }, i) => ({
        ...{ name, type, rowsInSample },
        ...(samples[i]?.found ?? { distinctInSample: null, meanTextLength: null }),
        ...(partitions.has(name) ? { isPartition: true as const } : {}),
        ...(samples[i]?.problem === undefined ? {} : { problem: samples[i].problem }),
      })),
    };
  } catch (thrown) {
    throw sourceError(thrown, source.location);
  }
}

interface Sampled {
  readonly rows: number;
  readonly found?: ColumnSample;
  readonly problem?: string;
}

/** All columns at once; where that fails tolerantly, and where there is no such way, each on its own. */
async function sampled(
  found: OpenedSource,
  query: Query,
): Promise<{ readonly opened: OpenedSource; readonly samples: readonly Sampled[] }> {
  for (const open of [async () => found, () => reopenTolerantly(found, query)]) {
    try {
      const opened = await open();
      if (opened !== undefined) return { opened, samples: await sampleColumns(opened, opened.columns, query) };
    } catch (thrown) {
      if (isInterruption(thrown)) throw thrown;
    }
  }
  const samples: Sampled[] = [];
  for (const column of found.columns) {
    try {
      samples.push(...(await sampleColumns(found, [column], query)));
    } catch (thrown) {
      if (isInterruption(thrown)) throw thrown;
      samples.push({ rows: 0, problem: engineReason(thrown) });
    }
  }
  if (samples.every(({ problem }) => problem !== undefined)) throw new Error(samples[0]?.problem ?? 'no columns');
  return { opened: found, samples };
}

async function sampleColumns(opened: OpenedSource, columns: readonly OpenedColumn[], query: Query): Promise<Sampled[]> {
  const [row = {}] = await query(sampleSql(opened.sql, columns));
  return columns.map(({ family }, i) => ({ rows: toCount(row.n), found: readSample(row, i, family) }));
}
