import { and, asc, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { type Detection, isAnomaly } from '../../domain/anomaly.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { ColumnId, EpochMs, ModelId } from '../../domain/identifiers.ts';
import type { SeriesKey } from '../../domain/series.ts';
import type { Window } from '../../domain/window.ts';
import type { DetectionStore, JudgedTail } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { prepareInsert } from '../prepare-insert.ts';
import { detections } from '../schema/detections.ts';
import { transaction } from '../transaction.ts';
import { createWindowPool } from '../windows.ts';
import { columnIdsOfModel, createColumnLookup, type KnownColumns } from './column-ids.ts';
import { type DetectionCells, detectionCells, fromDetection, toDetection } from './detection-row.ts';
import { createRecentDetections, type RecentDetections, type SeriesDetections } from './recent-detections.ts';

/** What is kept of the newest windows has to be forgotten by whoever else removes detections. */
export function createDetectionStore(client: Client): DetectionStore & Pick<RecentDetections, 'forgetAll'> {
  const { orm } = client;
  const columnsOf = createColumnLookup(client);
  const idsOfModel = columnIdsOfModel(client);
  const inRange = and(
    gte(detections.windowStartMs, sql.placeholder('fromMs')),
    lt(detections.windowStartMs, sql.placeholder('toMs')),
  );
  const inOrder = [asc(detections.columnId), asc(detections.segment), asc(detections.statistic)] as const;
  const deleteWindow = orm
    .delete(detections)
    .where(
      and(inArray(detections.columnId, idsOfModel), eq(detections.windowStartMs, sql.placeholder('windowStartMs'))),
    )
    .prepare();
  const insertRow = prepareInsert(client, detections);
  const selectBetween = orm
    .select(detectionCells)
    .from(detections)
    .where(and(inArray(detections.columnId, idsOfModel), inRange))
    .orderBy(...inOrder, asc(detections.windowStartMs))
    .prepare();
  const selectAnomalies = orm
    .select(detectionCells)
    .from(detections)
    .where(and(inArray(detections.columnId, idsOfModel), inRange, eq(detections.isAnomaly, true)))
    .prepare();
  const selectAnomalousStarts = orm
    .selectDistinct({ startMs: detections.windowStartMs })
    .from(detections)
    .where(
      and(
        eq(detections.columnId, sql.placeholder('columnId')),
        inRange,
        eq(detections.segment, sql.placeholder('segment')),
        eq(detections.isAnomaly, true),
        isNotNull(detections.rule),
      ),
    )
    .prepare();
  const selectSeries = orm
    .select(detectionCells)
    .from(detections)
    .where(
      and(
        eq(detections.columnId, sql.placeholder('columnId')),
        inRange,
        eq(detections.segment, sql.placeholder('segment')),
        sql`${detections.statistic} in (select value from json_each(${sql.placeholder('statistics')}))`,
      ),
    )
    .orderBy(asc(detections.statistic), asc(detections.windowStartMs))
    .prepare();

  const selectTails = orm
    .select({
      segment: detections.segment,
      statistic: detections.statistic,
      windowStartMs: detections.windowStartMs,
      tail: detections.tail,
      nominalTail: detections.nominalTail,
      isAnomaly: detections.isAnomaly,
    })
    .from(detections)
    .where(
      and(
        eq(detections.columnId, sql.placeholder('columnId')),
        inRange,
        eq(detections.detector, sql.placeholder('detector')),
        isNotNull(detections.tail),
      ),
    )
    .orderBy(asc(detections.windowStartMs), asc(detections.segment), asc(detections.statistic))
    .prepare();

  const recent = createRecentDetections(client, {
    columnsOf,
    read: (modelId, known, span) => bySeries(known, selectBetween.values({ modelId, ...span })),
  });

  function replaceWindow(modelId: ModelId, window: Window, given: readonly Detection[], detector: string): void {
    recent.forgetFrom(modelId, window.startMs);
    transaction(client, () => {
      const known = columnsOf(modelId);
      deleteWindow.run({ modelId, windowStartMs: window.startMs });
      for (const detection of given) {
        if (detection.window.startMs !== window.startMs) throw strayWindow(detection, window);
        insertRow(fromDetection(known.require(detection.series.column).id, detection, detector));
      }
    });
  }

  /** A column is gone through once for all its series: its rows lie by window. */
  function ofSeries(modelId: ModelId, keys: readonly SeriesKey[], fromMs: EpochMs, toMs: EpochMs): Detection[] {
    const known = columnsOf(modelId);
    const found = new Map<string, readonly Detection[]>();
    for (const { columnId, segment, statistics } of askedColumns(known, keys)) {
      const rows = selectSeries.values({ columnId, segment, statistics: JSON.stringify(statistics), fromMs, toMs });
      for (const { key, detections } of bySeries(known, rows)) found.set(placeOf(key), detections);
    }
    return keys.flatMap((key) => found.get(placeOf(key)) ?? []);
  }

  return {
    replaceWindow,
    between: recent.between,
    forgetAll: recent.forgetAll,
    anomalies: (modelId, fromMs, toMs) =>
      toDetections(columnsOf(modelId), selectAnomalies.values({ modelId, fromMs, toMs })).filter(isAnomaly),
    anomalousStarts(modelId, { column, ...where }) {
      const columnId = columnsOf(modelId).byName(column)?.id;
      const rows = columnId === undefined ? [] : selectAnomalousStarts.all({ columnId, ...where });
      return new Set(rows.map(({ startMs }) => startMs));
    },
    ofSeries,
    tails(modelId, { column, ...range }) {
      const columnId = columnsOf(modelId).byName(column)?.id;
      return columnId === undefined ? [] : selectTails.values({ columnId, ...range }).map(toTail);
    },
  };
}

type TailCells = [JudgedTail['segment'], JudgedTail['statistic'], EpochMs, number, number | null, 0 | 1];

/** The cells of `selectTails`, in its order: a quarter has so many that objects made by drizzle would take minutes. */
function toTail(row: unknown[]): JudgedTail {
  const [segment, statistic, windowStartMs, tail, nominalTail, isAnomaly] = row as TailCells;
  return { segment, statistic, windowStartMs, tail, nominalTail: nominalTail ?? tail, isAnomaly: isAnomaly === 1 };
}

/** Rows of a series lie side by side: they share one key. The cells are those of `detectionCells`. */
function bySeries(known: KnownColumns, rows: readonly unknown[][]): SeriesDetections[] {
  const pool = createWindowPool();
  const made: SeriesDetections[] = [];
  for (const row of rows) {
    const cells = row as unknown as DetectionCells;
    const [columnId, segment, statistic, windowKey, startMs, endMs] = cells;
    const column = known.byId(columnId);
    if (column === undefined) continue;
    let series = made.at(-1);
    if (series?.columnId !== columnId || series.key.segment !== segment || series.key.statistic !== statistic) {
      series = { columnId, key: { segment, column: column.name, role: column.role, statistic }, detections: [] };
      made.push(series);
    }
    series.detections.push(toDetection(series.key, pool(windowKey, startMs, endMs), cells));
  }
  return made;
}

function toDetections(known: KnownColumns, rows: readonly unknown[][]): Detection[] {
  return bySeries(known, rows).flatMap(({ detections }) => detections);
}

/** Unlike `seriesName`, never the same for two series. */
function placeOf({ column, segment, statistic }: SeriesKey): string {
  return [column, segment, statistic].join('\0');
}

function askedColumns(known: KnownColumns, keys: readonly SeriesKey[]) {
  const asked = new Map<string, { columnId: ColumnId; segment: string; statistics: string[] }>();
  for (const { column, segment, statistic } of keys) {
    const columnId = known.byName(column)?.id;
    if (columnId === undefined) continue;
    const name = `${columnId} ${segment}`;
    const one = asked.get(name) ?? { columnId, segment, statistics: [] };
    one.statistics.push(statistic);
    asked.set(name, one);
  }
  return asked.values();
}

function strayWindow(detection: Detection, window: Window): DriftbellError {
  return new DriftbellError('store.failed', {
    expected: `detections of ${window.key}`,
    received: `one of ${detection.window.key}`,
    remedy: 'replace that window too; this is a bug of Driftbell',
  });
}
