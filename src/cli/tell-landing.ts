import { isAllTraffic } from '../domain/all-traffic.ts';
import type { LandingState } from '../domain/landing.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';
import { dayOfWeek, hourOfDay, type Window } from '../domain/window.ts';
import { formatInstant } from '../messages/format-instant.ts';
import type { ProfilePlan, TimeRange } from '../ports/statistics-engine.ts';
import { expectedRows, landingOf } from '../statistics/index.ts';

export type ToldRow = ColumnStatistics & {
  /** Of the traffic of a window without rows: whether they are missing, not yet there, or never there at that time. */
  readonly landing?: LandingState;
};

/** Windows of the same weekday (and hour) that tell what is usual: two months of them. */
const ALIKE_WINDOWS = 8;

/** The rows with the reason why a window has none, which only its neighbours and the end of the source can tell. */
export function tellLandings(
  rows: readonly ColumnStatistics[],
  of: { readonly plan: ProfilePlan; readonly range: TimeRange },
): readonly ToldRow[] {
  const { plan, range } = of;
  const alike = new Map<string, { readonly window: Window; readonly rows: number }[]>();
  return rows.map((row) => {
    const { window } = row;
    if (!isAllTraffic(row)) return row;
    const place = `${dayOfWeek(window, plan.zone)} ${plan.granularity === 'day' ? '' : hourOfDay(window, plan.zone)}`;
    const earlier = (alike.get(place) ?? []).slice(-ALIKE_WINDOWS);
    alike.set(place, [...earlier, { window, rows: row.rows }]);
    if (row.rows > 0) return row;
    const { state, text } = landingOf(window, {
      nowMs: window.endMs,
      latenessMinutes: 0,
      rows: 0,
      lastMs: range.lastMs,
      expected: expectedRows(window, earlier, plan),
      formatInstant: (instantMs) => formatInstant(instantMs, plan.zone),
    });
    const problems = row.problems.map((problem) => (problem.code === 'no_rows' ? { ...problem, text } : problem));
    return { ...row, landing: state, problems };
  });
}
