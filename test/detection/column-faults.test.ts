import { describe, expect, it } from 'vitest';
import { columnFaults, withColumnFaults } from '../../src/detection/column-faults.ts';
import type { Detection } from '../../src/domain/anomaly.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import type { ColumnProblem, ColumnStatistics } from '../../src/domain/statistic.ts';
import { day } from '../builders/detections.ts';

const WINDOW = day(30);

function row(code: ColumnProblem['code'] | undefined, overrides: Partial<ColumnStatistics> = {}): ColumnStatistics {
  return {
    window: WINDOW,
    segment: '',
    column: 'age',
    role: 'feature',
    rows: 1000,
    statistics: {},
    problems: code === undefined ? [] : [{ code, text: `why ${code}` }],
    ...overrides,
  };
}

/** Each of the windows before, oldest first; undefined is a window in which the column was fine. */
function rulesAfter(past: readonly (ColumnProblem['code'] | undefined)[], now: ColumnStatistics) {
  return columnFaults([now], () => past.map((code) => row(code))).map(({ rule }) => rule);
}

const times = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value);

describe('faults of a column as a whole', () => {
  it.each(['column_vanished', 'type_changed', 'unreadable', 'column_new'] as const)('is told: %s', (code) => {
    expect(columnFaults([row(code)], () => [row(undefined)])).toEqual([
      { column: 'age', role: 'feature', rule: code, note: `why ${code}`, rows: 1000 },
    ]);
  });

  it.each(['column_vanished', 'type_changed', 'column_new'] as const)('needs no history: %s', (code) => {
    expect(rulesAfter([], row(code))).toEqual([code]);
  });

  it.each(['all_missing', 'label_missing', 'no_rows', 'segments_capped'] as const)('is not told here: %s', (code) => {
    expect(rulesAfter([undefined], row(code))).toEqual([]);
  });

  it('is one, though a column has several problems', () => {
    const problems = (['unreadable', 'type_changed', 'label_missing'] as const).map((code) => ({ code, text: code }));

    expect(rulesAfter([undefined], row(undefined, { problems }))).toEqual(['type_changed']);
  });

  it('is not told of segments, of traffic, and of windows without rows', () => {
    expect(rulesAfter([], row('column_vanished', { segment: 'west' }))).toEqual([]);
    expect(rulesAfter([], row('column_vanished', { column: '*', role: 'traffic' }))).toEqual([]);
    expect(rulesAfter([], row('column_vanished', { rows: 0 }))).toEqual([]);
  });

  it.each([
    { past: times(6, 'column_vanished' as const), rules: ['column_vanished'] },
    { past: times(7, 'column_vanished' as const), rules: [] },
    { past: [...times(14, undefined), ...times(14, 'column_vanished' as const)], rules: ['column_vanished'] },
    { past: [...times(13, undefined), ...times(15, 'column_vanished' as const)], rules: [] },
    { past: times(28, 'type_changed' as const), rules: ['column_vanished'] },
  ])('is a habit after more than half of the known windows, at least seven: $past', ({ past, rules }) => {
    expect(rulesAfter(past, row('column_vanished'))).toEqual(rules);
  });

  it('is not told of a column that was never readable', () => {
    expect(rulesAfter([], row('unreadable'))).toEqual([]);
    expect(rulesAfter(times(3, 'unreadable' as const), row('unreadable'))).toEqual([]);
    expect(rulesAfter(['unreadable', undefined, 'unreadable'], row('unreadable'))).toEqual(['unreadable']);
  });

  it.each([
    { rows: 9, told: [] },
    { rows: 10, told: ['has values of another type: 12 values'] },
  ])('counts values of another type from one in a hundred: $rows of 1,000', ({ rows, told }) => {
    const now = row(undefined, { problems: [{ code: 'type_changed', text: '12 values', rows }] });

    expect(columnFaults([now], () => [row(undefined)]).map(({ note }) => note)).toEqual(told);
  });

  it.each([
    { rows: 2, of: 100, told: [] },
    { rows: 3, of: 100, told: ['has `A` beside `a`, in 3 % of the rows'] },
    { rows: 9, of: 1000, told: [] },
    { rows: 10, of: 1000, told: ['has `A` beside `a`, in 1 % of the rows'] },
  ])('counts a second spelling from one in a hundred, and three rows: $rows of $of', ({ rows, of, told }) => {
    const problem = { code: 'spelling_changed', text: 'has `A` beside `a`', rows } as const;
    const now = row(undefined, { rows: of, problems: [problem] });

    expect(columnFaults([now], () => times(7, row(undefined))).map(({ note }) => note)).toEqual(told);
  });

  it('tells of a second spelling only where seven windows say that it is new', () => {
    expect(rulesAfter(times(6, undefined), row('spelling_changed'))).toEqual([]);
    expect(rulesAfter(times(7, undefined), row('spelling_changed'))).toEqual(['spelling_changed']);
    expect(rulesAfter(times(8, 'spelling_changed' as const), row('spelling_changed'))).toEqual([]);
  });

  it('asks for no history where nothing is wrong', () => {
    const refuse = () => {
      throw new Error('asked');
    };

    expect(columnFaults([row(undefined), row('all_missing')], refuse)).toEqual([]);
  });
});

describe('the finding of a fault', () => {
  const fault = { column: 'age', role: 'feature', rule: 'type_changed', note: 'why', rows: 1000 } as const;
  const of = (statistic: SeriesKey['statistic'], overrides: Partial<Detection> = {}): Detection => ({
    series: { segment: '', column: 'age', role: 'feature', statistic },
    window: WINDOW,
    value: 0.5,
    rows: 1000,
    isAnomaly: false,
    ...overrides,
  });
  const band = { isAnomaly: true, rule: 'band' } as const;

  it('is on the coverage, and the column has no other', () => {
    const forecast = { baseline: 1, lower: 0.9, upper: 1 };
    const detections = [of('mean', band), of('coverage', { ...band, forecast }), of('missing_rate')];

    expect(withColumnFaults(detections, [fault], WINDOW)).toEqual([
      of('mean'),
      of('coverage', { isAnomaly: true, rule: 'type_changed', note: 'why', forecast }),
      of('missing_rate'),
    ]);
  });

  it('is on the mean where the coverage is not watched, and silences the segments of the column only', () => {
    const segment = of('mean', { ...band, series: { ...of('mean').series, segment: 'west' } });
    const other = of('mean', { ...band, series: { ...of('mean').series, column: 'fare' } });

    const found = withColumnFaults([of('mean'), segment, other], [fault], WINDOW);

    expect(found.map(({ rule }) => rule)).toEqual(['type_changed', undefined, 'band']);
  });

  it('is on the unseen categories where a category is respelt, and leaves what is missing alone', () => {
    const detections = [of('missing_rate', band), of('unseen_share', band), of('coverage', band), of('entropy', band)];

    const found = withColumnFaults(detections, [{ ...fault, rule: 'spelling_changed' }], WINDOW);

    expect(found.map(({ rule }) => rule)).toEqual(['band', 'spelling_changed', 'band', undefined]);
  });

  it('has a series of its own, without a value, for a column that is not watched', () => {
    expect(withColumnFaults([], [{ ...fault, column: 'city', rule: 'column_new' }], WINDOW)).toEqual([
      {
        series: { segment: '', column: 'city', role: 'feature', statistic: 'coverage' },
        window: WINDOW,
        value: null,
        rows: 1000,
        isAnomaly: true,
        rule: 'column_new',
        note: 'why',
      },
    ]);
  });
});
