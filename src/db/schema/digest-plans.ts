import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** When and where the week of a channel's models is told; a channel without a row follows the operator's schedule. */
export const digestPlans = sqliteTable('digest_plans', {
  channel: text('channel').primaryKey(),
  isOn: integer('is_on', { mode: 'boolean' }).notNull(),
  /** ISO: 1 is Monday. */
  weekday: integer('weekday').notNull(),
  /** `09:00` of the zone that most models of the channel are in. */
  at: text('at').notNull(),
  postTo: text('post_to').notNull(),
  revision: integer('revision').notNull(),
});
