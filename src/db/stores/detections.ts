import { and, asc, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { type Detection, isAnomaly } from '../../domain/anomaly.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { EpochMs, ModelId } from '../../domain/identifiers.ts';
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

export function createDetectionStore(client: Client): DetectionStore {
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
  const selectSeries = orm
    .select(detectionCells)
    .from(detections)
    .where(
      and(
        eq(detections.columnId, sql.placeholder('columnId')),
        inRange,
        eq(detections.segment, sql.placeholder('segment')),
        eq(detections.statistic, sql.placeholder('statistic')),
      ),
    )
    .orderBy(asc(detections.windowStartMs))
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

  function replaceWindow(modelId: ModelId, window: Window, given: readonly Detection[], detector: string): void {
    transaction(client, () => {
      const known = columnsOf(modelId);
      deleteWindow.run({ modelId, windowStartMs: window.startMs });
      for (const detection of given) {
        if (detection.window.startMs !== window.startMs) throw strayWindow(detection, window);
        insertRow(fromDetection(known.require(detection.series.column).id, detection, detector));
      }
    });
  }

  function ofSeries(modelId: ModelId, keys: readonly SeriesKey[], fromMs: EpochMs, toMs: EpochMs): Detection[] {
    const known = columnsOf(modelId);
    const rows = keys.flatMap(({ column, segment, statistic }) => {
      const columnId = known.byName(column)?.id;
      return columnId === undefined ? [] : selectSeries.values({ columnId, segment, statistic, fromMs, toMs });
    });
    return toDetections(known, rows);
  }

  return {
    replaceWindow,
    between: (modelId, fromMs, toMs) =>
      toDetections(columnsOf(modelId), selectBetween.values({ modelId, fromMs, toMs })),
    anomalies: (modelId, fromMs, toMs) =>
      toDetections(columnsOf(modelId), selectAnomalies.values({ modelId, fromMs, toMs })).filter(isAnomaly),
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
function toDetections(known: KnownColumns, rows: readonly unknown[][]): Detection[] {
  const pool = createWindowPool();
  const made: Detection[] = [];
  let key: SeriesKey | undefined;
  for (const row of rows) {
    const cells = row as unknown as DetectionCells;
    const [columnId, segment, statistic, windowKey, startMs, endMs] = cells;
    const column = known.byId(columnId);
    if (column === undefined) continue;
    if (key?.column !== column.name || key.segment !== segment || key.statistic !== statistic) {
      key = { segment, column: column.name, role: column.role, statistic };
    }
    made.push(toDetection(key, pool(windowKey, startMs, endMs), cells));
  }
  return made;
}

function strayWindow(detection: Detection, window: Window): DriftbellError {
  return new DriftbellError('store.failed', {
    expected: `detections of ${window.key}`,
    received: `one of ${detection.window.key}`,
    remedy: 'replace that window too; this is a bug of Driftbell',
  });
}
