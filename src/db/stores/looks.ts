import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { WindowLook } from '../../domain/landing.ts';
import type { LookStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { windowLooks } from '../schema/window-looks.ts';
import { transaction } from '../transaction.ts';

export function createLookStore(client: Client): LookStore {
  const { orm } = client;
  return {
    put(modelId, looks) {
      transaction(client, () => {
        for (const { window, state, text, atMs, rows, sameSinceMs } of looks) {
          const seen = { state, text, at: atMs, rows, sameSince: sameSinceMs };
          orm
            .insert(windowLooks)
            .values({
              modelId,
              windowStartMs: window.startMs,
              windowEndMs: window.endMs,
              windowKey: window.key,
              ...seen,
            })
            .onConflictDoUpdate({ target: [windowLooks.modelId, windowLooks.windowStartMs], set: seen })
            .run();
        }
      });
    },
    between(modelId, fromMs, toMs, states) {
      const span = [eq(windowLooks.modelId, modelId), gte(windowLooks.windowStartMs, fromMs)];
      return orm
        .select()
        .from(windowLooks)
        .where(
          and(
            ...span,
            lt(windowLooks.windowStartMs, toMs),
            states === undefined ? undefined : inArray(windowLooks.state, [...states]),
          ),
        )
        .orderBy(asc(windowLooks.windowStartMs))
        .all()
        .map(toLook);
    },
  };
}

function toLook(row: typeof windowLooks.$inferSelect): WindowLook {
  return {
    window: { key: row.windowKey, startMs: row.windowStartMs, endMs: row.windowEndMs },
    state: row.state,
    text: row.text,
    atMs: row.at,
    rows: row.rows,
    sameSinceMs: row.sameSince,
  };
}
