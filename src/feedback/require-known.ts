import { TRAFFIC_COLUMN } from '../domain/column.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { Label } from '../domain/label.ts';
import { missingColumn } from '../domain/missing-column.ts';
import type { Model } from '../domain/model.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import { type Window, windowAt } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import type { PlacedLabel } from './label-lines.ts';

type Known = Pick<Stores, 'models' | 'statistics'>;

/** Throws `file.unusable` where the model never had the column, or has no such window. */
export function requireKnown(stores: Known, model: Model, { label, place }: PlacedLabel): void {
  requireColumn(stores, model, { label, place });
  const { key, startMs, endMs } = label.window;
  const window = windowOf(model, startMs);
  if (window?.key === key && window.startMs === startMs && window.endMs === endMs) return;
  throw new DriftbellError('file.unusable', {
    expected: `in ${place} a window of one ${model.granularity} in ${model.zone}, as ${model.slug} has them`,
    received: `${JSON.stringify(key)} from ${startMs} to ${endMs}`,
    remedy:
      window === undefined
        ? 'mend the line'
        : `mend the line: the window there is ${JSON.stringify(window.key)} from ${window.startMs} to ${window.endMs}`,
  });
}

function requireColumn(stores: Known, { id, slug }: Model, { label, place }: PlacedLabel): void {
  const { column } = label.series;
  const columns = [...stores.models.columns(id), ...stores.models.leftOut(id)].map(({ name }) => name);
  if (column === TRAFFIC_COLUMN || columns.includes(column) || hasStatistics(stores, id, label)) return;
  const { received, remedy } = missingColumn('a column', column, columns).facts;
  const expected = `in ${place} a column that ${slug} has or had`;
  throw new DriftbellError('file.unusable', { expected, received, remedy });
}

/** Those of a column outlive it. */
function hasStatistics({ statistics }: Known, id: Model['id'], { series: { column, segment } }: Label): boolean {
  return [segment, ALL_TRAFFIC].some(
    (one) => statistics.column(id, { column, segment: one, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }).length > 0,
  );
}

/** Undefined for an instant that no calendar has. */
function windowOf({ zone, granularity }: Model, startMs: number): Window | undefined {
  try {
    return windowAt(startMs, zone, granularity);
  } catch {
    return undefined;
  }
}
