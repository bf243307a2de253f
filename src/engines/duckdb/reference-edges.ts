import type { Window } from '../../domain/window.ts';
import { isInterruption } from './engine-error.ts';
import type { PlanColumn } from './read-aggregate.ts';
import { scanOrEach } from './scan-or-each.ts';
import type { Reading, Scanning } from './scanning.ts';
import { edgesSql, sampleOf } from './sql/edges-sql.ts';
import { profileSql, type Scan } from './sql/profile-sql.ts';
import { toCount, toNumber, toNumbers } from './values.ts';

/** Rows that edges are taken from. The rank of a quantile of so many is off by .11 % (one deviation, at the median). */
const SAMPLED_ROWS = 200_000;
/** With fewer values in the sample all rows are read: the rank would be off by more than .22 %, and 1 % is promised. */
const FEWEST_SAMPLED_VALUES = 50_000;

interface Quantiles {
  readonly column: PlanColumn;
  /** Values that they are of. */
  readonly values: number;
  readonly quantiles: readonly number[];
}

/**
 * Cuts of numeric columns into bins with about as many values in each, ascending, without the extremes; from a sample
 * where there are many rows. `span` covers the windows of the table of slots. Columns that cannot be read are absent.
 */
export async function innerEdges(
  scanning: Scanning,
  columns: readonly PlanColumn[],
  of: { readonly span: Window; readonly rows: number },
): Promise<ReadonlyMap<string, readonly number[]>> {
  const step = Math.floor(of.rows / SAMPLED_ROWS);
  const found = await scanOrEach(scanning, columns, {
    async scan(reading, some): Promise<Quantiles[]> {
      const sample = step < 2 ? undefined : sampleOf(reading.scan, step);
      const sampled = sample && (await ofSample(scanning, reading, { ...of, columns: some, scan: sample }));
      if (sampled === undefined) return scanQuantiles(scanning, reading, { ...of, columns: some, scan: reading.scan });
      const sparse = sampled.filter(({ values }) => values < FEWEST_SAMPLED_VALUES).map(({ column }) => column);
      if (sparse.length === 0) return sampled;
      const full = await scanQuantiles(scanning, reading, { ...of, columns: sparse, scan: reading.scan });
      return [...sampled.filter(({ column }) => !sparse.includes(column)), ...full];
    },
    failed: () => [],
  });
  return new Map(
    found.map(({ column, quantiles }) => [column.name, [...new Set(quantiles)].toSorted((a, b) => a - b)]),
  );
}

interface QuantilesOf {
  readonly columns: readonly PlanColumn[];
  readonly scan: Scan;
  readonly span: Window;
}

/** Undefined where the source cannot be sampled, or a cell breaks the scan. */
async function ofSample(scanning: Scanning, reading: Reading, of: QuantilesOf): Promise<Quantiles[] | undefined> {
  try {
    return await scanQuantiles(scanning, reading, of);
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
    return undefined;
  }
}

async function scanQuantiles(
  scanning: Scanning,
  reading: Reading,
  { columns, scan, span }: QuantilesOf,
): Promise<Quantiles[]> {
  const sql = columns.map(({ name, defaultValue }, position) => {
    const family = reading.column(name)?.family ?? 'unknown';
    const planned = { name, kind: 'numeric', family } as const;
    const found = edgesSql(defaultValue === undefined ? planned : { ...planned, defaultValue }, position);
    if (found === undefined) throw new Error(`a column of type family ${family} cannot be read as numeric`);
    return found;
  });
  const [row = {}] = await scanning.query(profileSql(scan, [span], sql));
  return columns.map((column, i) => {
    const lowest = toNumber(row[`c${i}_minimum`]) ?? Number.POSITIVE_INFINITY;
    const highest = toNumber(row[`c${i}_maximum`]) ?? Number.NEGATIVE_INFINITY;
    // A sketch interpolates, and may round to just outside of its values.
    const quantiles = (toNumbers(row[`c${i}_quantiles`]) ?? []).flatMap((edge) =>
      edge !== null && edge >= lowest && edge <= highest ? [edge] : [],
    );
    return { column, values: toCount(row[`c${i}_values`]), quantiles };
  });
}
