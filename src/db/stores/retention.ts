import type { PrunedTable, RetentionStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { transaction } from '../transaction.ts';

interface Bounds {
  readonly beforeMs: number;
  readonly rows: number;
}

interface Removed {
  readonly rows: number;
  /** True when nothing is left to remove. */
  readonly isDone: boolean;
}

/** Removes about `rows` rows, in one transaction. */
type Slice = (bounds: Bounds) => Removed;

/**
 * Rows that are found by the column or model that they belong to, and time. Each has an index that begins with these two,
 * so a slice reads what it removes and no more.
 */
export const ownedTables = {
  statistics: { owner: 'column_id', key: 'column_id, window_start_ms, segment' },
  detections: { owner: 'column_id', key: 'column_id, window_start_ms, segment, statistic' },
  ledger: { owner: 'column_id', key: 'id' },
  window_looks: { owner: 'model_id', key: 'model_id, window_start_ms' },
} as const satisfies Partial<Record<PrunedTable, { readonly owner: string; readonly key: string }>>;

type OwnedTable = keyof typeof ownedTables;

export function createRetentionStore(
  client: Client,
  { onRemoved }: { readonly onRemoved: () => void },
): RetentionStore {
  const slicers: readonly (readonly [PrunedTable, () => Slice])[] = [
    ...(Object.keys(ownedTables) as OwnedTable[]).map((table) => [table, () => ownedSlice(client, table)] as const),
    ['statistic_references', () => referenceSlice(client)],
    ['runs', () => runSlice(client)],
    ['interactions', () => interactionSlice(client)],
  ];
  return {
    *prune({ beforeMs, rowsPerSlice }) {
      for (const [table, begin] of slicers) {
        const slice = begin();
        let isDone = false;
        while (!isDone) {
          const removed = transaction(client, () => slice({ beforeMs, rows: rowsPerSlice }));
          onRemoved();
          isDone = removed.isDone;
          yield { table, rows: removed.rows };
        }
      }
    },
  };
}

/** Goes through the owners, as many in one transaction as the slice has room for. */
function ownedSlice(client: Client, table: OwnedTable): Slice {
  const { owner } = ownedTables[table];
  const owners = idsOf(client, owner === 'column_id' ? 'columns' : 'models');
  const remove = client.sqlite.prepare(ownedSql(table));
  let place = 0;
  return ({ beforeMs, rows }) => {
    let left = rows;
    while (place < owners.length && left > 0) {
      left -= remove.run({ owner: owners[place], beforeMs, rows: left }).changes;
      if (left > 0) place += 1;
    }
    return { rows: rows - left, isDone: place === owners.length };
  };
}

export function ownedSql(table: OwnedTable): string {
  const { owner, key } = ownedTables[table];
  return `delete from ${table} where (${key}) in
    (select ${key} from ${table} where ${owner} = :owner and window_start_ms < :beforeMs limit :rows)`;
}

/** A reference serves until the next one of its column applies: the last before the instant is still needed. */
export const referenceSql = `delete from statistic_references where column_id = :owner and version <
  (select max(version) from statistic_references where column_id = :owner and applies_from_ms <= :beforeMs)`;

/** A column has one reference a month: those of a whole column are few. */
function referenceSlice(client: Client): Slice {
  const owners = idsOf(client, 'columns');
  const remove = client.sqlite.prepare(referenceSql);
  let place = 0;
  return ({ beforeMs, rows }) => {
    let removed = 0;
    for (; place < owners.length && removed < rows; place += 1) {
      removed += remove.run({ owner: owners[place], beforeMs }).changes;
    }
    return { rows: removed, isDone: place === owners.length };
  };
}

export const runsSql = {
  page: 'select id, started_at as startedAt from runs where id > :after order by id limit :rows',
  remove: `delete from runs where id > :after and id <= :last and started_at < :beforeMs
    and (outcome <> 'running' or lease_until < :beforeMs)`,
};

/** Runs are numbered as they begin: pages from the first number on, until one that is young. */
function runSlice({ sqlite }: Client): Slice {
  const page = sqlite.prepare<unknown[], { readonly id: number; readonly startedAt: number }>(runsSql.page);
  const remove = sqlite.prepare(runsSql.remove);
  let after = 0;
  return ({ beforeMs, rows }) => {
    const last = page.all({ after, rows }).at(-1);
    if (last === undefined) return { rows: 0, isDone: true };
    const removed = remove.run({ after, last: last.id, beforeMs }).changes;
    after = last.id;
    return { rows: removed, isDone: last.startedAt >= beforeMs };
  };
}

export const interactionsSql = `delete from interactions where key in
  (select key from interactions where claimed_at < :beforeMs limit :rows)`;

function interactionSlice({ sqlite }: Client): Slice {
  const remove = sqlite.prepare(interactionsSql);
  return (bounds) => {
    const rows = remove.run({ ...bounds }).changes;
    return { rows, isDone: rows < bounds.rows };
  };
}

function idsOf({ sqlite }: Client, table: 'columns' | 'models'): readonly number[] {
  return sqlite.prepare<unknown[], number>(`select id from ${table} order by id`).pluck().all();
}
