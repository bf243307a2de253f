import { describe, expect, it } from 'vitest';
import { findingCharts } from '../../src/alerting/index.ts';
import type { Model } from '../../src/domain/model.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { anomaly, finding, report } from '../builders/reports.ts';
import { memoryDatabase, registeredModel } from '../builders/stores.ts';

const LAST = 30;

function statistics(index: number, column: string, overrides: Partial<ColumnStatistics> = {}): ColumnStatistics {
  return {
    window: day(index),
    segment: '',
    column,
    role: 'feature',
    kind: column === 'age' ? 'numeric' : 'categorical',
    rows: 100,
    statistics: { mean: 40, coverage: 1, minimum: 20, maximum: 60 },
    problems: [],
    ...overrides,
  };
}

/** Thirty days of two columns; the last two days of age are bad, day 10 was bad too. */
function filled(): { stores: Stores; model: Model } {
  const { stores } = memoryDatabase();
  const model = registeredModel(stores);
  for (let index = 0; index <= LAST; index += 1) {
    const isBad = index >= LAST - 1;
    stores.statistics.replaceWindows(
      model.id,
      [day(index)],
      [
        statistics(index, 'age', {
          histogram: { version: 1, counts: isBad ? [100, 0, 0, 0, 0, 0] : [0, 0, 0, 0, 100, 0] },
        }),
        statistics(index, 'plan', { shares: isBad ? { pro: 1 } : { basic: 0.5, pro: 0.5 } }),
      ],
    );
    const isAnomaly = isBad || index === 10;
    const [detection] = detectionsOf([isAnomaly ? 1 : 0]);
    if (detection !== undefined) {
      stores.detections.replaceWindow(model.id, day(index), [{ ...detection, window: day(index) }], 'paper');
    }
  }
  stores.statistics.putReference(model.id, { version: 1, builtAt: 0, appliesFromMs: day(0).startMs, windows: 28 }, [
    {
      column: 'age',
      bins: { kind: 'numeric', edges: [19, 60], defaultValue: 0 },
      counts: [0, 0, 0, 0, 100, 0],
      mean: 40,
      standardDeviation: 9,
      minimum: 20,
      maximum: 60,
    },
  ]);
  return { stores, model };
}

describe('the pictures of a finding', () => {
  it('are its series and how its values were spread, without the bad days among the healthy ones', () => {
    const { stores, model } = filled();

    const charts = findingCharts({ stores }, report({ modelId: model.id }), finding());

    expect(charts.map(({ kind }) => kind)).toEqual(['series', 'histogram']);
    expect(charts[1]).toMatchObject({
      title: 'age',
      usual: { from: day(1), to: day(28), windows: 27 },
      now: { from: day(29), to: day(30), windows: 2 },
      rest: [{ label: 'missing', usual: 0, now: 1 }],
    });
  });

  it('show the category that a share is about', () => {
    const { stores, model } = filled();
    const series = seriesKey({ column: 'plan', statistic: 'share[basic]' });

    const charts = findingCharts({ stores }, report({ modelId: model.id }), finding({ worst: anomaly({ series }) }));

    expect(charts.at(-1)).toMatchObject({
      kind: 'shares',
      rows: [
        { label: 'pro', usual: 0.5, now: 1 },
        { label: 'basic', usual: 0.5, now: 0 },
      ],
    });
  });

  it.each([
    ['traffic', { column: '*', role: 'traffic', statistic: 'traffic' }],
    ['a column that nobody knows', { column: 'gone' }],
  ] as const)('are none but the series for %s', (_, series) => {
    const { stores, model } = filled();

    const charts = findingCharts(
      { stores },
      report({ modelId: model.id }),
      finding({ worst: anomaly({ series: seriesKey(series) }) }),
    );

    expect(charts.filter(({ kind }) => kind !== 'series')).toEqual([]);
  });
});
