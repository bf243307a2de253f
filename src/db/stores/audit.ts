import { and, asc, desc, eq, gte, inArray, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Model } from '../../domain/model.ts';
import type { AuditEntry, AuditStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { audit } from '../schema/audit.ts';
import { reports } from '../schema/reports.ts';

const Facts = z.record(z.string(), z.unknown());

/** Append-only: there is no way to change or remove an entry. */
export function createAuditStore({ orm }: Client): AuditStore {
  return {
    add({ at, by, action, subject, facts }) {
      orm
        .insert(audit)
        .values({ at, by, action, subject, facts: writeJson(Facts, facts, { table: 'audit', id: subject }) })
        .run();
    },
    of: (subject) =>
      orm.select().from(audit).where(eq(audit.subject, subject)).orderBy(asc(audit.id)).all().map(toEntry),
    newest: (limit, { subject, model, by, action, sinceMs } = {}) =>
      orm
        .select()
        .from(audit)
        .where(
          and(
            subject === undefined ? undefined : eq(audit.subject, subject),
            model === undefined ? undefined : isOfModel(model),
            by === undefined ? undefined : eq(audit.by, by),
            action === undefined ? undefined : eq(audit.action, action),
            sinceMs === undefined ? undefined : gte(audit.at, sinceMs),
          ),
        )
        .orderBy(desc(audit.id))
        .limit(limit)
        .all()
        .map(toEntry),
  };

  function isOfModel({ id, slug }: Pick<Model, 'id' | 'slug'>): SQL | undefined {
    const subjects = orm
      .select({ subject: sql<string>`'report:' || ${reports.id}` })
      .from(reports)
      .where(eq(reports.modelId, id));
    return or(eq(audit.subject, `model:${slug}`), inArray(audit.subject, subjects));
  }
}

function toEntry({ id, at, by, action, subject, facts }: typeof audit.$inferSelect): AuditEntry {
  return { at, by, action, subject, facts: readJson(Facts, facts, { table: 'audit', id }) };
}
