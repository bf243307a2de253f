import { getTableColumns, type InferInsertModel, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Client } from './client.ts';

/**
 * One statement for all rows of a table, by place: drizzle's own insert costs several times as much per row. Gives the
 * id of the row, in a table that counts its rows.
 */
export function prepareInsert<Table extends SQLiteTable>(
  { sqlite, orm }: Client,
  table: Table,
): (row: InferInsertModel<Table>) => number {
  const columns = Object.entries(getTableColumns(table));
  const placeholders = Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)]));
  const query = orm.insert(table).values(placeholders as unknown as Table['$inferInsert']);
  // The driver binds by place, and drizzle lists the columns in the order of the definition.
  const statement = sqlite.prepare<unknown[]>(query.toSQL().sql);
  return (row: Readonly<Record<string, unknown>>) => {
    const cells = columns.map(([name, column]) => {
      const value = row[name] ?? null;
      return value === null ? null : column.mapToDriverValue(value);
    });
    return Number(statement.run(cells).lastInsertRowid);
  };
}
