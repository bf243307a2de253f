import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ModelId } from '../../domain/identifiers.ts';
import type { Reference, ReferenceColumn } from '../../domain/profile.ts';
import type { StatisticsStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { finite } from '../finite.ts';
import { readJson, writeJson } from '../json-column.ts';
import { prepareInsert } from '../prepare-insert.ts';
import { columns } from '../schema/columns.ts';
import { statisticReferences } from '../schema/statistic-references.ts';
import { transaction } from '../transaction.ts';
import { columnIdsOfModel, createColumnLookup, type KnownColumn } from './column-ids.ts';

const Counts = z.array(z.number().int().min(0));
const Bins = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('numeric'), edges: z.array(z.number()), defaultValue: z.number() }),
  z.object({ kind: z.literal('categorical'), categories: z.array(z.string()), known: z.array(z.string()) }),
  z.object({ kind: z.literal('boolean') }),
  z.object({ kind: z.literal('embedding'), length: z.number().int().nullable() }),
]);

type ReferenceRow = typeof statisticReferences.$inferSelect;
type ReferenceStore = Pick<StatisticsStore, 'references' | 'referenceColumns' | 'referenceColumn' | 'putReference'>;

export function createReferenceStore(client: Client): ReferenceStore {
  const { orm } = client;
  const columnsOf = createColumnLookup(client);
  const ofVersion = and(
    inArray(statisticReferences.columnId, columnIdsOfModel(client)),
    eq(statisticReferences.version, sql.placeholder('version')),
  );
  const deleteVersion = orm.delete(statisticReferences).where(ofVersion).prepare();
  const selectVersion = orm
    .select()
    .from(statisticReferences)
    .where(ofVersion)
    .orderBy(asc(statisticReferences.columnId))
    .prepare();
  const selectOne = orm
    .select()
    .from(statisticReferences)
    .where(
      and(
        eq(statisticReferences.columnId, sql.placeholder('columnId')),
        eq(statisticReferences.version, sql.placeholder('version')),
      ),
    )
    .prepare();
  const insertRow = prepareInsert(client, statisticReferences);

  function references(modelId: ModelId): readonly Reference[] {
    const { version, builtAt, appliesFromMs, windows } = statisticReferences;
    return orm
      .selectDistinct({ version, builtAt, appliesFromMs, windows })
      .from(statisticReferences)
      .innerJoin(columns, eq(columns.id, statisticReferences.columnId))
      .where(eq(columns.modelId, modelId))
      .orderBy(asc(version))
      .all();
  }

  function referenceColumns(modelId: ModelId, version: number): readonly ReferenceColumn[] {
    const known = columnsOf(modelId);
    return selectVersion.all({ modelId, version }).flatMap((row) => {
      const column = known.byId(row.columnId);
      return column === undefined ? [] : [toReferenceColumn(column, row)];
    });
  }

  function referenceColumn(modelId: ModelId, version: number, name: string): ReferenceColumn | undefined {
    const column = columnsOf(modelId).byName(name);
    const row = column === undefined ? undefined : selectOne.get({ columnId: column.id, version });
    return column === undefined || row === undefined ? undefined : toReferenceColumn(column, row);
  }

  function putReference(modelId: ModelId, reference: Reference, given: readonly ReferenceColumn[]): void {
    transaction(client, () => {
      const known = columnsOf(modelId);
      deleteVersion.run({ modelId, version: reference.version });
      for (const column of given) insertRow(toRow(known.require(column.column), reference, column));
    });
  }

  return { references, referenceColumns, referenceColumn, putReference };
}

function toRow({ id }: KnownColumn, reference: Reference, given: ReferenceColumn): ReferenceRow {
  const where = rowName(id, reference.version);
  const number = (value: number | null) => finite(value, () => `a figure of ${given.column} in a reference`);
  return {
    columnId: id,
    ...reference,
    bins: writeJson(Bins, given.bins, where),
    counts: writeJson(Counts, given.counts, where),
    mean: number(given.mean),
    standardDeviation: number(given.standardDeviation),
    minimum: number(given.minimum),
    maximum: number(given.maximum),
  };
}

function toReferenceColumn({ name }: KnownColumn, row: ReferenceRow): ReferenceColumn {
  const where = rowName(row.columnId, row.version);
  return {
    column: name,
    bins: readJson(Bins, row.bins, where),
    counts: readJson(Counts, row.counts, where),
    mean: row.mean,
    standardDeviation: row.standardDeviation,
    minimum: row.minimum,
    maximum: row.maximum,
  };
}

function rowName(columnId: number, version: number): { table: string; id: string } {
  return { table: 'statistic_references', id: `of column ${columnId}, version ${version}` };
}
