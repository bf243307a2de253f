import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const interactions = sqliteTable(
  'interactions',
  {
    key: text('key').primaryKey(),
    claimedAt: integer('claimed_at').notNull(),
  },
  (table) => [index('interactions_claimed_at').on(table.claimedAt)],
);
