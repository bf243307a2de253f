import type Holidays from 'date-holidays';
import { DriftbellError } from '../domain/errors.ts';
import type { Holiday } from '../domain/holiday.ts';
import { nearest } from '../domain/nearest.ts';
import type { HolidayCalendar } from '../ports/holiday-calendar.ts';

const DAY_MS = 86_400_000;
const LANGUAGE = 'en';
/** What people write for a country, though it is not its code. */
const ALIASES: Readonly<Record<string, string>> = { UK: 'GB', USA: 'US' };

/** Public holidays by the npm package date-holidays. Its table of all countries is read when it is first asked for. */
export function createHolidayCalendar(): HolidayCalendar {
  return {
    async publicHolidays(place, { first, last }) {
      const { default: Calendar } = await import('date-holidays');
      const [country = '', state] = place.trim().toUpperCase().split('-');
      requirePlace(new Calendar(), place, country, state);
      const calendar = state === undefined ? new Calendar(country) : new Calendar(country, state);
      const name = state === undefined ? country : `${country}-${state}`;
      const language = calendar.getLanguages().find((each) => each.startsWith(LANGUAGE)) ?? LANGUAGE;
      const found = new Map<string, Holiday>();
      for (let year = first; year <= last; year += 1) {
        for (const holiday of calendar.getHolidays(year, language)) {
          if (holiday.type !== 'public') continue;
          for (const day of daysOf(holiday)) {
            if (!found.has(day)) found.set(day, { day, name: `${holiday.name} (${name})` });
          }
        }
      }
      return [...found.values()].toSorted((a, b) => a.day.localeCompare(b.day));
    },
  };
}

/** A holiday may last several days; the package gives its local beginning and its length. */
function daysOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  const firstMs = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const count = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  return Array.from({ length: count }, (_, index) => isoDay(firstMs + index * DAY_MS));
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function requirePlace(calendar: Holidays, place: string, country: string, state: string | undefined): void {
  const countries = calendar.getCountries(LANGUAGE);
  if (!Object.hasOwn(countries, country)) {
    const meant = nearestPlace(place, countries);
    throw unknownPlace(place, 'a country such as US, or a part of one such as DE-BY', {
      remedy: meant === undefined ? 'write the two letters of ISO 3166' : `did you mean ${meant}`,
    });
  }
  if (state === undefined) return;
  const states: Record<string, string> = calendar.getStates(country, LANGUAGE) ?? {};
  if (Object.hasOwn(states, state)) return;
  const known = Object.keys(states);
  const meant = nearest(state, known);
  throw unknownPlace(place, `a part of ${countries[country]} that has holidays of its own`, {
    remedy:
      known.length === 0
        ? `write ${country}`
        : `${meant === undefined ? 'write' : `did you mean ${country}-${meant}; there are`} ${known.join(', ')}`,
  });
}

/** By its letters or by its name: `USA`, `Germany`. */
function nearestPlace(place: string, countries: Readonly<Record<string, string>>): string | undefined {
  const alias = ALIASES[place.trim().toUpperCase()];
  if (alias !== undefined) return `${alias} (${countries[alias]})`;
  const byName = new Map(Object.entries(countries).map(([code, name]) => [name.toUpperCase(), code]));
  const name = nearest(place, [...byName.keys()]);
  const code = (name !== undefined && byName.get(name)) || nearest(place.slice(0, 2), Object.keys(countries));
  return code && `${code} (${countries[code]})`;
}

function unknownPlace(place: string, expected: string, { remedy }: { readonly remedy: string }): DriftbellError {
  return new DriftbellError('usage.invalid', { expected, received: JSON.stringify(place), remedy });
}
