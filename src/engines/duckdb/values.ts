import { DuckDBDecimalValue, DuckDBListValue, DuckDBMapValue, type DuckDBValue } from '@duckdb/node-api';

/** A count of the engine; 0 where it has none. */
export function toCount(value: DuckDBValue | undefined): number {
  return toNumber(value) ?? 0;
}

/** A finite number, or null: neither the engine's null nor an overflow becomes a figure. */
export function toNumber(value: DuckDBValue | undefined): number | null {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function toText(value: DuckDBValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function toNumbers(value: DuckDBValue | undefined): readonly (number | null)[] | null {
  return value instanceof DuckDBListValue ? value.items.map(toNumber) : null;
}

/** The counts of a histogram over edges, in their order, and last the values beyond them. */
export function toBinCounts(value: DuckDBValue | undefined, edges: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  let beyond = 0;
  for (const entry of value instanceof DuckDBMapValue ? value.entries : []) {
    if (typeof entry.key === 'number' && Number.isFinite(entry.key)) counts.set(entry.key, toCount(entry.value));
    else beyond += toCount(entry.value);
  }
  return [...edges.map((edge) => counts.get(edge) ?? 0), beyond];
}
