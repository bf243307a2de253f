import { and, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { UserId } from '../../domain/identifiers.ts';
import type { FormDraftStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { formDrafts } from '../schema/form-drafts.ts';

const Body = z.unknown();
/** A dialog that is older has been forgotten. */
const KEPT_MS = 86_400_000;

export function createFormDraftStore({ orm }: Client): FormDraftStore {
  const ofPerson = (id: number, by: UserId) => and(eq(formDrafts.id, id), eq(formDrafts.by, by));
  return {
    put(by, body, at) {
      orm
        .delete(formDrafts)
        .where(lt(formDrafts.at, at - KEPT_MS))
        .run();
      const text = writeJson(Body, body, { table: 'form_drafts', id: by });
      return orm.insert(formDrafts).values({ by, at, body: text }).returning({ id: formDrafts.id }).get().id;
    },
    read(id, by) {
      const row = orm.select().from(formDrafts).where(ofPerson(id, by)).get();
      return row && readJson(Body, row.body, { table: 'form_drafts', id });
    },
    change(id, by, body) {
      const text = writeJson(Body, body, { table: 'form_drafts', id });
      orm.update(formDrafts).set({ body: text }).where(ofPerson(id, by)).run();
    },
    take(id, by) {
      const row = orm.delete(formDrafts).where(ofPerson(id, by)).returning().get();
      return row && readJson(Body, row.body, { table: 'form_drafts', id });
    },
  };
}
