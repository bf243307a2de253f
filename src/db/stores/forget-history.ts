import type { ModelId } from '../../domain/identifiers.ts';
import type { Client } from '../client.ts';

/** By the column that a row belongs to; `statistics` and `detections` have no other key, so this reads only their own. */
const OF_COLUMNS = ['statistics', 'detections', 'ledger', 'statistic_references'] as const;

/** Everything that was computed of a model's table, so that another table can take its place. */
export function forgetHistory({ sqlite }: Client, modelId: ModelId): void {
  for (const table of OF_COLUMNS) {
    sqlite.prepare(`DELETE FROM ${table} WHERE column_id IN (SELECT id FROM columns WHERE model_id = ?)`).run(modelId);
  }
  sqlite.prepare('DELETE FROM window_looks WHERE model_id = ?').run(modelId);
}
