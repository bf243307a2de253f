import { and, asc, eq, gt, lt } from 'drizzle-orm';
import type { EventStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { events } from '../schema/events.ts';

export function createEventStore({ orm }: Client): EventStore {
  return {
    put(event) {
      orm.insert(events).values(event).onConflictDoNothing().run();
    },
    remove: (modelId, { kind, startMs }) =>
      orm
        .delete(events)
        .where(and(eq(events.modelId, modelId), eq(events.kind, kind), eq(events.startMs, startMs)))
        .run().changes,
    removeAll(modelId, kind) {
      orm
        .delete(events)
        .where(and(eq(events.modelId, modelId), eq(events.kind, kind)))
        .run();
    },
    overlapping: (modelId, fromMs, toMs) =>
      orm
        .select({
          modelId: events.modelId,
          startMs: events.startMs,
          endMs: events.endMs,
          kind: events.kind,
          text: events.text,
        })
        .from(events)
        .where(and(eq(events.modelId, modelId), lt(events.startMs, toMs), gt(events.endMs, fromMs)))
        .orderBy(asc(events.startMs), asc(events.id))
        .all(),
  };
}
