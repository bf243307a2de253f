import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { ColumnId, EpochMs, ModelId } from '../../domain/identifiers.ts';
import type { SeriesKey, SeriesPoint } from '../../domain/series.ts';
import { type StatisticName, statisticNames } from '../../domain/statistic.ts';
import type { StatisticsStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson } from '../json-column.ts';
import { statistics } from '../schema/statistics.ts';
import { createWindowPool } from '../windows.ts';
import type { KnownColumns } from './column-ids.ts';
import { Shares, statisticsRowName } from './statistics-row.ts';

/** Cells before the statistics in a row of the prepared selects. */
const FIXED_CELLS = 5;

interface GrowingSeries {
  readonly key: SeriesKey;
  readonly points: SeriesPoint[];
}

interface ColumnGroup {
  readonly columnId: ColumnId;
  readonly segment: string;
  readonly asking: GrowingSeries[];
}

/** Reads a column once for all its series, and only the statistics asked for: that is what makes thousands quick. */
export function createSeriesReader(
  client: Client,
  columnsOf: (modelId: ModelId) => KnownColumns,
): StatisticsStore['series'] {
  const selects = new Map<string, Select>();

  function selectOf(names: readonly StatisticName[], hasShares: boolean): Select {
    const key = `${names.join()} ${hasShares}`;
    const known = selects.get(key) ?? prepareSelect(client, names, hasShares);
    selects.set(key, known);
    return known;
  }

  return (modelId, keys, fromMs, toMs) => {
    const pool = createWindowPool();
    const series = keys.map((key) => ({ key, points: [] as SeriesPoint[] }));
    for (const { columnId, segment, asking } of groupByColumn(columnsOf(modelId), series)) {
      const asked = new Set<string>(asking.map(({ key }) => key.statistic));
      const names = statisticNames.filter((name) => asked.has(name));
      const sinks = asking.map(({ key, points }) => ({ points, read: readerOf(key, names) }));
      const select = selectOf(names, asked.size > names.length);
      for (const cells of select({ columnId, segment, fromMs, toMs })) {
        const window = pool(cells[2], cells[0], cells[1]);
        const shares = readShares(columnId, cells);
        for (const { points, read } of sinks) points.push({ window, value: read(cells, shares), rows: cells[3] });
      }
    }
    return series;
  };
}

type Cells = readonly [
  startMs: number,
  endMs: number,
  key: string,
  rows: number,
  shares: string | null,
  ...(number | null)[],
];
type ShareTable = Readonly<Record<string, number>>;
type Select = (of: {
  readonly columnId: ColumnId;
  readonly segment: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}) => readonly Cells[];

function prepareSelect({ orm }: Client, names: readonly StatisticName[], hasShares: boolean): Select {
  const query = orm
    .select({
      startMs: statistics.windowStartMs,
      endMs: statistics.windowEndMs,
      key: statistics.windowKey,
      rows: statistics.rows,
      shares: hasShares ? statistics.shares : sql<string | null>`null`,
      ...Object.fromEntries(names.map((name) => [name, statistics[name]])),
    })
    .from(statistics)
    .where(
      and(
        eq(statistics.columnId, sql.placeholder('columnId')),
        gte(statistics.windowStartMs, sql.placeholder('fromMs')),
        lt(statistics.windowStartMs, sql.placeholder('toMs')),
        eq(statistics.segment, sql.placeholder('segment')),
      ),
    )
    .orderBy(asc(statistics.windowStartMs))
    .prepare();
  // Plain rows of cells, in the order selected above: objects per row cost several times as much.
  return (of) => query.values({ ...of }) as unknown as readonly Cells[];
}

/** Series of columns that the model does not have stay empty. */
function groupByColumn(known: KnownColumns, series: readonly GrowingSeries[]): Iterable<ColumnGroup> {
  const groups = new Map<string, ColumnGroup>();
  for (const one of series) {
    const column = known.byName(one.key.column);
    if (column === undefined) continue;
    const name = `${column.id} ${one.key.segment}`;
    const group = groups.get(name) ?? { columnId: column.id, segment: one.key.segment, asking: [] };
    group.asking.push(one);
    groups.set(name, group);
  }
  return groups.values();
}

function readShares(columnId: ColumnId, cells: Cells): ShareTable | undefined {
  const text = cells[4];
  return text === null ? undefined : readJson(Shares, text, statisticsRowName(columnId, cells[2]));
}

/** How to find the value of a series in a row; null where it is not stored. */
function readerOf(
  { statistic }: SeriesKey,
  names: readonly StatisticName[],
): (cells: Cells, shares: ShareTable | undefined) => number | null {
  const places: readonly string[] = names;
  const place = places.indexOf(statistic);
  // The statistics come after the fixed cells, and they are numbers or null.
  if (place >= 0) return (cells) => (cells[FIXED_CELLS + place] ?? null) as number | null;
  const category = statistic.slice('share['.length, -1);
  return (_cells, shares) =>
    shares !== undefined && Object.hasOwn(shares, category) ? (shares[category] ?? null) : null;
}
