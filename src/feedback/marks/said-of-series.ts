import type { SaidOfSeries } from '../../domain/said.ts';
import type { SeriesMark } from '../../domain/series-mark.ts';

/** What was said and still holds, as the filters want it. */
export function saidOfSeries(marks: readonly SeriesMark[]): SaidOfSeries {
  return {
    expectedOnce: marks.flatMap(({ kind, series, fromMs, toMs, by }) => {
      if (kind !== 'expected_once' || toMs === undefined) return [];
      const { segment, column, statistic } = series;
      return [{ scope: { segment, column, statistic }, startMs: fromMs, endMs: toMs, by }];
    }),
    quieted: marks.flatMap(({ kind, series, fromMs, toMs, isAbove, departure, expiresAt, by }) => {
      if (kind !== 'quieted' || expiresAt === undefined) return [];
      const direction = isAbove === true ? ('up' as const) : ('down' as const);
      const longestMs = Math.max(0, (toMs ?? fromMs) - fromMs);
      const pattern = { series, direction, longestMs, untilMs: expiresAt, by };
      return [departure === undefined ? pattern : { ...pattern, departure }];
    }),
    unimportant: marks.flatMap(({ kind, series }) => (kind === 'not_important' ? [series.column] : [])),
  };
}
