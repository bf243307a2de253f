import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Series, type SeriesKey, seriesName } from '../../src/domain/series.ts';
import { type ColumnStatistics, statisticNames } from '../../src/domain/statistic.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { day, days, seriesKey } from '../builders/detections.ts';
import { ANNA, AT, memoryStores, openBelow, registeredModel, settings } from './memory-stores.ts';

const FAR = Date.UTC(2100, 0, 1);
const FIRST_DAY = day(0);

function statisticsOf(overrides: Partial<ColumnStatistics> = {}): ColumnStatistics {
  return {
    window: FIRST_DAY,
    segment: '',
    column: 'age',
    role: 'feature',
    kind: 'numeric',
    rows: 1000,
    statistics: { mean: 41.5, coverage: 0.9 },
    problems: [],
    ...overrides,
  };
}

const carrier = (shares: Record<string, number>, window = day(0)): ColumnStatistics =>
  statisticsOf({ column: 'carrier', kind: 'categorical', statistics: {}, shares, window });

function values(series: readonly Series[]): Record<string, (number | null)[]> {
  return Object.fromEntries(series.map(({ key, points }) => [seriesName(key), points.map(({ value }) => value)]));
}

describe('statistics', () => {
  it.each<[string, Partial<ColumnStatistics>]>([
    ['every statistic', { statistics: Object.fromEntries(statisticNames.map((name, place) => [name, place + 0.25])) }],
    ['one that has no value, unlike one never asked for', { statistics: { mean: null, coverage: 0 } }],
    ['problems', { problems: [{ code: 'unreadable', text: 'a 10 MB string' }] }],
    ['a histogram', { histogram: { version: 3, counts: [0, 2, 998] } }],
    ['means of dimensions', { dimensionMeans: { 0: 0.5, 12: null } }],
    ['a segment', { segment: 'DE' }],
    ['shares', { column: 'carrier', kind: 'categorical', statistics: {}, shares: { ORD: 0.25, 'a"b]': 0 } }],
  ])('come back as they were stored: %s', (_case, overrides) => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const row = statisticsOf(overrides);

    stores.statistics.replaceWindows(id, [day(0)], [row]);

    expect(stores.statistics.window(id, day(0))).toEqual([row]);
  });

  it('take a traffic ratio that comes later, over all traffic only, and lose it again', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const traffic = (segment: string): ColumnStatistics => {
      const { kind: _none, ...row } = statisticsOf({ column: '*', role: 'traffic', segment });
      return { ...row, statistics: { traffic: 1000, traffic_ratio: null } };
    };
    const ratios = () => stores.statistics.window(id, day(0)).map(({ statistics }) => statistics.traffic_ratio);
    stores.statistics.replaceWindows(id, [day(0)], [traffic(''), traffic('DE'), statisticsOf()]);
    const before = stores.statistics.window(id, day(0));

    stores.statistics.putTrafficRatios(id, [
      { window: day(0), ratio: 0.25 },
      { window: day(1), ratio: 1 },
    ]);
    expect(ratios()).toEqual([0.25, null, undefined]);
    expect(stores.statistics.window(id, day(1))).toEqual([]);

    stores.statistics.putTrafficRatios(id, [{ window: day(0), ratio: null }]);
    expect(stores.statistics.window(id, day(0))).toEqual(before);
    expect(() => stores.statistics.putTrafficRatios(id, [{ window: day(0), ratio: Number.NaN }])).toThrow('finite');
  });

  it('tell the start of the first window', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const { kind: _none, ...traffic } = statisticsOf({ column: '*', role: 'traffic', statistics: { traffic: 0 } });
    expect(stores.statistics.firstWindowStart(id)).toBeUndefined();

    stores.statistics.replaceWindows(
      id,
      [day(4), day(2)],
      [
        { ...traffic, window: day(4) },
        { ...traffic, window: day(2) },
      ],
    );

    expect(stores.statistics.firstWindowStart(id)).toBe(day(2).startMs);
  });

  it('tell what was wrong with some columns over all traffic, and how many rows had it', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const problems = [{ code: 'type_changed', text: '3 of 9 values are no number', rows: 3 }] as const;
    const states = (columns: readonly string[], fromMs = 0, toMs = FAR) =>
      stores.statistics
        .states(id, columns, fromMs, toMs)
        .map((state) => [state.window.key, state.column, state.problems]);

    stores.statistics.replaceWindows(
      id,
      [day(0), day(1)],
      [
        statisticsOf({ window: day(1) }),
        statisticsOf({ window: day(0), problems }),
        statisticsOf({ window: day(0), segment: 'DE', problems }),
        statisticsOf({ window: day(0), column: 'carrier' }),
      ],
    );

    expect(states(['age'])).toEqual([
      [day(0).key, 'age', problems],
      [day(1).key, 'age', []],
    ]);
    expect(states(['age'], day(1).startMs)).toHaveLength(1);
    expect(states(['carrier', 'unknown'], 0, day(1).startMs)).toEqual([[day(0).key, 'carrier', []]]);
  });

  it('name the segments that had rows, those of the newest window first and the larger before the smaller', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const traffic = (segment: string, rows: number, window = day(0)) => {
      const { kind: _none, ...row } = statisticsOf({
        column: '*',
        role: 'traffic',
        statistics: {},
        segment,
        rows,
        window,
      });
      return row;
    };

    stores.statistics.replaceWindows(
      id,
      [day(0), day(1)],
      [
        ...[traffic('', 9), traffic('DE', 4), traffic('IT', 5), traffic('NO', 0)],
        ...[traffic('', 9, day(1)), traffic('DE', 9, day(1)), statisticsOf({ segment: 'FR' })],
      ],
    );

    expect(stores.statistics.segments(id, 0, FAR)).toEqual(['DE', 'IT']);
    expect(stores.statistics.segments(id, 0, day(1).startMs)).toEqual(['IT', 'DE']);
    expect(stores.statistics.segments(id, day(1).startMs, FAR)).toEqual(['DE']);
  });

  it('of traffic need no column to be put', () => {
    const stores = memoryStores();
    const { id } = stores.models.insert(settings(), ANNA, AT);
    const { kind: _none, ...traffic } = statisticsOf({ column: '*', role: 'traffic', statistics: { traffic: 1000 } });

    stores.statistics.replaceWindows(id, [day(0)], [traffic]);

    expect(stores.statistics.window(id, day(0))).toEqual([traffic]);
  });

  it('keep any finite number to the last bit', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

    fc.assert(
      fc.property(number, (mean) => {
        stores.statistics.replaceWindows(id, [day(0)], [statisticsOf({ statistics: { mean } })]);
        const [series] = stores.statistics.series(id, [seriesKey()], 0, FAR);
        expect(series?.points[0]?.value).toBe(mean);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a mean', statisticsOf({ statistics: { mean: Number.NaN } })],
    ['a share', carrier({ ORD: Number.POSITIVE_INFINITY })],
  ])('refuse %s that is no number instead of storing nothing', (_case, row) => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);

    expect(() => stores.statistics.replaceWindows(id, [day(0)], [row])).toThrow(
      expect.objectContaining({ code: 'store.failed' }),
    );
    expect(stores.statistics.windowStarts(id)).toEqual([]);
  });

  it('are the same after the same windows are replaced again', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const rows = days(3).flatMap((window) => [statisticsOf({ window }), carrier({ ORD: 1 }, window)]);
    stores.statistics.replaceWindows(id, days(3), rows);
    const before = days(3).map((window) => stores.statistics.window(id, window));

    stores.statistics.replaceWindows(id, days(3), rows);

    expect(days(3).map((window) => stores.statistics.window(id, window))).toEqual(before);
    expect(before.flat()).toHaveLength(6);
  });

  it('lose what a replaced window no longer has, and nothing else', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const other = registeredModel(stores, { slug: 'other' });
    for (const model of [id, other.id]) {
      const rows = [statisticsOf(), statisticsOf({ segment: 'DE' }), statisticsOf({ window: day(1) })];
      stores.statistics.replaceWindows(model, days(2), rows);
    }

    stores.statistics.replaceWindows(id, [day(0)], [carrier({})]);

    expect(stores.statistics.window(id, day(0)).map(({ column }) => column)).toEqual(['carrier']);
    expect(stores.statistics.window(id, day(1))).toHaveLength(1);
    expect(stores.statistics.window(other.id, day(0))).toHaveLength(2);
  });

  it('list the windows they are of', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const rows = [4, 0, 2].map((index) => statisticsOf({ window: day(index) }));

    stores.statistics.replaceWindows(id, days(5), [...rows, carrier({}, day(2))]);

    expect(stores.statistics.windowStarts(id)).toEqual([0, 2, 4].map((index) => day(index).startMs));
  });

  it.each([
    ['a column that was never put', [statisticsOf({ column: 'nobody' })], /column "nobody"/],
    ['a window that is not replaced', [statisticsOf({ window: day(7) })], /age in 2026-01-08/],
    ['the same column twice', [statisticsOf(), statisticsOf()], /UNIQUE/],
  ])('refuse %s and change nothing', (_case, rows, message) => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    stores.statistics.replaceWindows(id, [day(0)], [statisticsOf({ rows: 5 })]);

    const replace = () => stores.statistics.replaceWindows(id, [day(0)], rows);

    expect(replace).toThrow(expect.objectContaining({ code: 'store.failed', message: expect.stringMatching(message) }));
    expect(stores.statistics.window(id, day(0)).map(({ rows: count }) => count)).toEqual([5]);
  });

  it('name the row that cannot be read', () => {
    const { client, stores } = openBelow();
    const { id } = registeredModel(stores);
    stores.statistics.replaceWindows(id, [day(0)], [carrier({ ORD: 1 })]);
    client.sqlite.exec(`update statistics set shares = '{"ORD":"half"}'`);

    expect(() => stores.statistics.window(id, day(0))).toThrow(
      /row of column \d+ in 2026-01-01 of the table statistics/,
    );
  });
});

describe('series', () => {
  function withThreeDays(): { readonly stores: Stores; readonly id: ReturnType<typeof registeredModel>['id'] } {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const rows = days(3).flatMap((window, index) => [
      statisticsOf({ window, statistics: { mean: index, q50: index === 1 ? null : index * 10 } }),
      statisticsOf({ window, segment: 'DE', statistics: { mean: 1 - index } }),
      carrier(index === 1 ? { ORD: 0.5 } : { ORD: 0.4, JFK: 0.1 }, window),
    ]);
    stores.statistics.replaceWindows(id, days(3), rows);
    return { stores, id };
  }

  it('hold the points of each key in time order, in the order of the keys', () => {
    const { stores, id } = withThreeDays();
    const keys: SeriesKey[] = [
      seriesKey({ statistic: 'q50' }),
      seriesKey({ segment: 'DE' }),
      seriesKey({ column: 'carrier', statistic: 'share[JFK]' }),
      seriesKey(),
      seriesKey({ column: 'carrier', statistic: 'share[ORD]' }),
    ];

    const series = stores.statistics.series(id, keys, 0, FAR);

    expect(series.map(({ key }) => key)).toEqual(keys);
    expect(values(series)).toEqual({
      'age.q50': [0, null, 20],
      'DE/age.mean': [1, 0, -1],
      'carrier.share[JFK]': [0.1, null, 0.1],
      'age.mean': [0, 1, 2],
      'carrier.share[ORD]': [0.4, 0.5, 0.4],
    });
    expect(series[3]?.points[1]).toEqual({ window: day(1), value: 1, rows: 1000 });
  });

  it('begin with the first instant and end before the last', () => {
    const { stores, id } = withThreeDays();

    const series = stores.statistics.series(id, [seriesKey()], day(1).startMs, day(2).startMs);

    expect(values(series)).toEqual({ 'age.mean': [1] });
  });

  it('are empty for columns, segments and models without statistics', () => {
    const { stores, id } = withThreeDays();
    const other = registeredModel(stores, { slug: 'other' });

    const unknown = [seriesKey({ column: 'nobody' }), seriesKey({ segment: 'FR' })];

    expect(stores.statistics.series(id, unknown, 0, FAR).map(({ points }) => points)).toEqual([[], []]);
    expect(stores.statistics.series(other.id, [seriesKey()], 0, FAR)[0]?.points).toEqual([]);
    expect(stores.statistics.series(id, [], 0, FAR)).toEqual([]);
  });

  it('of statistics that were never computed have windows without values', () => {
    const { stores, id } = withThreeDays();

    const series = stores.statistics.series(id, [seriesKey({ statistic: 'entropy' })], 0, FAR);

    expect(values(series)).toEqual({ 'age.entropy': [null, null, null] });
  });

  it('read 1,000 columns over 60 windows as one', () => {
    const stores = memoryStores();
    const { id } = stores.models.insert(settings(), ANNA, AT);
    const names = Array.from({ length: 1000 }, (_, index) => `f${index}`);
    stores.models.putColumns(
      id,
      names.map((name) => ({ name, role: 'feature', kind: 'numeric' })),
      [],
    );
    for (const [index, window] of days(60).entries()) {
      const rows = names.map((column) => statisticsOf({ window, column, statistics: { mean: index } }));
      stores.statistics.replaceWindows(id, [window], rows);
    }
    const keys = names.flatMap((column) => [seriesKey({ column }), seriesKey({ column, statistic: 'coverage' })]);

    const series = stores.statistics.series(id, keys, 0, FAR);

    expect(series).toHaveLength(2000);
    expect(series.every(({ points }) => points.length === 60)).toBe(true);
    expect(series.at(-2)?.points.map(({ value }) => value)).toEqual(days(60).map((_, index) => index));
  });

  it('of references come back by version, the newest replacing one of its own', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const age = { column: 'age', counts: [0, 1, 0, 4], mean: 2, standardDeviation: 0.1, minimum: -1, maximum: 1e308 };
    const numeric = { ...age, bins: { kind: 'numeric', edges: [0.1, 1e-300], defaultValue: 0 } } as const;
    const categories = ['a"b', '🦊'];
    const listed = { ...age, bins: { kind: 'categorical', categories, known: categories } } as const;
    const first = { version: 1, builtAt: AT, appliesFromMs: day(10).startMs, windows: 7 };
    const second = { version: 2, builtAt: AT, appliesFromMs: day(31).startMs, windows: 28 };

    stores.statistics.putReference(id, first, [listed]);
    stores.statistics.putReference(id, first, [numeric, { ...listed, column: 'carrier', mean: null }]);
    stores.statistics.putReference(id, second, [numeric]);

    expect(stores.statistics.references(id)).toEqual([first, second]);
    expect(stores.statistics.referenceColumns(id, 1)).toEqual([numeric, { ...listed, column: 'carrier', mean: null }]);
    expect(stores.statistics.referenceColumns(id, 3)).toEqual([]);
    expect(stores.statistics.referenceColumn(id, 2, 'age')).toEqual(numeric);
    expect(stores.statistics.referenceColumn(id, 2, 'carrier')).toBeUndefined();
    expect(stores.statistics.referenceColumn(id, 1, 'nobody')).toBeUndefined();
  });

  it('of one column in one segment come back whole, in order, and without their neighbours', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const rowsOf = (index: number) => [
      statisticsOf({ window: day(index), histogram: { version: 1, counts: [index, 3] } }),
      statisticsOf({ window: day(index), segment: 'DE' }),
      carrier({ AA: 1 }, day(index)),
    ];
    for (const index of [2, 0, 1, 3]) stores.statistics.replaceWindows(id, [day(index)], rowsOf(index));

    const of = (column: string, segment: string) =>
      stores.statistics.column(id, { column, segment, fromMs: day(1).startMs, toMs: day(3).startMs });

    expect(of('age', '')).toEqual([rowsOf(1)[0], rowsOf(2)[0]]);
    expect(of('age', 'DE')).toHaveLength(2);
    expect(of('nobody', '')).toEqual([]);
  });
});
