import { and, asc, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { EpochMs, ModelId } from '../../domain/identifiers.ts';
import type { Mute, StoredMute } from '../../domain/mute.ts';
import { isWholeModel, type SeriesScope } from '../../domain/series-scope.ts';
import type { MuteStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { mutes } from '../schema/mutes.ts';
import { UntilChange } from '../stored-mute.ts';

/** When a mute ends or has ended. */
const endMs = sql<number>`min(${mutes.untilMs}, coalesce(${mutes.endedAt}, ${mutes.untilMs}))`;
const isOfWholeModel = and(
  ...[mutes.segment, mutes.column, mutes.statistic, mutes.pattern, mutes.untilChange].map((each) => isNull(each)),
);

export function createMuteStore({ orm }: Client): MuteStore {
  const isInForce = (modelId: ModelId, at: EpochMs) =>
    and(
      eq(mutes.modelId, modelId),
      lte(mutes.startMs, at),
      gt(mutes.untilMs, at),
      or(isNull(mutes.endedAt), gt(mutes.endedAt, at)),
    );
  const inForce = (modelId: ModelId, at: EpochMs): StoredMute[] =>
    orm.select().from(mutes).where(isInForce(modelId, at)).orderBy(asc(mutes.id)).all().map(toMute);

  return {
    put(mute) {
      const { id } = orm.insert(mutes).values(fromMute(mute)).returning({ id: mutes.id }).get();
      return id;
    },
    byId(id) {
      const row = orm.select().from(mutes).where(eq(mutes.id, id)).get();
      return row && toMute(row);
    },
    active: (modelId, at) =>
      inForce(modelId, at)
        .filter(({ scope, untilChange }) => scope === undefined && untilChange === undefined)
        .toSorted((a, b) => b.untilMs - a.untilMs || b.id - a.id)[0],
    inForce,
    ended: (modelId, fromMs, toMs) =>
      orm
        .select()
        .from(mutes)
        .where(and(eq(mutes.modelId, modelId), gt(endMs, fromMs), lte(endMs, toMs)))
        .orderBy(asc(endMs), asc(mutes.id))
        .all()
        .map(toMute),
    spans: (modelId, fromMs, toMs) =>
      orm
        .select({ startMs: mutes.startMs, untilMs: endMs })
        .from(mutes)
        .where(and(eq(mutes.modelId, modelId), lt(mutes.startMs, toMs), gt(endMs, fromMs), isOfWholeModel))
        .orderBy(asc(mutes.startMs), asc(mutes.id))
        .all(),
    end(modelId, at, ids) {
      const named = ids === undefined ? undefined : inArray(mutes.id, [...ids]);
      return orm
        .update(mutes)
        .set({ endedAt: at })
        .where(and(isInForce(modelId, at), named))
        .run().changes;
    },
    setLevels(id, levels) {
      const row = orm.select().from(mutes).where(eq(mutes.id, id)).get();
      if (row === undefined || row.untilChange === null) return;
      const where = { table: 'mutes', id };
      const { ratio } = readJson(UntilChange, row.untilChange, where);
      const untilChange = writeJson(UntilChange, { ratio, levels }, where);
      orm.update(mutes).set({ untilChange }).where(eq(mutes.id, id)).run();
    },
  };
}

function fromMute({ modelId, by, startMs, untilMs, scope, untilChange, reason }: Mute): typeof mutes.$inferInsert {
  const where = { table: 'mutes', id: 'new' };
  return {
    ...{ modelId, by, startMs, untilMs },
    ...scope,
    untilChange: untilChange === undefined ? null : writeJson(UntilChange, untilChange, where),
    reason: reason ?? null,
  };
}

function toMute(row: typeof mutes.$inferSelect): StoredMute {
  const { id, modelId, by, startMs, untilMs, segment, column, statistic, pattern, reason, endedAt } = row;
  const scope: SeriesScope = present({ segment, column, statistic, pattern });
  return {
    ...{ id, modelId, by, startMs, untilMs },
    ...(isWholeModel(scope) ? {} : { scope }),
    ...(row.untilChange === null
      ? {}
      : { untilChange: readJson(UntilChange, row.untilChange, { table: 'mutes', id: row.id }) }),
    ...present({ reason, endedAt }),
  };
}
