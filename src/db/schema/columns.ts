import { integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { columnKinds, columnRoles } from '../../domain/column.ts';
import type { ColumnId, ModelId } from '../../domain/identifiers.ts';
import { models } from './models.ts';

/**
 * `implicit`: the traffic pseudo column, there for its statistics. `gone`: no longer put, kept for its statistics. `new`:
 * left out since it was not in the source when the columns were put.
 */
export const columnStates = ['watched', 'left_out', 'implicit', 'gone', 'new'] as const;

export const columns = sqliteTable(
  'columns',
  {
    id: integer('id').$type<ColumnId>().primaryKey({ autoIncrement: true }),
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    name: text('name').notNull(),
    role: text('role', { enum: columnRoles }).notNull(),
    kind: text('kind', { enum: columnKinds }),
    /** JSON: a string, number or boolean. */
    default: text('default'),
    state: text('state', { enum: columnStates }).notNull(),
    /** The source's type name when it was put. */
    type: text('type'),
    /** Share 0..1. Null: not told. */
    importance: real('importance'),
    /** Of columns left out. */
    reason: text('reason'),
    /** Place in the list that was put. */
    position: integer('position').notNull(),
  },
  (table) => [uniqueIndex('columns_model_name').on(table.modelId, table.name)],
);
