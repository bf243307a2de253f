import { describe, expect, it } from 'vitest';
import { rankingFigures } from '../../../src/detection/evaluation/ranked-figures.ts';
import { shareOutsideBand } from '../../../src/detection/evaluation/share-outside-band.ts';
import { warmUpWindows } from '../../../src/detection/evaluation/warm-up.ts';
import { type EvaluationSet, type JudgedGrid, rankDetector } from '../../../src/detection/index.ts';
import { seriesOf } from './builders.ts';

/** 28 windows of warm-up, then 12. */
const LENGTH = 40;
const at = (places: readonly number[], value: number, rest: number): number[] => {
  return Array.from({ length: LENGTH }, (_, place) => (places.includes(place) ? value : rest));
};

const set = (more: Parameters<typeof seriesOf>[1], values = at([], 0, 1)): EvaluationSet => {
  return { name: 'x', granularity: 'day', series: [seriesOf(values, more)] };
};

describe('figures that need no threshold', () => {
  const labels = Uint8Array.from(at([30, 35], 1, 0));

  it('count an event that could not be scored as missed', () => {
    const scores = Float64Array.from(at([30], 9, 0)).map((score, place) => (place === 35 ? Number.NaN : score));

    const figures = rankingFigures(set({ labels }), [{ scores }]);

    expect(figures.events).toBe(2);
    expect(figures.recallAtBudgets).toEqual([2, 5, 20].map((budget) => ({ budget, recall: 0.5 })));
    expect(figures.scorable).toBeCloseTo(11 / 12);
    expect(figures.baseRate).toBeCloseTo(2 / 12);
    expect(figures.outsideBand).toBeNull();
  });

  it('leave windows without a value out of the scorable share', () => {
    const values = at([38, 39], Number.NaN, 1);
    const scores = Float64Array.from(values);

    expect(rankingFigures(set({ labels }, values), [{ scores }]).scorable).toBe(1);
  });
});

describe('the share outside the band', () => {
  it('counts unlabelled windows after the warm-up with a band only', () => {
    const labels = Uint8Array.from(at([30], 1, 0));
    const values = at([5, 30, 31, 32, 33], 9, 1);
    const lower = Float64Array.from(at([33], Number.NaN, 0));
    const upper = Float64Array.from(at([], 0, 2));

    // 12 windows: one labelled, one without a band, 31 and 32 outside.
    expect(shareOutsideBand(set({ labels }, values), [{ scores: new Float64Array(LENGTH), lower, upper }])).toBeCloseTo(
      2 / 10,
    );
  });
});

describe('the warm-up', () => {
  it('is four weeks of days, and of hours a week or 15 %, whichever is less', () => {
    expect(warmUpWindows(365, 'day')).toBe(28);
    expect(warmUpWindows(10, 'day')).toBe(10);
    expect(warmUpWindows(10_000, 'hour')).toBe(168);
    expect(warmUpWindows(200, 'hour')).toBe(30);
  });
});

describe('what a detector ranks by', () => {
  const grid = seriesOf([10, 13, 30, 30, Number.NaN]);
  const judged: JudgedGrid = {
    baseline: Float64Array.of(10, 10, 10, 10, Number.NaN),
    lower: Float64Array.of(8, 8, 8, 8, Number.NaN),
    upper: Float64Array.of(12, 12, 12, 12, Number.NaN),
    score: Float64Array.of(0.9, 0.9, 0.9, 0.1, Number.NaN),
    severity: Float64Array.of(0, 1.5, 10, 12, Number.NaN),
    tail: Float64Array.of(1, 0.01, 1e-12, 1e-12, Number.NaN),
    anomalies: Uint8Array.of(0, 1, 1, 0, 0),
  };

  it('is the probability, or the distance in widths of the band', () => {
    expect([...rankDetector(grid, judged, 'probability').scores]).toEqual([0.9, 0.9, 0.9, 0.1, Number.NaN]);
    expect([...rankDetector(grid, judged, 'severity').scores]).toEqual([0, 0.75, 5, 5, Number.NaN]);
  });

  it('is the rarity on healthy windows, and among equally rare ones the severity', () => {
    const { scores, tail, alerts } = rankDetector(grid, judged, 'tail');

    expect([...scores].map((one) => Math.round(one))).toEqual([0, 2, 12, 12, Number.NaN]);
    expect((scores[3] ?? 0) - (scores[2] ?? 0)).toBeGreaterThan(0);
    expect(tail).toBe(judged.tail);
    expect(alerts).toBe(judged.anomalies);
  });

  it('puts windows that a stage does not call anomalous last, still in order', () => {
    const { scores } = rankDetector(grid, judged, 'gated');

    expect([...scores.subarray(0, 4)]).toEqual([0.9e-6, 0.75, 5, 0.1e-6].map((one) => expect.closeTo(one, 9)));
    expect(scores[4]).toBeNaN();
  });
});
