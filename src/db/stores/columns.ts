import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { type Column, type LeftOutColumn, TRAFFIC_COLUMN } from '../../domain/column.ts';
import type { ModelId } from '../../domain/identifiers.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { type columnStates, columns } from '../schema/columns.ts';
import { transaction } from '../transaction.ts';

const Default = z.union([z.string(), z.number(), z.boolean()]);

type ColumnRow = typeof columns.$inferSelect;
type NewColumn = typeof columns.$inferInsert;

export interface ColumnStore {
  put(modelId: ModelId, watched: readonly Column[], leftOut: readonly LeftOutColumn[]): void;
  /** Traffic is a row of every model, but watched only where it was put. */
  putTraffic(modelId: ModelId): void;
  watched(modelId: ModelId): readonly Column[];
  leftOut(modelId: ModelId): readonly LeftOutColumn[];
  newColumns(modelId: ModelId): readonly LeftOutColumn[];
  putNew(modelId: ModelId, columns: readonly LeftOutColumn[]): void;
  setImportance(modelId: ModelId, importance: Readonly<Record<string, number>>): void;
}

/** The columns of models. Rows are never deleted: statistics and votes outlive a column of the source. */
export function createColumnStore(client: Client): ColumnStore {
  const { orm } = client;

  function put(modelId: ModelId, watched: readonly Column[], leftOut: readonly LeftOutColumn[]): void {
    transaction(client, () => {
      orm.update(columns).set({ state: 'gone' }).where(eq(columns.modelId, modelId)).run();
      putTraffic(modelId);
      watched.forEach((column, position) => {
        upsert(watchedRow(modelId, column, position));
      });
      leftOut.forEach((column, position) => {
        keep(modelId, column, { state: 'left_out', position });
      });
    });
  }

  function putNew(modelId: ModelId, added: readonly LeftOutColumn[]): void {
    transaction(client, () => {
      const known = inStates(modelId, ['new']).length;
      added.forEach((column, index) => {
        keep(modelId, column, { state: 'new', position: known + index });
      });
    });
  }

  function keep(
    modelId: ModelId,
    { name, type, reason }: LeftOutColumn,
    as: { readonly state: 'left_out' | 'new'; readonly position: number },
  ): void {
    const kept = { ...as, type, reason };
    upsert({ modelId, name, role: 'feature', ...kept }, kept);
  }

  function putTraffic(modelId: ModelId): void {
    upsert({ ...watchedRow(modelId, { name: TRAFFIC_COLUMN, role: 'traffic' }, 0), state: 'implicit' });
  }

  function upsert(row: NewColumn, change: Partial<NewColumn> = row): void {
    orm
      .insert(columns)
      .values(row)
      .onConflictDoUpdate({ target: [columns.modelId, columns.name], set: change })
      .run();
  }

  function inStates(modelId: ModelId, states: readonly (typeof columnStates)[number][]): ColumnRow[] {
    return orm
      .select()
      .from(columns)
      .where(and(eq(columns.modelId, modelId), inArray(columns.state, states)))
      .orderBy(asc(columns.state), asc(columns.position))
      .all();
  }

  return {
    put,
    putTraffic,
    putNew,
    watched: (modelId) => inStates(modelId, ['watched']).map(toColumn),
    leftOut: (modelId) => inStates(modelId, ['left_out', 'new']).map(toLeftOut),
    newColumns: (modelId) => inStates(modelId, ['new']).map(toLeftOut),
    setImportance(modelId, importance) {
      const watched = and(eq(columns.modelId, modelId), eq(columns.state, 'watched'));
      transaction(client, () => {
        orm.update(columns).set({ importance: null }).where(watched).run();
        for (const [name, share] of Object.entries(importance)) {
          orm
            .update(columns)
            .set({ importance: share })
            .where(and(watched, eq(columns.name, name)))
            .run();
        }
      });
    },
  };
}

function watchedRow(modelId: ModelId, column: Column, position: number): NewColumn {
  const { name, role, kind, defaultValue, type, importance } = column;
  return {
    modelId,
    name,
    role,
    kind: kind ?? null,
    default: defaultValue === undefined ? null : writeJson(Default, defaultValue, { table: 'columns', id: name }),
    state: 'watched',
    type: type ?? null,
    importance: importance ?? null,
    reason: null,
    position,
  };
}

function toColumn(row: ColumnRow): Column {
  return {
    name: row.name,
    role: row.role,
    ...present({ kind: row.kind, type: row.type, importance: row.importance }),
    ...(row.default === null ? {} : { defaultValue: readJson(Default, row.default, { table: 'columns', id: row.id }) }),
  };
}

function toLeftOut(row: ColumnRow): LeftOutColumn {
  return { name: row.name, type: row.type ?? '', reason: row.reason ?? '' };
}
