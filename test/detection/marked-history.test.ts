import { describe, expect, it } from 'vitest';
import { markedSeries, withoutAccepted } from '../../src/detection/marked-history.ts';
import type { HistoryMarks } from '../../src/domain/history-marks.ts';
import type { Series } from '../../src/domain/series.ts';
import { day, days, seriesKey } from '../builders/detections.ts';
import { anomaly } from '../builders/reports.ts';

const series: Series = {
  key: seriesKey(),
  points: days(10).map((window, value) => ({ window, value, rows: 100 })),
};
const newNormal = { fromMs: day(4).startMs, saidMs: day(7).startMs };
const marks: HistoryMarks = { newNormal, expected: [{ fromMs: day(5).startMs, toMs: day(6).startMs }] };
const valuesOf = (one: Series) => one.points.map(({ value }) => value);
const read = (at: number, masksExpected: boolean, given: HistoryMarks | undefined = marks) =>
  valuesOf(markedSeries(series, day(at), { marksOf: () => given, masksExpected }));

describe('a history that people marked', () => {
  it('begins with the new normal', () => {
    expect(read(9, false)).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it('leaves out what was expected once, only where the detector masks', () => {
    expect(read(9, true)).toEqual([4, 6, 7, 8, 9]);
  });

  it('keeps the judged window, and what was known before the new normal', () => {
    expect(read(5, true)).toContain(5);
    expect(read(3, true)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9]);
  });

  it('is the same object for a series that nobody marked', () => {
    expect(markedSeries(series, day(9), { marksOf: () => undefined, masksExpected: true })).toBe(series);
  });

  it('counts nothing as anomalous from the new normal until it was said', () => {
    const anomalies = [2, 4, 6, 7, 8].map((at) => anomaly({ window: day(at) }));
    const other = anomaly({ series: seriesKey({ column: 'plan' }), window: day(5) });
    const marksOf = ({ column }: { readonly column: string }) => (column === 'age' ? marks : undefined);

    const left = withoutAccepted([...anomalies, other], marksOf);

    expect(left.map(({ window }) => window.key)).toEqual([2, 7, 8, 5].map((at) => day(at).key));
  });
});
