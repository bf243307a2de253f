import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { DetectorId } from '../../domain/identifiers.ts';
import { granularities } from '../../domain/model.ts';
import { statisticKinds } from '../../domain/statistic-kind.ts';
import { detectors } from './detectors.ts';

/** What was learned of a detector's tail probabilities, as of the last time that somebody counted. */
export const calibrations = sqliteTable(
  'calibrations',
  {
    detectorId: integer('detector_id')
      .$type<DetectorId>()
      .notNull()
      .references(() => detectors.id),
    granularity: text('granularity', { enum: granularities }).notNull(),
    kind: text('kind', { enum: statisticKinds }).notNull(),
    factor: real('factor').notNull(),
    windows: integer('windows').notNull(),
    leftOut: integer('left_out').notNull(),
    series: integer('series').notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
    refreshedAt: integer('refreshed_at').notNull(),
    /** JSON: one entry per level. */
    reliability: text('reliability').notNull(),
  },
  (table) => [primaryKey({ columns: [table.detectorId, table.granularity, table.kind] })],
);
