import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildInputs, driftbellWidth } from '../../../src/detection/driftbell/build-inputs.ts';
import { emptyMeasures, readMeasures } from '../../../src/detection/driftbell/row-measures.ts';
import { driftbellSettings } from '../../../src/detection/driftbell/settings.ts';
import type { HistoryRows } from '../../../src/detection/features/history-rows.ts';

const USED = 25;
const WIDTH = driftbellWidth(driftbellSettings);

const continuous = fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => Math.abs(value) > 1e-3);
const historyOf = fc.array(fc.option(continuous, { nil: Number.NaN, freq: 8 }), { minLength: 28, maxLength: 28 });
const row = fc.record({ history: historyOf, value: continuous });
type Row = { readonly history: readonly number[]; readonly value: number };

function batchOf(rows: readonly Row[]): HistoryRows {
  return {
    count: rows.length,
    histories: Float64Array.from(rows.flatMap(({ history }) => history)),
    values: Float64Array.from(rows, ({ value }) => value),
    daysOfWeek: Uint8Array.from(rows, (_, at) => at % 7),
  };
}

/** The formulas of `buildInputs` for continuous values as they stand there, without a thought for speed. */
function plainly({ history, value }: Row) {
  const used = history.slice(0, USED);
  const unit = Math.max(...used.filter(Number.isFinite).map(Math.abs));
  const y = used.map((one) => one / unit);
  const known = ascending(y);
  const centre = median(known);
  const deviation = median(ascending(known.map((one) => Math.abs(one - centre))));
  const spread = Math.max(clippedDeviation(known), 0.7 * 1.4826 * deviation, 1e-4 * Math.abs(centre));
  const z = y.map((one) => (one - centre) / spread);
  const week = Array.from({ length: 7 }, (_, day) => median(ascending(z.filter((_, at) => at % 7 === day))));
  const differences = ascending(y.slice(7).map((one, at) => one - (y[at] ?? Number.NaN)));
  const repeats = differences.length < 4 ? Number.NaN : clippedDeviation(differences) / Math.SQRT2 / spread;
  const today = week[0] ?? Number.NaN;
  const r = Number.isNaN(repeats) || Number.isNaN(today) ? 1 : Math.min(1, Math.max(0.02, repeats));
  const toX = (of: number, weekOf: number) => Math.asinh((of - (1 - r ** 2) * weekOf) / r);
  return {
    centre,
    spread,
    ratio: r,
    x: z.map((one, at) => (Number.isNaN(one) ? 0 : toX(one, week[at % 7] ?? Number.NaN))),
    target: toX((value / unit - centre) / spread, Number.isNaN(today) ? 0 : today),
  };
}

const ascending = (values: readonly number[]) => values.filter(Number.isFinite).toSorted((a, b) => a - b);

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

function clippedDeviation(sorted: readonly number[]): number {
  const [low, high] = sorted.length < 3 ? [sorted[0], sorted.at(-1)] : [sorted[1], sorted.at(-2)];
  const clipped = sorted.map((value) => Math.min(high ?? 0, Math.max(low ?? 0, value)));
  const mean = clipped.reduce((sum, value) => sum + value, 0) / clipped.length;
  return Math.sqrt(clipped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / clipped.length);
}

describe('the inputs of many rows at once', () => {
  it('are what the formulas say', () => {
    fc.assert(
      fc.property(row, (one) => {
        const { inputs, isForecast, targets, measures } = buildInputs(batchOf([one]), driftbellSettings);
        fc.pre(isForecast[0] === 1 && measures.isCountLike[0] === 0);
        const plain = plainly(one);

        expect(near(measures.centre[0], plain.centre, 1e-12)).toBe(true);
        expect(near(measures.spread[0], plain.spread, 1e-12)).toBe(true);
        // Inputs are single precision, and so are the weekday medians made of them.
        expect(near(measures.ratio[0], plain.ratio, 1e-9)).toBe(true);
        expect(near(targets[0], plain.target, 1e-4)).toBe(true);
        plain.x.forEach((x, at) => {
          expect(near(inputs[at], x, 1e-4)).toBe(true);
        });
      }),
    );
  });

  it('do not depend on the rows beside them', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 6 }), (rows) => {
        const together = buildInputs(batchOf(rows), driftbellSettings);
        rows.forEach((one, at) => {
          const alone = buildInputs({ ...batchOf([one]), daysOfWeek: Uint8Array.of(at % 7) }, driftbellSettings);
          expect(together.inputs.slice(at * WIDTH, (at + 1) * WIDTH)).toEqual(alone.inputs);
          expect(together.targets[at]).toBe(alone.targets[0]);
          expect(readMeasures(together.measures, at, emptyMeasures())).toEqual(
            readMeasures(alone.measures, 0, emptyMeasures()),
          );
        });
      }),
    );
  });
});

function near(found: number | undefined, expected: number, tolerance: number): boolean {
  return Math.abs((found ?? Number.NaN) - expected) <= tolerance * (1 + Math.abs(expected));
}
