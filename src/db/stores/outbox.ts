import { and, asc, count, eq, lte, sql } from 'drizzle-orm';
import type { OutboxStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { present } from '../present.ts';
import { outbox } from '../schema/outbox.ts';

export function createOutboxStore({ orm }: Client): OutboxStore {
  const isPending = (key: string) => and(eq(outbox.key, key), eq(outbox.state, 'pending'));
  const oneMoreAttempt = sql<number>`${outbox.attempts} + 1`;

  return {
    add({ key, kind, reportId, revision, text, at }) {
      orm
        .insert(outbox)
        .values({ key, kind, reportId, revision, text, state: 'pending', attempts: 0, notBefore: at, addedAt: at })
        .onConflictDoNothing({ target: outbox.key })
        .run();
    },
    due: (at, limit) =>
      orm
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, 'pending'), lte(outbox.notBefore, at)))
        .orderBy(asc(outbox.id))
        .limit(limit)
        .all()
        .map(({ key, kind, reportId, revision, attempts, notBefore, text }) => ({
          key,
          kind,
          reportId,
          revision,
          attempts,
          notBefore,
          ...present({ text }),
        })),
    sent(key, at) {
      orm
        .update(outbox)
        .set({ state: 'sent', attempts: oneMoreAttempt, doneAt: at, lastError: null })
        .where(isPending(key))
        .run();
    },
    retry(key, notBefore, error) {
      orm.update(outbox).set({ attempts: oneMoreAttempt, notBefore, lastError: error }).where(isPending(key)).run();
    },
    fail(key, at, error) {
      orm
        .update(outbox)
        .set({ state: 'failed', attempts: oneMoreAttempt, doneAt: at, lastError: error })
        .where(isPending(key))
        .run();
    },
    pending: () => orm.select({ entries: count() }).from(outbox).where(eq(outbox.state, 'pending')).get()?.entries ?? 0,
  };
}
