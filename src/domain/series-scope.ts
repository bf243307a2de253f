import type { Pattern } from './finding.ts';
import type { SeriesKey } from './series.ts';
import type { SeriesStatistic } from './statistic.ts';

/** The findings of a model that a person means; what is absent stands for all of its kind, `{}` for the whole model. */
export interface SeriesScope {
  readonly segment?: string;
  readonly column?: string;
  readonly statistic?: SeriesStatistic;
  readonly pattern?: Pattern;
}

/** True for a series of the scope; a scope with a pattern holds only findings of which the pattern is known. */
export function isInScope(scope: SeriesScope, series: SeriesKey, pattern: Pattern | undefined): boolean {
  return (
    (scope.segment === undefined || scope.segment === series.segment) &&
    (scope.column === undefined || scope.column === series.column) &&
    (scope.statistic === undefined || scope.statistic === series.statistic) &&
    (scope.pattern === undefined || scope.pattern === pattern)
  );
}

/** True where both name the same parts by the same names. */
export function isSameScope(a: SeriesScope, b: SeriesScope): boolean {
  return a.segment === b.segment && a.column === b.column && a.statistic === b.statistic && a.pattern === b.pattern;
}

export function isWholeModel(scope: SeriesScope): boolean {
  return isSameScope(scope, {});
}
