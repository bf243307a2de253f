import { describe, expect, it } from 'vitest';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import { type Window, windowsBetween } from '../../src/domain/window.ts';
import { refreshTrafficRatios, withTrafficRatios } from '../../src/statistics/index.ts';
import { day } from '../builders/detections.ts';
import { openBelow, registeredModel } from '../db/memory-stores.ts';

const TRAFFIC_RATIO = { segment: '', column: '*', role: 'traffic', statistic: 'traffic_ratio' } as const;

function group() {
  const { client, stores } = openBelow();
  const storing = withTrafficRatios(stores);
  return {
    stores,
    member(slug: string, overrides: Partial<ModelSettings> = {}): Model {
      return registeredModel(stores, { slug, zone: 'UTC', group: 'search', ...overrides });
    },
    /** Stores windows with so many rows each. */
    put(model: Model, windows: readonly Window[], rows: number): void {
      storing.replaceWindows(
        model.id,
        windows,
        windows.flatMap((window) => ['', 'DE'].map((segment) => traffic(window, segment, rows))),
      );
    },
    ratios(model: Model): (number | null)[] {
      const [series] = stores.statistics.series(model.id, [TRAFFIC_RATIO], 0, Number.MAX_SAFE_INTEGER);
      return series?.points.map(({ value }) => value) ?? [];
    },
    retire(model: Model): void {
      client.sqlite.prepare('update models set retired_at = 1 where id = ?').run(model.id);
    },
  };
}

function traffic(window: Window, segment: string, rows: number): ColumnStatistics {
  const statistics = { traffic: rows, traffic_ratio: null };
  return { window, segment, column: '*', role: 'traffic', rows, statistics, problems: [] };
}

describe('traffic ratios', () => {
  it('are shares of two models once both have their window', () => {
    const { member, put, ratios } = group();
    const [a, b] = [member('a'), member('b')];

    put(a, [day(0)], 100);
    expect(ratios(a)).toEqual([null]);
    put(b, [day(0)], 300);

    expect(ratios(a)).toEqual([0.25]);
    expect(ratios(b)).toEqual([0.75]);
  });

  it('wait for the last of three', () => {
    const { member, put, ratios } = group();
    const [a, b, c] = [member('a'), member('b'), member('c')];
    put(a, [day(0), day(1)], 100);
    put(b, [day(0), day(1)], 100);
    expect(ratios(a)).toEqual([null, null]);

    put(c, [day(0)], 200);

    expect(ratios(a)).toEqual([0.25, null]);
    expect(ratios(c)).toEqual([0.5]);
    put(c, [day(1)], 0);
    expect(ratios(b)).toEqual([0.25, 0.5]);
    expect(ratios(c)).toEqual([0.5, 0]);
  });

  it('follow a window that is computed again, for all of the group', () => {
    const { member, put, ratios } = group();
    const [a, b] = [member('a'), member('b')];
    put(a, [day(0), day(1)], 100);
    put(b, [day(0), day(1)], 100);

    put(a, [day(1)], 300);

    expect(ratios(a)).toEqual([0.5, 0.75]);
    expect(ratios(b)).toEqual([0.5, 0.25]);
  });

  it('count a model from its first window on, also when that is known later', () => {
    const { member, put, ratios } = group();
    const a = member('a');
    put(a, [day(0), day(1)], 100);
    expect(ratios(a)).toEqual([1, 1]);
    const late = member('late');
    put(a, [day(2)], 100);
    expect(ratios(a)).toEqual([1, 1, null]);

    put(late, [day(1), day(2)], 100);
    expect(ratios(a)).toEqual([1, 0.5, 0.5]);

    put(late, [day(0)], 300);
    expect(ratios(a)).toEqual([0.25, 0.5, 0.5]);
  });

  it('heal where a model turned out to begin later', () => {
    const { member, put, ratios } = group();
    const [a, late] = [member('a'), member('late')];
    put(a, [day(0), day(1)], 100);
    expect(ratios(a)).toEqual([null, null]);

    put(late, [day(1)], 100);

    expect(ratios(a)).toEqual([1, 0.5]);
  });

  it('leave retired models and other groups out', () => {
    const { member, put, ratios, retire, stores } = group();
    const [a, b, gone] = [member('a'), member('b'), member('gone')];
    const other = member('other', { group: 'feed' });
    for (const model of [a, b, gone, other]) put(model, [day(0)], 100);
    expect(ratios(a)[0]).toBeCloseTo(1 / 3, 12);
    expect(ratios(other)).toEqual([1]);

    retire(gone);
    put(b, [day(0)], 100);

    expect(ratios(a)).toEqual([0.5]);
    expect(refreshTrafficRatios(stores, b, [day(0)])).toBe(0);
  });

  it('have no value for a model without a group, nor within a segment', () => {
    const { put, ratios, stores } = group();
    const single = registeredModel(stores, { slug: 'single' });
    put(single, [day(0)], 100);

    expect(ratios(single)).toEqual([null]);
    expect(stores.statistics.window(single.id, day(0))[0]?.statistics).toEqual({ traffic: 100, traffic_ratio: null });
  });

  it('meet where hours fill a day, and have no value where windows only overlap', () => {
    const { member, put, ratios } = group();
    const daily = member('daily');
    const hourly = member('hourly', { granularity: 'hour' });
    const hours = windowsBetween(day(0).startMs, day(0).endMs, 'UTC', 'hour');
    put(daily, [day(0)], 240);
    put(hourly, hours.slice(0, 23), 10);
    expect(ratios(daily)).toEqual([null]);

    put(hourly, hours.slice(23), 10);

    expect(ratios(daily)).toEqual([0.5]);
    expect(new Set(ratios(hourly))).toEqual(new Set([null]));
  });

  it('have no value between days of different zones', () => {
    const { member, put, ratios } = group();
    const [utc, berlin] = [member('utc'), member('berlin', { zone: 'Europe/Berlin' })];
    put(berlin, windowsBetween(day(0).startMs, day(2).startMs, 'Europe/Berlin', 'day'), 100);

    put(utc, [day(0), day(1)], 100);

    expect(ratios(utc)).toEqual([null, null]);
  });

  it('are kept with the rows or not at all', () => {
    const { member, put, stores } = group();
    const [a, b] = [member('a'), member('b')];
    put(a, [day(0)], 100);
    const broken = withTrafficRatios({
      ...stores,
      statistics: {
        ...stores.statistics,
        putTrafficRatios: () => {
          throw new Error('disk full');
        },
      },
    });

    expect(() => broken.replaceWindows(b.id, [day(0)], [traffic(day(0), '', 100)])).toThrow('disk full');

    expect(stores.statistics.window(b.id, day(0))).toEqual([]);
  });
});
