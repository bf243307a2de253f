import { sql } from 'drizzle-orm';
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { DetectorId } from '../../domain/identifiers.ts';

export const detectors = sqliteTable(
  'detectors',
  {
    id: integer('id').$type<DetectorId>().primaryKey({ autoIncrement: true }),
    checksum: text('checksum').notNull().unique(),
    /** JSON: the manifest. */
    manifest: text('manifest').notNull(),
    folder: text('folder').notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull(),
    putAt: integer('put_at').notNull(),
  },
  (table) => [uniqueIndex('detectors_one_active').on(table.isActive).where(sql`is_active = 1`)],
);
