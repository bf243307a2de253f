import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochUnit } from '../../../src/domain/epoch-unit.ts';
import { typeFamily } from '../../../src/domain/source-type.ts';
import { windowsBetween } from '../../../src/domain/window.ts';
import { type Query, withConnection } from '../../../src/engines/duckdb/connection.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { instantSql } from '../../../src/engines/duckdb/sql/instant.ts';
import { type Prunable, pruneCondition } from '../../../src/engines/duckdb/sql/prune.ts';
import { spanOf } from '../../../src/engines/duckdb/sql/windows.ts';
import { breakPages } from './break-pages.ts';
import { days, feature, plan } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const ZONES = ['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kolkata', 'Australia/Lord_Howe'];

/** Types of a time column with a value of theirs from microseconds since 1970. */
const TYPES: readonly { by: Exclude<Prunable['by'], 'instant'>; type: string; from: (us: string) => string }[] = [
  { by: 'timestamp', type: 'TIMESTAMP', from: (us) => `make_timestamp(${us})` },
  { by: 'timestamp', type: 'TIMESTAMP_MS', from: (us) => `make_timestamp(${us})::TIMESTAMP_MS` },
  { by: 'timestamp_ns', type: 'TIMESTAMP_NS', from: (us) => `make_timestamp_ns(${us} * 1000 + 999)` },
  { by: 'timestamptz', type: 'TIMESTAMP WITH TIME ZONE', from: (us) => `make_timestamptz(${us})` },
  { by: 'date', type: 'DATE', from: (us) => `make_timestamp(${us})::DATE` },
  { by: 'seconds', type: 'BIGINT', from: (us) => `${us} // 1000000` },
  { by: 'milliseconds', type: 'BIGINT', from: (us) => `${us} // 1000` },
  { by: 'microseconds', type: 'BIGINT', from: (us) => us },
  { by: 'nanoseconds', type: 'BIGINT', from: (us) => `${us} * 1000 + 999` },
  { by: 'yyyymmdd', type: 'INTEGER', from: (us) => `strftime(make_timestamp(${us}), '%Y%m%d')::INTEGER` },
];

/** Around the days on which clocks change, around 1970, and anywhere between 1950 and 2090. */
const moment = fc.oneof(
  fc.constantFrom(
    ...['2026-03-08', '2026-11-01', '2026-04-05', '1970-01-01', '1969-12-31'].map((day) => Date.parse(day)),
  ),
  fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2090, 0) }),
);

describe('skipping what lies outside the windows', () => {
  it.each(TYPES)('never drops a row of a window: $by of $type', async ({ by, type, from }) => {
    await withConnection({}, undefined, (query) =>
      fc.assert(
        fc.asyncProperty(
          fc.record({
            moment,
            zone: fc.constantFrom(...ZONES),
            granularity: fc.constantFrom('day' as const, 'hour' as const),
            count: fc.integer({ min: 1, max: 40 }),
          }),
          async (of) => {
            expect(await dropped(query, { by, type, from }, of)).toEqual([]);
          },
        ),
        { numRuns: 60 },
      ),
    );
  });

  it.each(TYPES)('does not read the row groups outside: $by of $type', async ({ type, from }) => {
    // Two days in two row groups; of the first the values can no longer be read.
    const location = await halfBroken(`${type.replaceAll(' ', '-')}-${from('us').length}.parquet`, from);
    const wanted = plan(location, { columns: [feature('age', 'numeric')] });
    const engine = createDuckdbEngine();

    const second = await engine.profile(wanted, days('2026-03-09', 1));
    const both = await engine.profile(wanted, days('2026-03-05', 5));

    expect(second.at(-1)).toMatchObject({ column: 'age', rows: 2048, mean: 5, problems: [] });
    expect(both.at(-1)).toMatchObject({ column: 'age', problems: [{ code: 'unreadable' }] });
  });

  it('does not read the row groups outside of files that lie in partitions', async () => {
    const location = await halfBroken('lake/dt=2026-03-09/a.parquet', (us) => `make_timestamp(${us})`);
    const wanted = plan(dirname(dirname(location)), { columns: [feature('age', 'numeric')] });

    expect((await createDuckdbEngine().profile(wanted, days('2026-03-09', 1))).at(-1)).toMatchObject({ mean: 5 });
  });

  it('tells the unit of whole numbers only where all that are times have the same', () => {
    const unit = (low: number | bigint, high: number | bigint) => epochUnit(BigInt(low), BigInt(high));

    expect(unit(20260101, 20261231)).toBe('yyyymmdd');
    expect(unit(1767225600, 1798761600)).toBe('seconds');
    expect(unit(1767225600000, 1798761600000)).toBe('milliseconds');
    expect(unit(1767225600000000, 1798761600000000)).toBe('microseconds');
    expect(unit(1767225600000000000n, 1798761600000000000n)).toBe('nanoseconds');
    expect(unit(30000000, 1767225600)).toBe('seconds');
    expect(unit(20260101, 1767225600)).toBeUndefined();
    expect(unit(1767225600, 1767225600000)).toBeUndefined();
    expect(unit(0, 1767225600)).toBeUndefined();
    expect(unit(0, 1000)).toBeUndefined();
    expect(unit(-(10n ** 18n), 10n ** 18n)).toBeUndefined();
  });
});

/** Values near the bounds of the windows whose instant is in their span and which the condition drops all the same. */
async function dropped(
  query: Query,
  time: (typeof TYPES)[number],
  of: { moment: number; zone: string; granularity: 'day' | 'hour'; count: number },
) {
  const step = of.granularity === 'day' ? 864e5 : 36e5;
  const windows = windowsBetween(of.moment, of.moment + of.count * step, of.zone, of.granularity);
  const { fromUs, toUs } = spanOf(windows);
  const nearby = [0, 1, 999, 1000, 1e6 - 1, 1e6, 36e8, 432e8, 864e8 - 1, 864e8, 864e8 + 36e8, 2 * 864e8];
  const around = [fromUs, toUs].flatMap((us) => nearby.flatMap((distance) => [us - distance, us + distance]));
  const instant = instantSql('t', typeFamily(time.type), of.zone) ?? '';
  const prune = pruneCondition(windows, { instant, prunable: { by: time.by, column: 't' } });
  const rows = await query(
    [
      `WITH times AS (SELECT ${time.from('us')}::${time.type} AS t FROM (SELECT unnest([${around.join(', ')}]) AS us))`,
      `SELECT CAST(t AS VARCHAR) AS t, low, high FROM (SELECT t, ${instant} AS at_us, min(t::VARCHAR) OVER () AS low,`,
      'max(t::VARCHAR) OVER () AS high FROM times)',
      `WHERE at_us BETWEEN ${fromUs} AND ${toUs - 1} AND NOT coalesce(${prune}, false)`,
    ].join('\n'),
  );
  // A condition of a unit is only used where every number of the column has that unit.
  if (typeFamily(time.type) !== 'integer') return rows;
  const [range] = await query(
    `SELECT min(t)::HUGEINT AS low, max(t)::HUGEINT AS high FROM (SELECT ${time.from('us')} AS t FROM (SELECT unnest([${around.join(', ')}]) AS us))`,
  );
  return epochUnit(range?.low as bigint, range?.high as bigint) === time.by ? rows : [];
}

/** A Parquet file of 5 and 9 March in a row group each, where the pages of `age` are overwritten in the first. */
async function halfBroken(name: string, from: (us: string) => string): Promise<string> {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  await withConnection({ threads: 1 }, undefined, async (query) => {
    await query('SET preserve_insertion_order = true');
    await query(
      `COPY (SELECT ${from(`(${Date.UTC(2026, 2, 5, 12)} + (i // 2048) * 345600000) * 1000`)} AS at, 5 + i % 2 * 0 AS age
        FROM range(4096) AS rows(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    );
  });
  await breakPages(path, 'age');
  return path;
}
