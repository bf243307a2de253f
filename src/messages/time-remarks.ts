import { counted } from '../domain/counted.ts';
import type { FutureRows, TimeRange } from '../domain/profile.ts';
import { windowAt } from '../domain/window.ts';

/**
 * What a person should know of the time column of a source: how its numbers are read, rows without a time, and rows of
 * the future.
 */
export function timeRemarks(
  of: { readonly timeColumn: string; readonly zone: string },
  { readAs, unplacedRows, future }: TimeRange,
): string[] {
  return [
    ...(readAs === undefined ? [] : [`The time column ${of.timeColumn} is read as ${readAs}.`]),
    ...(unplacedRows === undefined
      ? []
      : [
          `${counted(unplacedRows, 'row has', 'rows have')} no usable time and ${unplacedRows === 1 ? 'is' : 'are'} in no window.`,
        ]),
    ...(future === undefined ? [] : [futureRemark(future, of.zone)]),
  ];
}

/** `1 row lies in the future (the last on 2062-10-24) and is in no window.` */
export function futureRemark({ rows, lastMs }: FutureRows, zone: string): string {
  const last = windowAt(lastMs, zone, 'day').key;
  return `${counted(rows, 'row lies', 'rows lie')} in the future (the last on ${last}) and ${rows === 1 ? 'is' : 'are'} in no window.`;
}
