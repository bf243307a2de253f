import { groupBy } from '../../domain/group-by.ts';
import type { HistoryMarks } from '../../domain/history-marks.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { SeriesMark } from '../../domain/series-mark.ts';
import { twinOf } from '../../domain/twin-series.ts';

/** What histories have to obey of what was said of them or their twins; undefined when that is nothing. Of several new normals the newest counts. */
export function historyMarks(marks: readonly SeriesMark[]): ((key: SeriesKey) => HistoryMarks | undefined) | undefined {
  const telling = marks.filter(({ kind }) => kind === 'new_normal' || kind === 'expected_once');
  if (telling.length === 0) return undefined;
  const byName = groupBy(telling, ({ series }) => seriesName(series));
  return (key) => {
    const twin = twinOf(key);
    const own = [key, ...(twin === undefined ? [] : [twin])].flatMap((one) => byName.get(seriesName(one)) ?? []);
    return own.length === 0 ? undefined : marksOf(own.toSorted((a, b) => a.at - b.at));
  };
}

function marksOf(marks: readonly SeriesMark[]): HistoryMarks {
  const normal = marks.findLast(({ kind }) => kind === 'new_normal');
  return {
    ...(normal && { newNormal: { fromMs: normal.fromMs, saidMs: normal.at } }),
    expected: marks.flatMap(({ kind, fromMs, toMs }) =>
      kind === 'expected_once' && toMs !== undefined ? [{ fromMs, toMs }] : [],
    ),
  };
}
