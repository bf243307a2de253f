import { and, asc, count, eq, lte, sql } from 'drizzle-orm';
import { plainMessage } from '../../messages/message.ts';
import type { OutboxEntry, OutboxMail, OutboxStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { outbox } from '../schema/outbox.ts';
import { StoredMessage } from '../stored-message.ts';

export function createOutboxStore({ orm }: Client): OutboxStore {
  const isPending = (key: string) => and(eq(outbox.key, key), eq(outbox.state, 'pending'));
  const oneMoreAttempt = sql<number>`${outbox.attempts} + 1`;

  return {
    add({ key, at, ...mail }) {
      orm
        .insert(outbox)
        .values({ key, ...toCells(mail, key), state: 'pending', attempts: 0, notBefore: at, addedAt: at })
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
        .map(toEntry),
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

function toCells(mail: OutboxMail, key: string) {
  const { kind, reportId, revision } = mail;
  if (kind === 'report') return { kind, reportId, revision };
  const message = writeJson(StoredMessage, mail.message, { table: 'outbox', id: key });
  return { kind, reportId, revision, message, isBroadcast: mail.isBroadcast };
}

function toEntry(row: typeof outbox.$inferSelect): OutboxEntry {
  const { key, kind, reportId, revision, attempts, notBefore, isBroadcast } = row;
  const delivery = { key, attempts, notBefore };
  if (kind === 'report') return { kind, reportId, revision, ...delivery };
  const where = { table: 'outbox', id: key };
  const message = row.message === null ? plainMessage('') : readJson(StoredMessage, row.message, where);
  return { kind, reportId, revision, message, isBroadcast, ...delivery };
}
