import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { EpochMs, ModelId } from '../../domain/identifiers.ts';
import type { SeriesMark } from '../../domain/series-mark.ts';
import type { SeriesMarkStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { present } from '../present.ts';
import { seriesMarks } from '../schema/series-marks.ts';

export function createSeriesMarkStore({ orm }: Client): SeriesMarkStore {
  const inForce = (modelId: ModelId, at: EpochMs) =>
    and(
      eq(seriesMarks.modelId, modelId),
      isNull(seriesMarks.undoneAt),
      lte(seriesMarks.at, at),
      or(isNull(seriesMarks.expiresAt), gt(seriesMarks.expiresAt, at)),
    );
  return {
    put({ series, departure, ...mark }) {
      return toMark(
        orm
          .insert(seriesMarks)
          .values({ ...mark, ...series, ...departure })
          .returning()
          .get(),
      );
    },
    active: (modelId, at) =>
      orm.select().from(seriesMarks).where(inForce(modelId, at)).orderBy(asc(seriesMarks.id)).all().map(toMark),
    ofReport: (reportId) =>
      orm
        .select()
        .from(seriesMarks)
        .where(and(eq(seriesMarks.reportId, reportId), isNull(seriesMarks.undoneAt)))
        .orderBy(asc(seriesMarks.id))
        .all()
        .map(toMark),
    undo(id, by, at) {
      const row = orm
        .update(seriesMarks)
        .set({ undoneAt: at, undoneBy: by })
        .where(and(eq(seriesMarks.id, id), isNull(seriesMarks.undoneAt)))
        .returning()
        .get();
      return row && toMark(row);
    },
    wasPut(findingId, by) {
      const isOwn = and(eq(seriesMarks.findingId, findingId), eq(seriesMarks.by, by));
      return orm.select({ id: seriesMarks.id }).from(seriesMarks).where(isOwn).get() !== undefined;
    },
    renew: (id, held) => {
      orm.update(seriesMarks).set(held).where(eq(seriesMarks.id, id)).run();
    },
  };
}

function toMark(row: typeof seriesMarks.$inferSelect): SeriesMark {
  const { id, modelId, segment, column, role, statistic, kind, fromMs, by, at } = row;
  const { toMs, isAbove, size, left, expiresAt, lastHeldMs, reportId, findingId } = row;
  return {
    ...{ id, modelId, series: { segment, column, role, statistic }, kind, fromMs, by, at },
    ...(size !== null && { departure: { size, ...present({ left }) } }),
    ...present({ toMs, isAbove, expiresAt, lastHeldMs, reportId, findingId }),
  };
}
