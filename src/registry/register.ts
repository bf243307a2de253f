import type { Column, LeftOutColumn } from '../domain/column.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { HolidaySpan } from '../domain/holiday.ts';
import type { UserId } from '../domain/identifiers.ts';
import type { Model, ModelSettings } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { HolidayCalendar } from '../ports/holiday-calendar.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import type { Stores } from '../ports/stores.ts';
import { declareHolidays, holidaysOf } from './holidays.ts';
import { type InspectDeps, inspectSource, type Prepared } from './inspect.ts';

export interface RegisterDeps extends InspectDeps {
  readonly stores: Pick<Stores, 'models' | 'audit' | 'events' | 'transaction'>;
  readonly calendar: HolidayCalendar;
  readonly clock: Clock;
}

/** What was found while registering; the person sees it. */
export interface Registration {
  readonly model: Model;
  readonly columns: readonly Column[];
  readonly leftOut: readonly LeftOutColumn[];
  /** Names in the table of importance that are not watched; absent without such a table. */
  readonly importancePassedOver?: readonly string[];
  readonly rows: number;
  readonly range: TimeRange;
  /** Declared for the model; absent where no place was named. */
  readonly holidays?: readonly HolidaySpan[];
}

/** Looks at the source first and writes everything in one transaction at the end: nothing half-registered stays. */
export async function register(
  deps: RegisterDeps,
  input: { readonly settings: ModelSettings; readonly by: UserId },
  signal?: AbortSignal,
): Promise<Registration> {
  return (await prepareRegistration(deps, input, signal)).commit();
}

/** Looks at the source; what it gives writes everything. */
export async function prepareRegistration(
  deps: RegisterDeps,
  input: { readonly settings: ModelSettings; readonly by: UserId },
  signal?: AbortSignal,
): Promise<Prepared<Registration>> {
  const { stores } = deps;
  const { settings, by } = input;
  refuseTakenSlug(stores, settings.slug);
  const inspection = await inspectSource(deps, settings, signal);
  const { columns, leftOut, rows, range, importancePassedOver } = inspection;
  const at = deps.clock.now();
  const holidays = await holidaysOf(deps, { place: settings.holidays, zone: settings.zone, range, now: at });
  const commit = (): Registration => {
    const model = stores.transaction(() => {
      refuseTakenSlug(stores, settings.slug);
      const inserted = stores.models.insert(settings, by, at);
      stores.models.putColumns(inserted.id, columns, leftOut);
      declareHolidays(stores, inserted.id, holidays);
      stores.audit.add({ at, by, action: 'model.register', subject: `model:${settings.slug}`, facts: { settings } });
      return inserted;
    });
    return {
      ...{ model, columns, leftOut, rows, range },
      ...(importancePassedOver && { importancePassedOver }),
      ...(holidays && { holidays }),
    };
  };
  return { inspection, commit };
}

function refuseTakenSlug(stores: Pick<Stores, 'models'>, slug: string): void {
  if (stores.models.bySlug(slug) === undefined) return;
  throw new DriftbellError('model.exists', {
    expected: 'a slug that is not taken',
    received: JSON.stringify(slug),
    remedy: 'choose another slug, or see the model with `/drift status`',
  });
}
