import { integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { columnRoles } from '../../domain/column.ts';
import type { LabelId, ModelId, UserId } from '../../domain/identifiers.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { verdicts } from '../../domain/vote.ts';
import { models } from './models.ts';
import { votes } from './votes.ts';

/** Truth that people said by hand or brought along: incidents that were missed, and what was right. Half open in time. */
export const labels = sqliteTable(
  'labels',
  {
    id: integer('id').$type<LabelId>().primaryKey({ autoIncrement: true }),
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    segment: text('segment').notNull(),
    column: text('column').notNull(),
    role: text('role', { enum: columnRoles }).notNull().default('feature'),
    statistic: text('statistic').$type<SeriesStatistic>().notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
    verdict: text('verdict', { enum: verdicts }).notNull(),
    /** Null: said by hand, not by a vote. */
    voteId: integer('vote_id').references(() => votes.id),
    by: text('by').$type<UserId>().notNull(),
    createdAt: integer('created_at').notNull(),
    /** When a label of another database came into this one. Null: when it was said. */
    heardAt: integer('heard_at'),
    word: text('word'),
    /** Of a label that was brought along: what it belongs to and counts for. */
    incident: text('incident'),
    weight: real('weight'),
    /** JSON: who says otherwise and by how much it counts for less. Null: nobody. */
    dissent: text('dissent'),
    isMatterOfTaste: integer('is_matter_of_taste', { mode: 'boolean' }).notNull().default(false),
    /** JSON: the judged windows, as stage 2 saw them. */
    windows: text('windows').notNull().default('[]'),
    undoneAt: integer('undone_at'),
  },
  (table) => [
    uniqueIndex('labels_same').on(
      table.modelId,
      table.segment,
      table.column,
      table.statistic,
      table.fromMs,
      table.toMs,
      table.by,
    ),
  ],
);
