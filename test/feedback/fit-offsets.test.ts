import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SHIFT, offsetNames, realProbability, shiftOf, verdictShift } from '../../src/domain/correction.ts';
import type { Label } from '../../src/domain/label.ts';
import { NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import { fitOffsets } from '../../src/feedback/learning/fit-offsets.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { label, seen } from '../builders/labels.ts';

const votes = (count: number, overrides: (index: number) => Partial<Label> = () => ({})): Label[] =>
  Array.from({ length: count }, (_, index) =>
    label({ window: day(index), incident: `report:${index}`, ...overrides(index) }),
  );
const shift = (labels: readonly Label[], place: Label = label()) =>
  shiftOf(fitOffsets(labels, undefined), place.seen, place);
const REAL = (): Partial<Label> => ({ verdict: 'real' });
const other = { plan: label({ series: seriesKey({ column: 'plan' }) }), below: label({ isAbove: false }) };

describe('offsets from labels', () => {
  it('are nothing without labels', () => {
    expect(fitOffsets([], undefined)).toEqual(NOTHING_LEARNED);
  });

  it('move one series and side with votes on it, and nothing else by a bit', () => {
    const labels = votes(5);

    expect(shift(labels)).toBeLessThan(-0.5);
    expect(shift(labels, other.plan)).toBe(0);
    expect(shift(labels, other.below)).toBe(0);
    expect(shift(labels, label({ model: 'fraud' }))).toBe(0);
  });

  it('move the kind with many votes on columns of it, and no other kind', () => {
    const coverage = (count: number) =>
      votes(count, (index) => ({ series: seriesKey({ column: `c${index}`, statistic: 'coverage' }) }));
    // Of the mean as much is real, so that it is not the model that is noisy.
    const means = votes(30, (index) => ({
      ...{ incident: `report:m${index}`, verdict: 'real', series: seriesKey({ column: `c${index}` }) },
    }));
    const unvoted = (statistic: 'coverage' | 'mean') => label({ series: seriesKey({ column: 'height', statistic }) });
    const labels = [...coverage(30), ...means];
    const name = offsetNames(unvoted('coverage')).statistic;

    expect(fitOffsets(labels, undefined).offsets.statistic[name]).toBeLessThan(-1);
    expect(shift(labels, unvoted('coverage'))).toBeLessThan(shift(labels, unvoted('mean')));
    // A few votes are not clear enough to quiet what nobody voted on.
    expect(fitOffsets([...coverage(2), ...means.slice(0, 2)], undefined).offsets.statistic).not.toHaveProperty([name]);
  });

  it('of a whole model quiet what nobody voted on only where they are clearly below nothing', () => {
    const mixed = (down: number, up: number) =>
      votes(down + up, (index) => ({
        ...{ series: seriesKey({ column: `c${index}` }), verdict: index < down ? 'not_useful' : 'real' },
      }));

    expect(fitOffsets(mixed(8, 6), undefined).offsets.model).not.toHaveProperty('churn');
    expect(fitOffsets(mixed(40, 0), undefined).offsets.model.churn).toBeLessThan(-0.5);
  });

  it('of more than one series need an owner or two people', () => {
    const labels = votes(10, (index) => ({ isBroad: false, series: seriesKey({ column: `c${index % 5}` }) }));

    const { offsets } = fitOffsets(labels, undefined);

    expect([offsets.statistic, offsets.model, offsets.column]).toEqual([{}, {}, {}]);
    expect(Object.keys(offsets.series)).toHaveLength(5);
  });

  it('grow with the labels, are shrunk where these are few, and follow the sign', () => {
    const downs = [2, 3, 10, 50].map((count) => shift(votes(count)));

    expect(downs).toEqual(downs.toSorted((a, b) => b - a));
    expect(downs[0]).toBeGreaterThan(-1.5);
    expect(shift(votes(5, () => ({ verdict: 'real', seen: seen(-1) })))).toBeGreaterThan(0);
  });

  it('learn how much of what is told is real from thirty labels on, which quiets and raises nothing of its own', () => {
    const spread = (count: number, verdict: Label['verdict']) =>
      votes(count, (index) => ({ verdict, seen: seen(1), series: seriesKey({ column: `c${index}` }) }));
    const mostlyReal = fitOffsets([...spread(40, 'real'), ...spread(10, 'not_useful')], undefined);
    const unvoted = label({ series: seriesKey({ column: 'city' }), model: 'fraud' });

    expect(realProbability(mostlyReal.slope, 1, shiftOf(mostlyReal, unvoted.seen, unvoted))).toBeGreaterThan(0.5);
    for (const evidence of [-0.1, 0.1]) expect(verdictShift(mostlyReal, seen(evidence), unvoted)).toBe(0);
    expect(fitOffsets(spread(50, 'not_useful'), undefined)).not.toHaveProperty('confirmed');
    expect(fitOffsets(spread(20, 'real'), undefined)).not.toHaveProperty('confirmed');
  });

  it('are the mode of the posterior: one label on one series, by hand', () => {
    // With variance v of one offset o, slope near 0.5: o / v = 1 - p(o) where p = sigmoid(a * 3 - ln 4 + o).
    const fitted = fitOffsets(votes(1, REAL), undefined);
    const [offset = 0] = Object.values(fitted.offsets.series);
    const p = realProbability(fitted.slope, 3, offset);

    expect(offset / (1 - p)).toBeGreaterThan(0.5 - 1e-3);
    expect(offset / (1 - p)).toBeLessThan(4);
    expect((fitted.slope - 0.5) / 0.04 - 3 * (1 - p)).toBeCloseTo(0, 2);
  });

  it('of a series move with one occasion, and further with a second', () => {
    // The windows of one finding share what its vote counts for.
    const once = votes(5, () => ({ incident: 'report:1', weight: 0.2 }));

    expect(shift(once)).toBeLessThan(0);
    expect(shift([...once, label({ window: day(9), incident: 'report:2' })])).toBeLessThan(shift(once));
    expect(shift(votes(1, REAL))).toBeGreaterThan(0);
  });

  describe('of a series that goes how far is known', () => {
    const going = (size: number, left?: number) => ({
      seen: { ...seen(3), departure: { size, ...(left !== undefined && { left }) } },
    });
    const quieted = votes(5, (index) => going(30 + index, 0.6));

    it.each([
      ['as far', going(30, 0.6), true],
      ['half as far again as the furthest', going(51, 0.6), true],
      ['further', going(52, 0.6), false],
      ['two thirds as far as the least', going(20, 0.6), true],
      ['less far', going(19, 0.6), false],
      ['as far, and leaves less than two thirds as much', going(30, 0.39), false],
      ['nobody knows how far', {}, true],
    ])('hold for what goes %s', (_case, overrides, isHeld) => {
      expect(shift(quieted, label(overrides)) < 0).toBe(isHeld);
    });

    it('are not weakened by what people call real and goes further, and nor do they quiet it', () => {
      const outages = votes(9, (index) => ({
        ...{ incident: `report:o${index}`, window: day(40 + index), verdict: 'real' },
        ...going(300, 0.6),
      }));
      const { offsets, reach } = fitOffsets([...quieted, ...outages], undefined);
      const name = offsetNames(label()).series;

      expect(offsets.series[name]).toBeLessThan(-0.5);
      expect(reach).toEqual({ [name]: { least: 30, most: 34, left: 0.6 } });
      expect(shift([...quieted, ...outages], label(going(300, 0.6)))).toBeGreaterThanOrEqual(0);
    });
  });

  it('never shift by more than evidence can outweigh, whatever was voted', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            evidence: fc.double({ min: -3, max: 20, noNaN: true }),
            isReal: fc.boolean(),
            column: fc.integer({ min: 0, max: 3 }),
          }),
          { maxLength: 40 },
        ),
        (given) => {
          const labels = given.map(({ evidence, isReal, column }, index) =>
            label({
              window: day(index),
              seen: seen(evidence),
              verdict: isReal ? 'real' : 'not_useful',
              series: seriesKey({ column: `c${column}` }),
            }),
          );
          const fitted = fitOffsets(labels, undefined);
          expect(fitted.slope).toBeGreaterThanOrEqual(0.3);
          for (const one of labels) expect(Math.abs(shiftOf(fitted, one.seen, one))).toBeLessThanOrEqual(MOST_SHIFT);
        },
      ),
      { numRuns: 40 },
    );
  });
});
