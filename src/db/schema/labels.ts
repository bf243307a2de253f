import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ModelId, UserId } from '../../domain/identifiers.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { verdicts } from '../../domain/vote.ts';
import { models } from './models.ts';
import { votes } from './votes.ts';

/** The agreed truth made of votes, and incidents that people said were missed. Half open in time. */
export const labels = sqliteTable(
  'labels',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    segment: text('segment').notNull(),
    column: text('column').notNull(),
    statistic: text('statistic').$type<SeriesStatistic>().notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
    verdict: text('verdict', { enum: verdicts }).notNull(),
    /** Null: said by hand, not by a vote. */
    voteId: integer('vote_id').references(() => votes.id),
    by: text('by').$type<UserId>().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('labels_model').on(table.modelId, table.fromMs)],
);
