import { counted } from '../domain/counted.ts';
import type { TimeRange } from '../domain/profile.ts';

/** What a person should know of the time column of a source: how its numbers are read, and rows without a time. */
export function timeRemarks(timeColumn: string, { readAs, unplacedRows }: TimeRange): string[] {
  return [
    ...(readAs === undefined ? [] : [`The time column ${timeColumn} is read as ${readAs}.`]),
    ...(unplacedRows === undefined
      ? []
      : [
          `${counted(unplacedRows, 'row has', 'rows have')} no usable time and ${unplacedRows === 1 ? 'is' : 'are'} in no window.`,
        ]),
  ];
}
