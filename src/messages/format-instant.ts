import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../domain/identifiers.ts';
import { formatDate, zoneAbbreviation } from './format-window.ts';

/** `6 Mar 2001, 14:05 EST`: a point in time for people, in the zone of the model it is about. */
export function formatInstant(instantMs: EpochMs, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${formatDate(at)}, ${time} ${zoneAbbreviation(instantMs, zone)}`;
}
