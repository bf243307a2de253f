import { DriftbellError } from '../domain/errors.ts';
import type { UserId } from '../domain/identifiers.ts';
import type { Model, ModelSettings } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { HolidayCalendar } from '../ports/holiday-calendar.ts';
import type { Stores } from '../ports/stores.ts';
import { declareHolidays, holidaysOf } from './holidays.ts';
import { type InspectDeps, type Inspection, inspectSource, type Prepared } from './inspect.ts';

export interface EditDeps extends InspectDeps {
  readonly stores: Pick<Stores, 'models' | 'audit' | 'events' | 'transaction'>;
  readonly calendar: HolidayCalendar;
  readonly clock: Clock;
}

/** What statistics are computed from: when one of these changes, the history so far is of something else. */
const TABLE_FIELDS = [
  'source',
  'timeColumn',
  'zone',
  'granularity',
  'scoreColumn',
  'labelColumn',
  'queryColumn',
  'segmentColumn',
  'features',
  'declaredKinds',
  'defaults',
] as const satisfies readonly (keyof ModelSettings)[];

const OTHER_FIELDS = [
  'owners',
  'channel',
  'group',
  'latenessMinutes',
  'importanceSource',
  'holidays',
  'quietHours',
] as const satisfies readonly (keyof ModelSettings)[];

export interface Edit {
  readonly model: Model;
  /** Names of the fields that are different now; empty when nothing is. */
  readonly changed: readonly (keyof ModelSettings)[];
  /** What the source holds, when it had to be looked at anew: the history has to be filled again. */
  readonly inspection?: Inspection;
}

/** Fields in which two declarations of a model differ; its name is not one of them. */
export function changedFields(before: ModelSettings, after: ModelSettings): readonly (keyof ModelSettings)[] {
  return [...TABLE_FIELDS, ...OTHER_FIELDS].filter((field) => wire(before[field]) !== wire(after[field]));
}

/** Whether the history has to be computed anew after these fields have changed. */
export function asksForHistory(changed: readonly (keyof ModelSettings)[]): boolean {
  return changed.some((field) => TABLE_FIELDS.some((name) => name === field));
}

/**
 * Changes what an owner declared. `model` is what the person saw: where somebody else has changed it since, nothing is
 * written and `model.conflict` is thrown. A change of the table forgets its history, which the caller fills again.
 */
export async function edit(
  deps: EditDeps,
  input: { readonly model: Model; readonly settings: ModelSettings; readonly by: UserId },
  signal?: AbortSignal,
): Promise<Edit> {
  return (await prepareEdit(deps, input, signal)).commit();
}

/** Looks at the source where it has to; what it gives writes. */
export async function prepareEdit(
  deps: EditDeps,
  input: { readonly model: Model; readonly settings: ModelSettings; readonly by: UserId },
  signal?: AbortSignal,
): Promise<Prepared<Edit>> {
  const { stores } = deps;
  const { model, by } = input;
  const settings = { ...input.settings, slug: model.slug };
  const changed = changedFields(model, settings);
  if (changed.length === 0) return { commit: () => ({ model, changed }) };
  const isPlaceChanged = changed.includes('holidays');
  const isLookedAt = asksForHistory(changed) || isPlaceChanged || changed.includes('importanceSource');
  const inspection = isLookedAt ? await inspectSource(deps, settings, signal) : undefined;
  // Their days are days of the zone.
  const areHolidaysAnew = isPlaceChanged || (changed.includes('zone') && settings.holidays !== undefined);
  const holidays =
    areHolidaysAnew && inspection !== undefined
      ? await holidaysOf(deps, {
          ...{ place: settings.holidays, zone: settings.zone },
          ...{ range: inspection.range, now: deps.clock.now() },
        })
      : undefined;
  const commit = (): Edit =>
    stores.transaction(() => {
      const edited = stores.models.update(model.id, settings, model.revision);
      if (edited === undefined) throw changedMeanwhile(model);
      if (inspection !== undefined) stores.models.putColumns(model.id, inspection.columns, inspection.leftOut);
      if (areHolidaysAnew) declareHolidays(stores, model.id, holidays);
      const isForgotten = asksForHistory(changed);
      if (isForgotten) stores.models.forgetHistory(model.id);
      stores.audit.add({
        at: deps.clock.now(),
        by,
        action: 'model.edit',
        subject: `model:${model.slug}`,
        facts: { before: only(model, changed), after: only(settings, changed) },
      });
      return { model: edited, changed, ...(inspection !== undefined && isForgotten ? { inspection } : {}) };
    });
  return { ...(inspection !== undefined && { inspection }), commit };
}

function only(settings: ModelSettings, fields: readonly (keyof ModelSettings)[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, settings[field] ?? null]));
}

function changedMeanwhile({ slug }: Model): DriftbellError {
  return new DriftbellError('model.conflict', {
    expected: `${slug} as it was when you began`,
    received: 'a model that somebody else has changed or retired since',
    remedy: `open \`/drift edit ${slug}\` again: it shows what holds now`,
  });
}

/** Key order does not matter; an absent field is as good as an empty one. */
function wire(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? '';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
