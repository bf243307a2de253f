import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryCounts } from '../../src/alerting/category-rows.ts';
import { type ComparisonInput, comparisonChart } from '../../src/alerting/comparison-chart.ts';
import { valueBars } from '../../src/alerting/value-bars.ts';
import { placeValues } from '../../src/alerting/value-pieces.ts';
import type { Bins, ReferenceColumn } from '../../src/domain/profile.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import { day } from '../builders/detections.ts';

function referenceOf(bins: Bins): ReferenceColumn {
  return { column: 'age', bins, counts: [], mean: null, standardDeviation: null, minimum: null, maximum: null };
}

const numeric = referenceOf({ kind: 'numeric', edges: [9.999, 20.5, 30.5, 40], defaultValue: 0 });

function row(index: number, overrides: Partial<ColumnStatistics> = {}): ColumnStatistics {
  return {
    window: day(index),
    segment: '',
    column: 'age',
    role: 'feature',
    kind: 'numeric',
    rows: 100,
    statistics: { minimum: 10, maximum: 40 },
    // missing, default, non-finite, up to 9.999, up to 20.5, up to 30.5, up to 40, beyond
    histogram: { version: 1, counts: [10, 0, 0, 0, 30, 30, 30, 0] },
    problems: [],
    ...overrides,
  };
}

function input(rows: readonly ColumnStatistics[], overrides: Partial<ComparisonInput> = {}): ComparisonInput {
  const last = rows.at(-1)?.window.startMs ?? 0;
  const starts = rows.map(({ window }) => window.startMs);
  return {
    zone: 'UTC',
    title: 'age',
    rows,
    usual: new Set(starts.filter((start) => start !== last)),
    now: new Set([last]),
    references: new Map([[1, numeric]]),
    ...overrides,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the spread of a numeric column, usual and now', () => {
  it('is of the windows in question beside healthy ones, which are all counted', () => {
    const bad = row(3, {
      statistics: { minimum: 10, maximum: 80 },
      histogram: { version: 1, counts: [40, 0, 0, 0, 0, 0, 0, 60] },
    });

    const chart = comparisonChart(input([row(0), row(1), row(2), bad]));

    expect(chart).toMatchObject({
      kind: 'histogram',
      usual: { windows: 3, from: day(0), to: day(2) },
      now: { from: day(3) },
    });
    if (chart?.kind !== 'histogram') throw new Error('a histogram');
    expect(chart.rest).toEqual([{ label: 'missing', role: 'rest', usual: 0.1, now: 0.4 }]);
    const part = (of: 'usual' | 'now', from: number) =>
      sum(chart.bars.filter(({ lower }) => lower >= from).map((bar) => bar[of]));
    expect(part('usual', 40)).toBeCloseTo(0, 6);
    expect(part('now', 40)).toBeCloseTo(0.6, 6);
  });

  it('has bars at round places that hold all rows but those that are told beside them', () => {
    const chart = comparisonChart(input([row(0), row(1)]));

    if (chart?.kind !== 'histogram') throw new Error('a histogram');
    const [first] = chart.bars;
    const width = (first?.upper ?? 0) - (first?.lower ?? 0);
    expect(width).toBeCloseTo(1, 9);
    expect(chart.bars.every(({ lower }) => Math.abs(lower / width - Math.round(lower / width)) < 1e-9)).toBe(true);
    expect(sum(chart.bars.map(({ usual }) => usual))).toBeCloseTo(0.9, 9);
  });

  it('keeps whole numbers on their own bars: 1, 2 and 3 of a die stay apart', () => {
    const die = referenceOf({ kind: 'numeric', edges: [0.999, 1, 2, 3], defaultValue: 0 });
    const thrown = (index: number, counts: readonly number[]) =>
      row(index, {
        rows: 60,
        statistics: { minimum: 1, maximum: 3 },
        histogram: { version: 1, counts: [0, 0, 0, 0, ...counts, 0] },
      });

    const chart = comparisonChart(
      input([thrown(0, [20, 20, 20]), thrown(1, [30, 0, 30])], { references: new Map([[1, die]]) }),
    );

    if (chart?.kind !== 'histogram') throw new Error('a histogram');
    const bars = chart.bars.map(({ lower, upper, usual, now }) => [lower, upper, usual, now]);
    expect(bars.map(([lower, upper]) => [lower, upper])).toEqual([
      [0.5, 1.5],
      [1.5, 2.5],
      [2.5, 3.5],
    ]);
    expect(bars.map(([, , usual]) => usual)).toEqual([1 / 3, 1 / 3, 1 / 3].map((part) => expect.closeTo(part, 9)));
    expect(bars.map(([, , , now]) => now)).toEqual([0.5, 0, 0.5].map((part) => expect.closeTo(part, 9)));
  });

  it('puts a reference of another version on the same line', () => {
    const other = referenceOf({ kind: 'numeric', edges: [9.9, 25.25, 40], defaultValue: 0 });
    const newer = row(1, { histogram: { version: 2, counts: [10, 0, 0, 0, 45, 45, 0] } });

    const chart = comparisonChart(
      input([row(0), newer], {
        references: new Map([
          [1, numeric],
          [2, other],
        ]),
      }),
    );

    if (chart?.kind !== 'histogram') throw new Error('a histogram');
    expect(sum(chart.bars.map(({ now }) => now))).toBeCloseTo(0.9, 9);
  });

  it('is not squeezed by one outlier', () => {
    const wild = row(1, {
      statistics: { minimum: 10, maximum: 1e9, q99: 55 },
      histogram: { version: 1, counts: [0, 0, 0, 0, 33, 33, 30, 4] },
    });

    const chart = comparisonChart(input([row(0), wild]));

    if (chart?.kind !== 'histogram') throw new Error('a histogram');
    expect(chart.bars.at(-1)?.upper).toBeLessThanOrEqual(60);
  });

  it('draws a column of one value, and one that has none any more', () => {
    const constant = referenceOf({ kind: 'numeric', edges: [7 - 1e-15, 7], defaultValue: 0 });
    const of = (index: number, counts: readonly number[]) =>
      row(index, { statistics: { minimum: 7, maximum: 7 }, histogram: { version: 1, counts } });
    const gone = { ...of(1, [100, 0, 0, 0, 0, 0]), statistics: { minimum: null, maximum: null } };

    const chart = comparisonChart(input([of(0, [0, 0, 0, 0, 100, 0]), gone], { references: new Map([[1, constant]]) }));

    if (chart?.kind !== 'histogram') throw new Error('a histogram');
    expect(sum(chart.bars.map(({ usual }) => usual))).toBeCloseTo(1, 9);
    expect(chart.rest).toEqual([{ label: 'missing', role: 'rest', usual: 0, now: 1 }]);
  });

  it.each([
    ['no healthy window', input([row(0)])],
    ['only windows without rows', input([row(0, { rows: 0 }), row(1)])],
    ['no reference', input([row(0), row(1)], { references: new Map() })],
    ['histograms of other bins', input([row(0), row(1, { histogram: { version: 1, counts: [1, 2] } })])],
  ])('is nothing with %s', (_, given) => {
    expect(comparisonChart(given)).toBeUndefined();
  });
});

describe('pieces and bars', () => {
  it('narrow the outer bins by the extremes and the quantiles of the window', () => {
    const placed = placeValues(
      row(0, {
        statistics: { minimum: 12, maximum: 90, q99: 50 },
        histogram: { version: 1, counts: [0, 0, 0, 0, 40, 30, 10, 20] },
      }),
      numeric,
    );

    expect(placed?.pieces).toEqual([
      { from: 12, to: 20.5, rows: 40 },
      { from: 20.5, to: 30.5, rows: 30 },
      { from: 30.5, to: 40, rows: 10 },
      { from: 40, to: 50, rows: 19 },
      { from: 50, to: 90, rows: 1 },
    ]);
  });

  it('lose no row and are finite, whatever the pieces', () => {
    const end = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
    const piece = fc
      .tuple(end, end, fc.integer({ min: 1, max: 1000 }))
      .map(([a, b, rows]) => ({ from: Math.min(a, b), to: Math.max(a, b), rows }));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.boolean(), (pieces, isWhole) => {
        const period = { pieces, rows: sum(pieces.map(({ rows }) => rows)) };

        const { bars, below, above } = valueBars(period, period, isWhole);

        expect(bars.length).toBeLessThanOrEqual(64);
        const total = sum(bars.map(({ now }) => now)) + below.now + above.now;
        expect(total).toBeCloseTo(1, 6);
        for (const bar of bars) expect(bar.upper).toBeGreaterThan(bar.lower);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the categories of a column, usual and now', () => {
  const plans = referenceOf({
    kind: 'categorical',
    categories: ['basic', 'pro', ''],
    known: ['basic', 'pro', '', 'old'],
  });
  // missing, unseen, smaller known ones, then basic, pro and the empty one
  const of = (index: number, counts: readonly number[], overrides: Partial<ColumnStatistics> = {}) =>
    row(index, { kind: 'categorical', statistics: {}, histogram: { version: 1, counts }, ...overrides });
  const references = new Map([[1, plans]]);

  it('stand by what is usual, then others, unseen and missing ones', () => {
    const chart = comparisonChart(
      input([of(0, [10, 0, 10, 50, 20, 10]), of(1, [0, 40, 0, 10, 50, 0])], { references }),
    );

    expect(chart).toMatchObject({
      kind: 'shares',
      rows: [
        { label: 'basic', role: 'value', usual: 0.5, now: 0.1 },
        { label: 'pro', role: 'value', usual: 0.2, now: 0.5 },
        { label: '(empty)', role: 'value', usual: 0.1, now: 0 },
        { label: 'all others', role: 'others', usual: 0.1, now: 0 },
        { label: 'never seen before', role: 'rest', usual: 0, now: 0.4 },
        { label: 'missing', role: 'rest', usual: 0.1, now: 0 },
      ],
    });
  });

  it('fold into others beyond eight, but for the one that is asked about', () => {
    const names = Array.from({ length: 12 }, (_, index) => `plan ${index}`);
    const many = referenceOf({ kind: 'categorical', categories: names, known: names });
    const counts = [0, 0, 0, ...names.map((_, index) => 12 - index)];
    const rows = [of(0, counts, { rows: 78 }), of(1, counts, { rows: 78 })];

    const chart = comparisonChart(input(rows, { references: new Map([[1, many]]), category: 'plan 11' }));

    if (chart?.kind !== 'shares') throw new Error('shares');
    expect(chart.rows.map(({ label }) => label)).toEqual([...names.slice(0, 7), 'plan 11', 'all others']);
    expect(sum(chart.rows.map(({ now }) => now))).toBeCloseTo(1, 9);
  });

  it('come from the shares where there is no histogram, as in a segment', () => {
    const { histogram: _none, ...plain } = row(0, {
      kind: 'categorical',
      shares: { basic: 0.6, pro: 0.2 },
      statistics: { missing_rate: 0.1, unseen_share: 0.05 },
    });

    const counts = categoryCounts(plain, undefined);

    expect(counts).toMatchObject({ missing: 10, unseen: 5, others: expect.closeTo(5, 9), rows: 100 });
  });

  it('are true and false of a boolean column', () => {
    const flag = referenceOf({ kind: 'boolean' });
    const chart = comparisonChart(
      input([of(0, [0, 0, 90, 10]), of(1, [0, 0, 20, 80])], { references: new Map([[1, flag]]) }),
    );

    expect(chart).toMatchObject({
      rows: [
        { label: 'true', usual: 0.9, now: 0.2 },
        { label: 'false', usual: 0.1, now: 0.8 },
      ],
    });
  });
});
