import { and, asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { columnKinds } from '../../domain/column.ts';
import { DriftbellError, isDriftbellError } from '../../domain/errors.ts';
import {
  type AlertBudget,
  type FilterSettingName,
  filterSettingNames,
  settingIssue,
} from '../../domain/filter-settings.ts';
import type { EpochMs, UserId } from '../../domain/identifiers.ts';
import type { Model, ModelSettings } from '../../domain/model.ts';
import { formatQuietHours, parseQuietHours, type QuietHours } from '../../domain/quiet-hours.ts';
import type { ModelStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { type RowName, readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { models } from '../schema/models.ts';
import { isUniqueViolation } from '../sqlite-failure.ts';
import { transaction } from '../transaction.ts';
import { createColumnStore } from './columns.ts';
import { forgetHistory } from './forget-history.ts';

const Names = z.array(z.string());
const Owners = z.array(z.custom<UserId>((value) => typeof value === 'string'));
const Kinds = z.record(z.string(), z.enum(columnKinds));
const Defaults = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const Filters = z
  .partialRecord(z.enum(filterSettingNames), z.number())
  .refine(
    (filters) => filterSettingNames.every((name) => isUsable(name, filters[name])),
    'a filter setting is out of range',
  );
const Budget = z.object({
  reportsPerMonth: z.number().nonnegative(),
  calibrated: z
    .object({
      setting: z.enum(['minimumRarity', 'minimumSeverity']),
      value: z.number(),
      at: z.number(),
      windows: z.number(),
      replayedPerMonth: z.number(),
    })
    .exactOptional(),
}) satisfies z.ZodType<AlertBudget>;

function isUsable(name: FilterSettingName, value: number | undefined): boolean {
  return value === undefined || settingIssue(name, value) === undefined;
}

export interface ModelStoreOptions {
  /** Told of a model that `list` leaves out because it cannot be read. Absent: `list` throws. */
  readonly onUnreadableModel?: (error: DriftbellError) => void;
  /** Called when the history of a model is gone. */
  readonly onForgotten?: () => void;
}

export function createModelStore(client: Client, { onUnreadableModel, onForgotten }: ModelStoreOptions): ModelStore {
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
    update(id, settings, revision) {
      const isUnchanged = and(eq(models.id, id), eq(models.revision, revision), isNull(models.retiredAt));
      const cells = { ...settingsCells(settings), revision: revision + 1 };
      return optionalModel(orm.update(models).set(cells).where(isUnchanged).returning().get());
    },
    retire(id, at) {
      const { changes } = orm
        .update(models)
        .set({ retiredAt: at })
        .where(and(eq(models.id, id), isNull(models.retiredAt)))
        .run();
      return changes === 1;
    },
    forgetHistory(id) {
      transaction(client, () => forgetHistory(client, id));
      onForgotten?.();
    },
    bySlug: (slug) => optionalModel(orm.select().from(models).where(eq(models.slug, slug)).get()),
    byId: (id) => optionalModel(orm.select().from(models).where(eq(models.id, id)).get()),
    list,
    putColumns: columns.put,
    columns: columns.watched,
    leftOut: columns.leftOut,
    newColumns: columns.newColumns,
    putNewColumns: columns.putNew,
    setImportance: columns.setImportance,
    setFilters(modelId, filters) {
      const stored = writeJson(Filters, filters, { table: 'models', id: modelId });
      orm.update(models).set({ filters: stored }).where(eq(models.id, modelId)).run();
    },
    setBudget(modelId, budget) {
      const stored = budget === undefined ? null : writeJson(Budget, budget, { table: 'models', id: modelId });
      orm.update(models).set({ budget: stored }).where(eq(models.id, modelId)).run();
    },
  };
}

type ModelRow = typeof models.$inferSelect;

function insertRow({ orm }: Client, settings: ModelSettings, by: UserId, at: EpochMs): ModelRow {
  try {
    return orm
      .insert(models)
      .values({ ...settingsCells(settings), registeredAt: at, registeredBy: by })
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

/** Every cell of the settings: what is absent is null, so that an edit can take something back. */
function settingsCells(settings: ModelSettings) {
  const where = { table: 'models', id: settings.slug };
  const { source, importanceSource, features, owners, declaredKinds, defaults } = settings;
  return {
    slug: settings.slug,
    sourceLocation: source.location,
    sourceFormat: source.format ?? null,
    timeColumn: settings.timeColumn,
    zone: settings.zone,
    granularity: settings.granularity,
    scoreColumn: settings.scoreColumn ?? null,
    labelColumn: settings.labelColumn ?? null,
    queryColumn: settings.queryColumn ?? null,
    segmentColumn: settings.segmentColumn ?? null,
    channel: settings.channel,
    group: settings.group ?? null,
    quietHours: settings.quietHours === undefined ? null : formatQuietHours(settings.quietHours),
    holidays: settings.holidays ?? null,
    latenessMinutes: settings.latenessMinutes,
    importanceLocation: importanceSource?.location ?? null,
    importanceFormat: importanceSource?.format ?? null,
    features: features === undefined ? null : writeJson(Names, features, where),
    declaredKinds: writeJson(Kinds, declaredKinds, where),
    defaults: writeJson(Defaults, defaults, where),
    owners: writeJson(Owners, owners, where),
  };
}

function optionalModel(row: ModelRow | undefined): Model | undefined {
  return row === undefined ? undefined : toModel(row);
}

function toModel(row: ModelRow): Model {
  const where = { table: 'models', id: row.id };
  const { scoreColumn, labelColumn, queryColumn, segmentColumn, group, holidays, retiredAt } = row;
  return {
    id: row.id,
    revision: row.revision,
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
    ...(row.quietHours === null ? {} : { quietHours: readQuietHours(row.quietHours, where) }),
    ...(row.filters === null ? {} : { filters: readJson(Filters, row.filters, where) }),
    ...(row.budget === null ? {} : { budget: readJson(Budget, row.budget, where) }),
    ...(row.importanceLocation === null
      ? {}
      : { importanceSource: { location: row.importanceLocation, ...present({ format: row.importanceFormat }) } }),
    ...present({ scoreColumn, labelColumn, queryColumn, segmentColumn, group, holidays, retiredAt }),
  };
}

function readQuietHours(cell: string, { table, id }: RowName): QuietHours {
  try {
    return parseQuietHours(cell);
  } catch (cause) {
    throw new DriftbellError('store.failed', {
      expected: `readable quiet hours in row ${id} of the table ${table}`,
      received: JSON.stringify(cell.slice(0, 40)),
      remedy: 'mend the row, or restore the database from a backup',
      cause,
    });
  }
}
