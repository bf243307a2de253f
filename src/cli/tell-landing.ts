import type { LandingState } from '../domain/landing.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import { formatInstant } from '../messages/format-instant.ts';
import type { ProfilePlan, TimeRange } from '../ports/statistics-engine.ts';
import { expectedRows, landingOf } from '../statistics/index.ts';

export type ToldRow = ColumnStatistics & {
  /** Of the traffic of a window without rows: whether they are missing, not yet there, or never there at that time. */
  readonly landing?: LandingState;
};

/** The rows with the reason why a window has none, which only its neighbours and the end of the source can tell. */
export function tellLandings(
  rows: readonly ColumnStatistics[],
  of: { readonly plan: ProfilePlan; readonly range: TimeRange },
): readonly ToldRow[] {
  const { plan, range } = of;
  const traffic = rows.filter(({ role, segment }) => role === 'traffic' && segment === ALL_TRAFFIC);
  return rows.map((row) => {
    const { window } = row;
    if (row.rows > 0 || row.role !== 'traffic' || row.segment !== ALL_TRAFFIC) return row;
    const { state, text } = landingOf(window, {
      nowMs: window.endMs,
      latenessMinutes: 0,
      rows: 0,
      lastMs: range.lastMs,
      expected: expectedRows(window, traffic, plan),
      formatInstant: (instantMs) => formatInstant(instantMs, plan.zone),
    });
    const problems = row.problems.map((problem) => (problem.code === 'no_rows' ? { ...problem, text } : problem));
    return { ...row, landing: state, problems };
  });
}
