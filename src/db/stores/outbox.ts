import { and, asc, count, eq, gte, inArray, lte, max, sql } from 'drizzle-orm';
import { DriftbellError } from '../../domain/errors.ts';
import type { ReportId } from '../../domain/identifiers.ts';
import type { OutboxEntry, OutboxMail, OutboxStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { type RowName, readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { outbox } from '../schema/outbox.ts';
import { StoredMessage } from '../stored-message.ts';

export function createOutboxStore({ orm }: Client): OutboxStore {
  const isPending = (key: string) => and(eq(outbox.key, key), eq(outbox.state, 'pending'));
  const oneMoreAttempt = sql<number>`${outbox.attempts} + 1`;

  /** The newest state of each report that went out, by kind and report. */
  function shownRevisions(reportIds: readonly ReportId[]): ReadonlyMap<string, number> {
    const rows = orm
      .select({ kind: outbox.kind, reportId: outbox.reportId, newest: max(outbox.revision) })
      .from(outbox)
      .where(
        and(
          inArray(outbox.reportId, [...reportIds]),
          inArray(outbox.kind, ['report', 'details']),
          eq(outbox.state, 'sent'),
        ),
      )
      .groupBy(outbox.kind, outbox.reportId)
      .all();
    return new Map(rows.map(({ kind, reportId, newest }) => [`${kind} ${reportId}`, newest ?? -1]));
  }

  return {
    add({ key, at, ...mail }) {
      orm
        .insert(outbox)
        .values({ key, ...toCells(mail, key), state: 'pending', attempts: 0, notBefore: at, addedAt: at })
        .onConflictDoNothing({ target: outbox.key })
        .run();
    },
    has: (key) => orm.select({ id: outbox.id }).from(outbox).where(eq(outbox.key, key)).get() !== undefined,
    due: (at, limit) =>
      orm
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, 'pending'), lte(outbox.notBefore, at)))
        .orderBy(asc(sql`${outbox.kind} = 'details'`), asc(outbox.id))
        .limit(limit)
        .all()
        .map(toEntry),
    begin(key, at) {
      orm
        .update(outbox)
        .set({ begunAt: sql`coalesce(${outbox.begunAt}, ${at})` })
        .where(isPending(key))
        .run();
    },
    partDone(key) {
      orm.update(outbox).set({ begunAt: null }).where(isPending(key)).run();
    },
    sent(key, at) {
      orm
        .update(outbox)
        .set({ state: 'sent', attempts: oneMoreAttempt, doneAt: at, lastError: null })
        .where(isPending(key))
        .run();
    },
    hold(key, { at, notBefore, isMadeQuiet }) {
      const quiet = isMadeQuiet ? { isBroadcast: false } : {};
      orm
        .update(outbox)
        .set({ notBefore, heldAt: sql`coalesce(${outbox.heldAt}, ${at})`, ...quiet })
        .where(isPending(key))
        .run();
    },
    retry(key, { notBefore, error, isSure }) {
      const begun = isSure ? { begunAt: null } : {};
      orm
        .update(outbox)
        .set({ attempts: oneMoreAttempt, notBefore, lastError: error, ...begun })
        .where(isPending(key))
        .run();
    },
    fail(key, at, error) {
      orm
        .update(outbox)
        .set({ state: 'failed', attempts: oneMoreAttempt, doneAt: at, lastError: error })
        .where(isPending(key))
        .run();
    },
    failed(since, limit) {
      const rows = orm
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, 'failed'), gte(outbox.doneAt, since)))
        .orderBy(asc(outbox.id))
        .limit(limit)
        .all();
      const reportIds = [...new Set(rows.flatMap(({ reportId }) => reportId ?? []))];
      const shown = reportIds.length === 0 ? new Map<string, number>() : shownRevisions(reportIds);
      return rows
        .filter(({ kind, reportId, revision }) => (shown.get(`${kind} ${reportId}`) ?? -1) <= revision)
        .map(toEntry);
    },
    pending: () => orm.select({ entries: count() }).from(outbox).where(eq(outbox.state, 'pending')).get()?.entries ?? 0,
  };
}

function toCells(mail: OutboxMail, key: string) {
  const where = { table: 'outbox', id: key };
  switch (mail.kind) {
    case 'report':
    case 'details':
      return { kind: mail.kind, reportId: mail.reportId, revision: mail.revision };
    case 'note': {
      const { kind, reportId, revision, isBroadcast } = mail;
      return { kind, reportId, revision, isBroadcast, message: writeJson(StoredMessage, mail.message, where) };
    }
    case 'channel': {
      const message = writeJson(StoredMessage, mail.message, where);
      return { kind: mail.kind, channel: mail.channel, message, revision: 0 };
    }
    default:
      return mail satisfies never;
  }
}

function toEntry(row: typeof outbox.$inferSelect): OutboxEntry {
  const { key, attempts, notBefore, begunAt, heldAt, lastError } = row;
  const delivery = { key, attempts, notBefore, ...present({ unsureSince: begunAt, heldAt, lastError }) };
  return { ...toMail(row), ...delivery };
}

function toMail({
  key,
  kind,
  reportId,
  channel,
  revision,
  isBroadcast,
  message: json,
}: typeof outbox.$inferSelect): OutboxMail {
  const where = { table: 'outbox', id: key };
  if (kind === 'channel') {
    return { kind, channel: required(channel, where), message: readJson(StoredMessage, required(json, where), where) };
  }
  const of = { reportId: required(reportId, where), revision };
  if (kind !== 'note') return { kind, ...of };
  return { kind, ...of, isBroadcast, message: readJson(StoredMessage, required(json, where), where) };
}

function required<T>(cell: T | null, { table, id }: RowName): T {
  if (cell !== null) return cell;
  throw new DriftbellError('store.failed', {
    expected: `a readable row ${id} of the table ${table}`,
    received: 'an empty cell',
    remedy: 'mend the row, or restore the database from a backup',
  });
}
