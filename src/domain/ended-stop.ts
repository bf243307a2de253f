/**
 * A source that stood still and is back: the days without rows say nothing of what is usual.
 *
 * stop: at least STOP_WINDOWS known days in a row without rows, more than a week, so no rhythm of weekdays
 * ended: with at least BACK_WINDOWS days with rows since, so that a stray row is no return
 *
 * Edge cases: two such stops and more are the way of the source, as of one that gets its rows once a month, so none of them
 * counts; a stop that goes on has not ended; unknown days neither lengthen nor end one.
 */
const STOP_WINDOWS = 8;
const BACK_WINDOWS = 3;

export interface EndedStop {
  /** Place of its first day. */
  readonly start: number;
  /** Place of the first day with rows after it. */
  readonly end: number;
}

/** `rows` of days, the oldest first; null where they are unknown. */
export function findEndedStop(rows: readonly (number | null)[]): EndedStop | undefined {
  const stops: EndedStop[] = [];
  let start = 0;
  let length = 0;
  let back = 0;
  rows.forEach((count, at) => {
    if (count === null) return;
    if (count === 0) {
      if (length === 0) start = at;
      length += 1;
      return;
    }
    back += 1;
    if (length >= STOP_WINDOWS) {
      stops.push({ start, end: at });
      back = 1;
    }
    length = 0;
  });
  return stops.length === 1 && back >= BACK_WINDOWS ? stops[0] : undefined;
}
