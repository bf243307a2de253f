import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildInputs, driftbellWidth, zOf } from '../../../src/detection/driftbell/build-inputs.ts';
import { createHistoryReader, rateError } from '../../../src/detection/driftbell/measure-history.ts';
import { driftbellSettings } from '../../../src/detection/driftbell/settings.ts';
import type { HistoryRows } from '../../../src/detection/features/history-rows.ts';
import { kindIndex, type StatisticKind } from '../../../src/domain/statistic-kind.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';

const WIDTH = driftbellWidth(driftbellSettings);
const plain = { isRate: false, isCount: false, rows: Number.NaN };

function rowOf(values: readonly number[], value = 0, kind: StatisticKind = 'level'): HistoryRows {
  const history = new Float64Array(28).fill(Number.NaN);
  history.set(values.slice(-28), 28 - Math.min(28, values.length));
  return {
    count: 1,
    histories: history,
    values: Float64Array.of(value),
    daysOfWeek: Uint8Array.of(3),
    kinds: Uint8Array.of(kindIndex(kind)),
  };
}

/** A weekly series with noise, and the judged value at its end. */
function weekly(seed: number, noise = 1): number[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: 29 }, (_, t) => 50 + 5 * Math.sin((2 * Math.PI * t) / 7) + noise * random.normal());
}

function measure(values: readonly number[], facts = plain) {
  const reader = createHistoryReader(driftbellSettings);
  const isKnown = reader.read(rowOf(values).histories, 0, facts);
  return { isKnown, ...reader.measures };
}

describe('the inputs of our own network', () => {
  it('are alike in every unit of measurement', () => {
    for (const seed of [1, 2, 3]) {
      const values = weekly(seed);
      const inputs = buildInputs(rowOf(values.slice(0, 28), values[28]), driftbellSettings);
      for (const unit of [1e-9, 1e-3, 1e6, 1e12]) {
        const scaled = values.map((value) => value * unit);
        const other = buildInputs(rowOf(scaled.slice(0, 28), scaled[28]), driftbellSettings);
        other.inputs.forEach((input, at) => {
          expect(input).toBeCloseTo(inputs.inputs[at] ?? 0, 4);
        });
        expect(other.targets[0]).toBeCloseTo(inputs.targets[0] ?? 0, 6);
      }
    }
  });

  it('do not change when a series is moved or turned over, but for their sign', () => {
    const values = weekly(4);
    const inputs = buildInputs(rowOf(values.slice(0, 28), values[28]), driftbellSettings);

    const moved = buildInputs(
      rowOf(
        values.slice(0, 28).map((value) => value + 300),
        (values[28] ?? 0) + 300,
      ),
      driftbellSettings,
    );
    const turned = buildInputs(
      rowOf(
        values.slice(0, 28).map((value) => -value),
        -(values[28] ?? 0),
      ),
      driftbellSettings,
    );

    moved.inputs.forEach((input, at) => {
      expect(input).toBeCloseTo(inputs.inputs[at] ?? 0, 4);
    });
    expect(turned.targets[0]).toBeCloseTo(-(inputs.targets[0] ?? 0), 6);
  });

  it('are numbers for any history, whatever is in it', () => {
    const value = fc.oneof(
      fc.double({ min: -1e308, max: 1e308, noNaN: true }),
      fc.constantFrom(0, 1, -1, 5e-324, 1e308, Number.NaN, Number.POSITIVE_INFINITY),
    );
    const kind = fc.constantFrom<StatisticKind>('level', 'rate', 'count', 'scale');
    fc.assert(
      fc.property(fc.array(value, { maxLength: 28 }), fc.double({ noNaN: true }), kind, (values, judged, of) => {
        const { inputs, targets } = buildInputs(rowOf(values, judged, of), driftbellSettings);
        expect(inputs.every(Number.isFinite)).toBe(true);
        expect(targets.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('tell missing windows by the mask, and ask nothing of fewer than seven', () => {
    const values = weekly(5).slice(0, 28);
    const gaps = values.map((value, at) => (at % 3 === 0 ? Number.NaN : value));

    const { inputs, isForecast } = buildInputs(rowOf(gaps, 50), driftbellSettings);

    expect([...isForecast]).toEqual([1]);
    expect([...inputs.subarray(25, 50)]).toEqual(Array.from({ length: 25 }, (_, at) => (at % 3 === 0 ? 0 : 1)));
    // Nine windows, the newest three of which are passed over.
    const young = buildInputs(rowOf(values.slice(0, 9), 50), driftbellSettings);
    expect([...young.isForecast]).toEqual([0]);
    expect(young.inputs).toEqual(new Float32Array(WIDTH));
  });

  it('take a week that repeats out of the way', () => {
    const values = weekly(6, 0.1);

    const { measures, targets } = buildInputs(rowOf(values.slice(0, 28), values[28]), driftbellSettings);

    expect(measures.ratio[0]).toBeLessThan(0.1);
    expect(Math.abs(targets[0] ?? 0)).toBeLessThan(3);
    const kept = buildInputs(rowOf(values.slice(0, 28), values[28]), { ...driftbellSettings, removesWeek: false });
    expect(kept.measures.ratio[0]).toBe(1);
  });
});

describe('the measures of a history', () => {
  it('do not follow a single anomaly', () => {
    const calm = weekly(7, 1).slice(0, 28);
    const odd = calm.map((value, at) => (at === 12 ? 1e6 : value));

    expect(measure(odd).spread * measure(odd).unit).toBeLessThan(1.3 * measure(calm).spread * measure(calm).unit);
  });

  it('know the least scatter that counting so many rows leaves', () => {
    // sqrt(0.1 * 0.9 / 100) = 0.03, with half a row added.
    expect(rateError(0.1, 100)).toBeCloseTo(0.0304, 3);
    expect(rateError(0.1, Number.NaN)).toBe(0);
    const still = Array.from({ length: 28 }, (_, at) => 0.1 + 1e-6 * at);
    const { spread, unit } = measure(still, { isRate: true, isCount: false, rows: 100 });
    expect(spread * unit).toBeCloseTo(0.03, 2);
  });

  it('give few counts the scatter of counts', () => {
    const counts = Array.from({ length: 28 }, (_, at) => (at % 5 === 0 ? 4 : at % 2 === 0 ? 3 : 5));
    const { isCountLike, spread, unit } = measure(counts, { isRate: false, isCount: true, rows: Number.NaN });

    expect(isCountLike).toBe(true);
    expect(spread * unit).toBeCloseTo(2, 0);
  });

  it('put a value into spreads from the centre, and never beyond all bounds', () => {
    expect(zOf(12, { unit: 10, centre: 1, spread: 0.1 })).toBeCloseTo(2);
    expect(zOf(1e308, { unit: 1e-300, centre: 0, spread: 1 })).toBe(1e9);
  });
});
