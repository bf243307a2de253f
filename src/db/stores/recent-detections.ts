import type { Detection } from '../../domain/anomaly.ts';
import type { ColumnId, EpochMs, ModelId } from '../../domain/identifiers.ts';
import type { SeriesKey } from '../../domain/series.ts';
import type { Client } from '../client.ts';
import type { KnownColumns } from './column-ids.ts';

/** Detections of one series in time order. */
export interface SeriesDetections {
  readonly columnId: ColumnId;
  readonly key: SeriesKey;
  readonly detections: Detection[];
}

interface Span {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** All series with a detection in the span, in their order. */
type ReadSpan = (modelId: ModelId, known: KnownColumns, span: Span) => readonly SeriesDetections[];

export interface RecentDetections {
  /** What `read` gives for the span. */
  between(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs): Detection[];
  /** The window, and those after it, are read anew. */
  forgetFrom(modelId: ModelId, startMs: EpochMs): void;
  forgetAll(): void;
}

export interface RecentDetectionsOptions {
  readonly columnsOf: (modelId: ModelId) => KnownColumns;
  readonly read: ReadSpan;
  /** Detections; longer spans are read and not kept. Default: 100,000. */
  readonly mostKept?: number;
}

interface Kept {
  readonly modelId: ModelId;
  /** Changes when another process has written. */
  readonly dataVersion: unknown;
  readonly columns: string;
  readonly fromMs: EpochMs;
  toMs: EpochMs;
  readonly rows: ReadonlyMap<string, SeriesDetections>;
  count: number;
}

/** About 40 MB: three months of a model with a thousand series. */
const MOST_KEPT = 100_000;

/**
 * The newest windows of one model, so that going through its history window by window reads each window once and not once
 * for every run that looks back on it. Within a transaction nothing is kept: it may be taken back.
 */
export function createRecentDetections(
  client: Client,
  { columnsOf, read, mostKept = MOST_KEPT }: RecentDetectionsOptions,
): RecentDetections {
  const { sqlite } = client;
  let kept: Kept | undefined;
  // One view of the file for the version and the rows that are read, whatever another process writes meanwhile.
  const inOneView = sqlite.transaction((work: () => Detection[]) => work());

  function between(modelId: ModelId, span: Span): Detection[] {
    const known = columnsOf(modelId);
    const dataVersion = sqlite.pragma('data_version', { simple: true });
    const columns = JSON.stringify(known.all);
    const isOfNow = kept?.modelId === modelId && kept.dataVersion === dataVersion && kept.columns === columns;
    if (kept !== undefined && isOfNow && covers(kept, span, (missing) => read(modelId, known, missing))) {
      const found = flatten(kept.rows.values(), span);
      if (kept.count > mostKept) kept = undefined;
      return found;
    }
    const rows = read(modelId, known, span);
    const count = rows.reduce((sum, { detections }) => sum + detections.length, 0);
    const named = new Map(rows.map((row) => [nameOf(row), row]));
    kept = count > mostKept ? undefined : { modelId, dataVersion, columns, ...span, rows: named, count };
    return flatten(rows, span);
  }

  function forgetFrom(modelId: ModelId, startMs: EpochMs): void {
    if (kept?.modelId !== modelId || startMs >= kept.toMs) return;
    if (startMs <= kept.fromMs) {
      kept = undefined;
      return;
    }
    kept.toMs = startMs;
    for (const { detections } of kept.rows.values()) {
      const place = detections.findIndex(({ window }) => window.startMs >= startMs);
      if (place >= 0) kept.count -= detections.splice(place).length;
    }
  }

  return {
    between(modelId, fromMs, toMs) {
      const span = { fromMs, toMs };
      if (sqlite.inTransaction) return flatten(read(modelId, columnsOf(modelId), span), span);
      return inOneView(() => between(modelId, span));
    },
    forgetFrom,
    forgetAll() {
      kept = undefined;
    },
  };
}

/** Reads the windows that are missing at the end; false when it has to be read from the beginning. */
function covers(kept: Kept, { fromMs, toMs }: Span, read: (missing: Span) => readonly SeriesDetections[]): boolean {
  if (fromMs < kept.fromMs || fromMs > kept.toMs) return false;
  if (toMs <= kept.toMs) return true;
  const added = read({ fromMs: kept.toMs, toMs });
  // Only SQLite knows the place of a new series in the order.
  if (added.some((row) => !kept.rows.has(nameOf(row)))) return false;
  for (const row of added) {
    kept.rows.get(nameOf(row))?.detections.push(...row.detections);
    kept.count += row.detections.length;
  }
  kept.toMs = toMs;
  return true;
}

function nameOf({ columnId, key }: SeriesDetections): string {
  return `${columnId}\0${key.segment}\0${key.statistic}`;
}

function flatten(rows: Iterable<SeriesDetections>, { fromMs, toMs }: Span): Detection[] {
  const made: Detection[] = [];
  for (const { detections } of rows) {
    // The newest windows are asked for, and they are at the end.
    const first = detections.findLastIndex(({ window }) => window.startMs < fromMs) + 1;
    for (let place = first; place < detections.length; place += 1) {
      const detection = detections[place];
      if (detection === undefined || detection.window.startMs >= toMs) break;
      made.push(detection);
    }
  }
  return made;
}
