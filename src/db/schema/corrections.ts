import { sql } from 'drizzle-orm';
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { CorrectionId, DetectorId, UserId } from '../../domain/identifiers.ts';
import { versionStates } from '../../domain/learned-version.ts';
import { detectors } from './detectors.ts';

/** What detectors have learned from votes. Weights that do not match their checksum are refused. */
export const corrections = sqliteTable(
  'corrections',
  {
    id: integer('id').$type<CorrectionId>().primaryKey({ autoIncrement: true }),
    detectorId: integer('detector_id')
      .$type<DetectorId>()
      .notNull()
      .references(() => detectors.id),
    number: integer('number').notNull(),
    state: text('state', { enum: versionStates }).notNull(),
    isPinned: integer('is_pinned', { mode: 'boolean' }).notNull(),
    /** JSON: the correction. */
    weights: text('weights').notNull(),
    /** SHA-256 of `weights`, lower-case hex. */
    checksum: text('checksum').notNull(),
    /** JSON: the report; null for number 0. */
    report: text('report'),
    madeAt: integer('made_at').notNull(),
    promotedAt: integer('promoted_at'),
    by: text('by').$type<UserId>(),
  },
  (table) => [
    uniqueIndex('corrections_number').on(table.detectorId, table.number),
    uniqueIndex('corrections_one_active').on(table.detectorId).where(sql`state = 'active'`),
  ],
);
