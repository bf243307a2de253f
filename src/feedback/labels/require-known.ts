import { type ColumnRole, TRAFFIC_COLUMN } from '../../domain/column.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { Label } from '../../domain/label.ts';
import { missingColumn } from '../../domain/missing-column.ts';
import type { Model } from '../../domain/model.ts';
import { ALL_TRAFFIC } from '../../domain/statistic.ts';
import { type Window, windowAt } from '../../domain/window.ts';
import type { Stores } from '../../ports/stores.ts';
import type { PlacedLabel } from './label-lines.ts';

type Known = Pick<Stores, 'models' | 'statistics'>;

/** The clock of the machine that a label comes from may be ahead by so much; what lies further ahead nobody has said. */
const MOST_AHEAD_MS = 3_600_000;

/** Throws `file.unusable` where the model never had the column in its role, has no such window, or the label is of what is to come. */
export function requireKnown(stores: Known, model: Model, { label, place }: PlacedLabel, now: EpochMs): void {
  requireColumn(stores, model, { label, place });
  requireWindow(model, { label, place });
  requirePast({ label, place }, now);
}

function requireWindow(model: Model, { label, place }: PlacedLabel): void {
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

/** What is said in the future would pass for the newest word for ever: nothing after it would be learned from. */
function requirePast({ label: { window, at }, place }: PlacedLabel, now: EpochMs): void {
  const [what, ms] = window.startMs > now ? ['a window that has begun', window.startMs] : ['a word of the past', at];
  if (ms <= now + MOST_AHEAD_MS) return;
  throw new DriftbellError('file.unusable', {
    expected: `in ${place} ${what}`,
    received: `${ms}, which is later than now, ${now}`,
    remedy: 'mend the line, or the clock of the machine that it is from',
  });
}

function requireColumn(stores: Known, model: Model, { label, place }: PlacedLabel): void {
  const { column, role } = label.series;
  const { id, slug } = model;
  const roles = rolesOf(stores, model, label);
  if (roles.includes(role)) return;
  if (roles.length > 0) {
    throw new DriftbellError('file.unusable', {
      expected: `in ${place} the role that ${column} of ${slug} has, ${roles.join(' or ')}`,
      received: role,
      remedy: 'mend series.role in the line',
    });
  }
  const columns = [...stores.models.columns(id), ...stores.models.leftOut(id)].map(({ name }) => name);
  const { received, remedy } = missingColumn('a column', column, columns).facts;
  const expected = `in ${place} a column that ${slug} has or had`;
  throw new DriftbellError('file.unusable', { expected, received, remedy });
}

/** Empty where the model never had the column. Statistics outlive it, and what is left out may have been watched as either. */
function rolesOf({ models, statistics }: Known, { id }: Model, { series }: Label): readonly ColumnRole[] {
  const { column, segment } = series;
  if (column === TRAFFIC_COLUMN) return ['traffic'];
  if (models.leftOut(id).some(({ name }) => name === column)) return ['feature', 'score'];
  const watched = models.columns(id).filter(({ name }) => name === column);
  if (watched.length > 0) return watched.map(({ role }) => role);
  const kept = [segment, ALL_TRAFFIC].flatMap((one) =>
    statistics.column(id, { column, segment: one, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }),
  );
  return [...new Set(kept.map(({ role }) => role))];
}

/** Undefined for an instant that no calendar has. */
function windowOf({ zone, granularity }: Model, startMs: number): Window | undefined {
  try {
    return windowAt(startMs, zone, granularity);
  } catch {
    return undefined;
  }
}
