import { and, asc, desc, eq, gt, isNull, lt, lte, or } from 'drizzle-orm';
import type { EpochMs, ModelId } from '../../domain/identifiers.ts';
import type { MuteStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { present } from '../present.ts';
import { mutes } from '../schema/mutes.ts';

export function createMuteStore({ orm }: Client): MuteStore {
  const inForce = (modelId: ModelId, at: EpochMs) =>
    and(
      eq(mutes.modelId, modelId),
      lte(mutes.startMs, at),
      gt(mutes.untilMs, at),
      or(isNull(mutes.endedAt), gt(mutes.endedAt, at)),
    );

  return {
    put(mute) {
      orm.insert(mutes).values(mute).run();
    },
    active(modelId, at) {
      const row = orm
        .select()
        .from(mutes)
        .where(inForce(modelId, at))
        .orderBy(desc(mutes.untilMs), desc(mutes.id))
        .limit(1)
        .get();
      if (row === undefined) return undefined;
      const { by, startMs, untilMs, reason } = row;
      return { modelId, by, startMs, untilMs, ...present({ reason }) };
    },
    spans: (modelId, fromMs, toMs) =>
      orm
        .select({ startMs: mutes.startMs, untilMs: mutes.untilMs, endedAt: mutes.endedAt })
        .from(mutes)
        .where(and(eq(mutes.modelId, modelId), lt(mutes.startMs, toMs), gt(mutes.untilMs, fromMs)))
        .orderBy(asc(mutes.startMs), asc(mutes.id))
        .all()
        .map(({ startMs, untilMs, endedAt }) => ({ startMs, untilMs: Math.min(untilMs, endedAt ?? untilMs) }))
        .filter(({ untilMs }) => untilMs > fromMs),
    end: (modelId, at) => orm.update(mutes).set({ endedAt: at }).where(inForce(modelId, at)).run().changes,
  };
}
