import { and, asc, desc, eq, gt, gte, inArray, lt, min, ne, sql } from 'drizzle-orm';
import { TRAFFIC_COLUMN } from '../../domain/column.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { ModelId } from '../../domain/identifiers.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { StatisticsStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { prepareInsert } from '../prepare-insert.ts';
import { columns } from '../schema/columns.ts';
import { statistics } from '../schema/statistics.ts';
import { transaction } from '../transaction.ts';
import { columnIdsOfModel, createColumnLookup } from './column-ids.ts';
import { createReferenceStore } from './references.ts';
import {
  fromColumnStatistics,
  statisticsRowName,
  toColumnStatistics,
  toProblems,
  trafficRatioCells,
} from './statistics-row.ts';
import { createSeriesReader } from './statistics-series.ts';

export function createStatisticsStore(client: Client): StatisticsStore {
  const { orm } = client;
  const columnsOf = createColumnLookup(client);
  const idsOfModel = columnIdsOfModel(client);
  const deleteWindow = orm
    .delete(statistics)
    .where(
      and(inArray(statistics.columnId, idsOfModel), eq(statistics.windowStartMs, sql.placeholder('windowStartMs'))),
    )
    .prepare();
  const insertRow = prepareInsert(client, statistics);

  function replaceWindows(modelId: ModelId, windows: readonly Window[], rows: readonly ColumnStatistics[]): void {
    const starts = new Set(windows.map((window) => window.startMs));
    transaction(client, () => {
      const known = columnsOf(modelId);
      for (const windowStartMs of starts) deleteWindow.run({ modelId, windowStartMs });
      for (const row of rows) {
        if (!starts.has(row.window.startMs)) throw strayWindow(row);
        insertRow(fromColumnStatistics(known.require(row.column).id, row));
      }
    });
  }

  const selectWindow = orm
    .select()
    .from(statistics)
    .where(
      and(inArray(statistics.columnId, idsOfModel), eq(statistics.windowStartMs, sql.placeholder('windowStartMs'))),
    )
    .orderBy(asc(statistics.columnId), asc(statistics.segment))
    .prepare();

  function window(modelId: ModelId, wanted: Window): readonly ColumnStatistics[] {
    const known = columnsOf(modelId);
    return selectWindow.all({ modelId, windowStartMs: wanted.startMs }).flatMap((row) => {
      const column = known.byId(row.columnId);
      return column === undefined ? [] : [toColumnStatistics(column, row)];
    });
  }

  const selectWindowSegments = orm
    .selectDistinct({ segment: statistics.segment })
    .from(statistics)
    .where(
      and(inArray(statistics.columnId, idsOfModel), eq(statistics.windowStartMs, sql.placeholder('windowStartMs'))),
    )
    .prepare();

  const columnInSpan = and(
    eq(statistics.columnId, sql.placeholder('columnId')),
    gte(statistics.windowStartMs, sql.placeholder('fromMs')),
    lt(statistics.windowStartMs, sql.placeholder('toMs')),
  );

  const selectColumn = orm
    .select()
    .from(statistics)
    .where(and(columnInSpan, eq(statistics.segment, sql.placeholder('segment'))))
    .orderBy(asc(statistics.windowStartMs))
    .prepare();

  const selectStates = orm
    .select({
      columnId: statistics.columnId,
      startMs: statistics.windowStartMs,
      endMs: statistics.windowEndMs,
      windowKey: statistics.windowKey,
      rows: statistics.rows,
      problems: statistics.problems,
    })
    .from(statistics)
    .where(and(columnInSpan, eq(statistics.segment, ALL_TRAFFIC)))
    .orderBy(asc(statistics.windowStartMs))
    .prepare();

  const selectSegments = orm
    .select({ segment: statistics.segment })
    .from(statistics)
    .where(and(columnInSpan, ne(statistics.segment, ALL_TRAFFIC), gt(statistics.rows, 0)))
    .orderBy(desc(statistics.windowStartMs), desc(statistics.rows), asc(statistics.segment))
    .prepare();

  const selectFirst = orm
    .select({ startMs: min(statistics.windowStartMs) })
    .from(statistics)
    .where(eq(statistics.columnId, sql.placeholder('columnId')))
    .prepare();
  const updateRatio = orm
    .update(statistics)
    .set({ traffic_ratio: sql`${sql.placeholder('traffic_ratio')}`, valueless: sql`${sql.placeholder('valueless')}` })
    .where(
      and(
        eq(statistics.columnId, sql.placeholder('columnId')),
        eq(statistics.windowStartMs, sql.placeholder('windowStartMs')),
        eq(statistics.segment, ALL_TRAFFIC),
      ),
    )
    .prepare();

  return {
    ...createReferenceStore(client),
    firstWindowStart(modelId) {
      const columnId = columnsOf(modelId).require(TRAFFIC_COLUMN).id;
      return selectFirst.get({ columnId })?.startMs ?? undefined;
    },
    putTrafficRatios(modelId, ratios) {
      if (ratios.length === 0) return;
      const columnId = columnsOf(modelId).require(TRAFFIC_COLUMN).id;
      transaction(client, () => {
        for (const { window: of, ratio } of ratios) {
          const cells = trafficRatioCells(ratio, statisticsRowName(columnId, of.key));
          updateRatio.run({ columnId, windowStartMs: of.startMs, ...cells });
        }
      });
    },
    replaceWindows,
    segments(modelId, fromMs, toMs) {
      const traffic = columnsOf(modelId).byName(TRAFFIC_COLUMN);
      const rows = traffic === undefined ? [] : selectSegments.all({ columnId: traffic.id, fromMs, toMs });
      return [...new Set(rows.map(({ segment }) => segment))];
    },
    window,
    windowSegments: (modelId, { startMs: windowStartMs }) =>
      selectWindowSegments.all({ modelId, windowStartMs }).map(({ segment }) => segment),
    column(modelId, { column, segment, fromMs, toMs }) {
      const found = columnsOf(modelId).byName(column);
      if (found === undefined) return [];
      return selectColumn
        .all({ columnId: found.id, segment, fromMs, toMs })
        .map((row) => toColumnStatistics(found, row));
    },
    states(modelId, names, fromMs, toMs) {
      const known = columnsOf(modelId);
      return names.flatMap((column) => {
        const found = known.byName(column);
        if (found === undefined) return [];
        return selectStates.all({ columnId: found.id, fromMs, toMs }).map((row) => {
          const { windowKey: key, startMs, endMs, rows } = row;
          const where = { window: { key, startMs, endMs }, segment: ALL_TRAFFIC, column, role: found.role };
          return { ...where, rows, problems: toProblems(row) };
        });
      });
    },
    series: createSeriesReader(client, columnsOf),
    windowStarts: (modelId) =>
      orm
        .selectDistinct({ startMs: statistics.windowStartMs })
        .from(statistics)
        .innerJoin(columns, eq(columns.id, statistics.columnId))
        .where(eq(columns.modelId, modelId))
        .orderBy(asc(statistics.windowStartMs))
        .all()
        .map((row) => row.startMs),
  };
}

function strayWindow(row: ColumnStatistics): DriftbellError {
  return new DriftbellError('store.failed', {
    expected: 'statistics of the windows to replace',
    received: `statistics of ${row.column} in ${row.window.key}`,
    remedy: 'name that window too; this is a bug of Driftbell',
  });
}
