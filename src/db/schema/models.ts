import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ModelId, UserId } from '../../domain/identifiers.ts';
import { granularities, sourceFormats } from '../../domain/model.ts';

export const models = sqliteTable('models', {
  id: integer('id').$type<ModelId>().primaryKey({ autoIncrement: true }),
  slug: text('slug').notNull().unique(),
  sourceLocation: text('source_location').notNull(),
  sourceFormat: text('source_format', { enum: sourceFormats }),
  timeColumn: text('time_column').notNull(),
  zone: text('zone').notNull(),
  granularity: text('granularity', { enum: granularities }).notNull(),
  scoreColumn: text('score_column'),
  labelColumn: text('label_column'),
  queryColumn: text('query_column'),
  segmentColumn: text('segment_column'),
  /** JSON: a list of names; null watches every column that is not left out. */
  features: text('features'),
  /** JSON: column name to kind. */
  declaredKinds: text('declared_kinds').notNull(),
  /** JSON: column name to default value. */
  defaults: text('defaults').notNull(),
  /** JSON: a list of user ids. */
  owners: text('owners').notNull(),
  channel: text('channel').notNull(),
  group: text('group'),
  latenessMinutes: integer('lateness_minutes').notNull(),
  importanceLocation: text('importance_location'),
  importanceFormat: text('importance_format', { enum: sourceFormats }),
  /** Whose public holidays are known: `US`, `DE-BY`; null: of no place. */
  holidays: text('holidays'),
  /** As an owner types them, such as `22:00-07:00 weekends`; null: none. */
  quietHours: text('quiet_hours'),
  /** JSON: filter settings of the owner by name; null: none. */
  filters: text('filters'),
  /** JSON: the alert budget; null: none. */
  budget: text('budget'),
  revision: integer('revision').notNull().default(1),
  registeredAt: integer('registered_at').notNull(),
  registeredBy: text('registered_by').$type<UserId>().notNull(),
  retiredAt: integer('retired_at'),
});
