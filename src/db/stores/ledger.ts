import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { LedgerEntry } from '../../domain/finding.ts';
import type { ModelId } from '../../domain/identifiers.ts';
import { seriesName } from '../../domain/series.ts';
import type { Window } from '../../domain/window.ts';
import type { LedgerStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { forecastCells, forecastOf } from '../forecast.ts';
import { prepareInsert } from '../prepare-insert.ts';
import { present } from '../present.ts';
import { ledger } from '../schema/ledger.ts';
import { transaction } from '../transaction.ts';
import { columnIdsOfModel, createColumnLookup, type KnownColumn } from './column-ids.ts';

export function createLedgerStore(client: Client): LedgerStore {
  const { orm } = client;
  const columnsOf = createColumnLookup(client);
  const idsOfModel = columnIdsOfModel(client);
  const isOfWindow = and(
    inArray(ledger.columnId, idsOfModel),
    eq(ledger.windowStartMs, sql.placeholder('windowStartMs')),
  );
  const insertRow = prepareInsert(client, ledger);
  const deleteWindow = orm.delete(ledger).where(isOfWindow).prepare();
  const selectWindow = orm.select().from(ledger).where(isOfWindow).orderBy(asc(ledger.id)).prepare();

  function replaceWindow(modelId: ModelId, window: Window, entries: readonly LedgerEntry[]): void {
    transaction(client, () => {
      const known = columnsOf(modelId);
      deleteWindow.run({ modelId, windowStartMs: window.startMs });
      for (const entry of entries) insertRow(fromEntry(known.require(entry.series.column), entry));
    });
  }

  return {
    replaceWindow,
    window(modelId, window) {
      const known = columnsOf(modelId);
      return selectWindow.all({ modelId, windowStartMs: window.startMs }).flatMap((row) => {
        const column = known.byId(row.columnId);
        return column === undefined ? [] : [toEntry(column, row)];
      });
    },
  };
}

function fromEntry(column: KnownColumn, entry: LedgerEntry): typeof ledger.$inferInsert {
  const { series, window, filter, isKept, measure, threshold, forecast, note } = entry;
  return {
    columnId: column.id,
    windowStartMs: window.startMs,
    windowEndMs: window.endMs,
    windowKey: window.key,
    segment: series.segment,
    statistic: series.statistic,
    filter,
    isKept,
    measure,
    threshold,
    note: note ?? null,
    ...forecastCells(forecast, () => `ledger entry of ${seriesName(series)} in ${window.key}`),
  };
}

function toEntry(column: KnownColumn, row: typeof ledger.$inferSelect): LedgerEntry {
  const { segment, statistic, filter, isKept, measure, threshold, note } = row;
  return {
    series: { segment, column: column.name, role: column.role, statistic },
    window: { key: row.windowKey, startMs: row.windowStartMs, endMs: row.windowEndMs },
    filter,
    isKept,
    measure,
    threshold,
    ...present({ forecast: forecastOf(row), note }),
  };
}
