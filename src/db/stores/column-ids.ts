import { eq, sql } from 'drizzle-orm';
import type { ColumnKind, ColumnRole } from '../../domain/column.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { ColumnId, ModelId } from '../../domain/identifiers.ts';
import type { Client } from '../client.ts';
import { columns } from '../schema/columns.ts';

export interface KnownColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly role: ColumnRole;
  readonly kind: ColumnKind | null;
}

/** The columns of a model that rows of other tables may belong to, those that are gone included. */
export interface KnownColumns {
  readonly all: readonly KnownColumn[];
  byName(name: string): KnownColumn | undefined;
  byId(id: ColumnId): KnownColumn | undefined;
  /** Throws `store.failed`: statistics of a column that was never put are a mistake of ours. */
  require(name: string): KnownColumn;
}

export function createColumnLookup({ orm }: Client): (modelId: ModelId) => KnownColumns {
  const query = orm
    .select({ id: columns.id, name: columns.name, role: columns.role, kind: columns.kind })
    .from(columns)
    .where(eq(columns.modelId, sql.placeholder('modelId')))
    .prepare();
  return (modelId) => {
    const known = query.all({ modelId });
    const names = new Map(known.map((column) => [column.name, column]));
    const ids = new Map(known.map((column) => [column.id, column]));
    return {
      all: known,
      byName: (name) => names.get(name),
      byId: (id) => ids.get(id),
      require(name) {
        const column = names.get(name);
        if (column !== undefined) return column;
        throw new DriftbellError('store.failed', {
          expected: `a column that was put for model ${modelId}`,
          received: `column ${JSON.stringify(name)}`,
          remedy: 'put the columns of the model before what is computed of them; this is a bug of Driftbell',
        });
      },
    };
  };
}

/** For `in (…)` of statements about all columns of the model that is bound as `modelId`. */
export function columnIdsOfModel({ orm }: Client) {
  return orm
    .select({ id: columns.id })
    .from(columns)
    .where(eq(columns.modelId, sql.placeholder('modelId')));
}
