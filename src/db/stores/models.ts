import { asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { columnKinds } from '../../domain/column.ts';
import { DriftbellError, isDriftbellError } from '../../domain/errors.ts';
import type { EpochMs, UserId } from '../../domain/identifiers.ts';
import type { Model, ModelSettings } from '../../domain/model.ts';
import type { ModelStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { models } from '../schema/models.ts';
import { isUniqueViolation } from '../sqlite-failure.ts';
import { transaction } from '../transaction.ts';
import { createColumnStore } from './columns.ts';

const Names = z.array(z.string());
const Owners = z.array(z.custom<UserId>((value) => typeof value === 'string'));
const Kinds = z.record(z.string(), z.enum(columnKinds));
const Defaults = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export interface ModelStoreOptions {
  /** Told of a model that `list` leaves out because it cannot be read. Absent: `list` throws. */
  readonly onUnreadableModel?: (error: DriftbellError) => void;
}

export function createModelStore(client: Client, { onUnreadableModel }: ModelStoreOptions): ModelStore {
  const { orm } = client;
  const columns = createColumnStore(client);

  function insert(settings: ModelSettings, by: UserId, at: EpochMs): Model {
    return transaction(client, () => {
      const row = insertRow(client, settings, by, at);
      columns.putTraffic(row.id);
      return toModel(row);
    });
  }

  function list(): Model[] {
    const rows = orm.select().from(models).where(isNull(models.retiredAt)).orderBy(asc(models.slug)).all();
    return rows.flatMap((row) => {
      try {
        return [toModel(row)];
      } catch (thrown) {
        if (onUnreadableModel === undefined || !isDriftbellError(thrown)) throw thrown;
        onUnreadableModel(thrown);
        return [];
      }
    });
  }

  return {
    insert,
    bySlug: (slug) => optionalModel(orm.select().from(models).where(eq(models.slug, slug)).get()),
    byId: (id) => optionalModel(orm.select().from(models).where(eq(models.id, id)).get()),
    list,
    putColumns: columns.put,
    columns: columns.watched,
    leftOut: columns.leftOut,
    newColumns: columns.newColumns,
    putNewColumns: columns.putNew,
    setImportance: columns.setImportance,
  };
}

type ModelRow = typeof models.$inferSelect;

function insertRow({ orm }: Client, settings: ModelSettings, by: UserId, at: EpochMs): ModelRow {
  const where = { table: 'models', id: settings.slug };
  // Holidays are kept as events.
  const { source, importanceSource, features, owners, declaredKinds, defaults, holidays: _events, ...plain } = settings;
  try {
    return orm
      .insert(models)
      .values({
        ...plain,
        sourceLocation: source.location,
        sourceFormat: source.format ?? null,
        importanceLocation: importanceSource?.location ?? null,
        importanceFormat: importanceSource?.format ?? null,
        features: features === undefined ? null : writeJson(Names, features, where),
        declaredKinds: writeJson(Kinds, declaredKinds, where),
        defaults: writeJson(Defaults, defaults, where),
        owners: writeJson(Owners, owners, where),
        registeredAt: at,
        registeredBy: by,
      })
      .returning()
      .get();
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new DriftbellError('model.exists', {
      expected: 'a slug that is not taken',
      received: JSON.stringify(settings.slug),
      remedy: 'choose another slug, or look at the model that has it',
      cause,
    });
  }
}

function optionalModel(row: ModelRow | undefined): Model | undefined {
  return row === undefined ? undefined : toModel(row);
}

function toModel(row: ModelRow): Model {
  const where = { table: 'models', id: row.id };
  const { scoreColumn, labelColumn, queryColumn, segmentColumn, group, retiredAt } = row;
  return {
    id: row.id,
    slug: row.slug,
    source: { location: row.sourceLocation, ...present({ format: row.sourceFormat }) },
    timeColumn: row.timeColumn,
    zone: row.zone,
    granularity: row.granularity,
    declaredKinds: readJson(Kinds, row.declaredKinds, where),
    defaults: readJson(Defaults, row.defaults, where),
    owners: readJson(Owners, row.owners, where),
    channel: row.channel,
    latenessMinutes: row.latenessMinutes,
    registeredAt: row.registeredAt,
    registeredBy: row.registeredBy,
    ...(row.features === null ? {} : { features: readJson(Names, row.features, where) }),
    ...(row.importanceLocation === null
      ? {}
      : { importanceSource: { location: row.importanceLocation, ...present({ format: row.importanceFormat }) } }),
    ...present({ scoreColumn, labelColumn, queryColumn, segmentColumn, group, retiredAt }),
  };
}
