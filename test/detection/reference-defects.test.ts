import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSeries } from '../../src/cli/series-files.ts';
import { findingsOf } from '../../src/cli/series-findings.ts';
import { gridOf } from '../../src/cli/series-grid.ts';
import { buildFeatures } from '../../src/detection/features/build-features.ts';
import { slideHistories } from '../../src/detection/features/history-rows.ts';
import { forecastRows } from '../../src/detection/forward-pass.ts';
import type { JudgedGrid } from '../../src/detection/judge-series.ts';
import { forecastLayers, parameterCount } from '../../src/detection/network-layout.ts';
import { type DetectorSettings, detectorSettings } from '../../src/detection/settings.ts';
import { buildTrainingRows } from '../../src/detection/training-rows.ts';
import { createSeededRandom } from '../../src/platform/random.ts';

/**
 * Known defects of the released code that the configuration `code` keeps, so that it stays a fair yardstick. A change
 * here is a change of the yardstick.
 */
const { paper, code } = detectorSettings;
const DAY_MS = 86_400_000;

/** The judged value in normalised units, after 28 days of a rate of `level` with noise of a tenth of it. */
function targetAfter(level: number, jump: number, settings: DetectorSettings): number {
  const random = createSeededRandom(1);
  const values = Float64Array.from({ length: 29 }, (_, day) => {
    return day < 28 ? level * (1 + 0.1 * random.normal()) : level * jump;
  });
  const rows = slideHistories({ values, daysOfWeek: new Uint8Array(29) }, { historyWindows: 28, stride: 1 });
  return buildFeatures(rows, settings).targets[0] ?? Number.NaN;
}

describe('defects of the released code', () => {
  it('an absolute floor of 0.01 hides a tenfold jump of a rate of 0.0001, which the paper sees', () => {
    expect(targetAfter(1e-4, 10, code)).toBeLessThan(0.1);
    expect(targetAfter(1e-4, 10, paper)).toBeGreaterThan(50);
    expect(targetAfter(1, 10, code)).toBeGreaterThan(50);
  });

  it.each([paper, code])('irregularity only ever narrows the raw band of the heads ($configuration)', (settings) => {
    const layers = forecastLayers(settings);
    const number = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 0, max: 20, noNaN: true }), (slope, intercept, irregularity) => {
        const forecast = new Float32Array(parameterCount(layers));
        forecast.set([0, -1, 1, slope, intercept], forecast.length - 5);
        const weights = { forecast, classifier: new Float32Array() };

        const heads = forecastRows(new Float32Array(32), Float32Array.of(irregularity), weights, settings);

        expect(Math.abs(heads[1] ?? Number.NaN)).toBeLessThanOrEqual(1);
        expect(Math.abs(heads[2] ?? Number.NaN)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('one missing day silences a series for four weeks', () => {
    const values = Float64Array.from({ length: 100 }, (_, day) => (day === 50 ? Number.NaN : Math.sin(day)));

    const rows = slideHistories({ values, daysOfWeek: new Uint8Array(100) }, { historyWindows: 28, stride: 1 });

    const unjudged = Array.from({ length: 72 }, (_, row) => row + 28).filter((day) => !rows.positions.includes(day));
    expect(unjudged).toEqual(Array.from({ length: 29 }, (_, index) => 50 + index));
  });

  it('an anomaly in the history widens the spread that later days are measured by', () => {
    const grid = (spike: number) => ({
      values: Float64Array.from({ length: 40 }, (_, day) => Math.sin(day) + (day === 20 ? spike : 0)),
      daysOfWeek: new Uint8Array(40),
    });
    const spreads = (spike: number) =>
      buildFeatures(slideHistories(grid(spike), { historyWindows: 28, stride: 1 }), code).spreads;

    expect(spreads(20)[11]).toBeGreaterThan(4 * (spreads(0)[11] ?? Number.NaN));
  });

  it('training scales a series by its whole length, so that the past knows the future; the paper does not', () => {
    const values = (last: number) => Float64Array.from({ length: 60 }, (_, day) => (day === 59 ? last : Math.sin(day)));
    const first = (last: number, settings: DetectorSettings) => {
      const series = { values: values(last), labels: new Uint8Array(60), daysOfWeek: new Uint8Array(60) };
      return buildTrainingRows([series], settings, 1).rows.histories[0];
    };

    expect(first(1_000, code)).not.toBe(first(0, code));
    expect(first(1_000, paper)).toBe(first(0, paper));
  });

  it('the duration filter lets tomorrow confirm today, and a severity of 1 is enough', () => {
    expect(findings([3, 3, 0, 0], 'code')).toEqual([1, 1, 0, 0]);
    expect(findings([3, 0, 3, 0], 'code')).toEqual([1, 0, 1, 0]);
    expect(findings([3, 0, 0, 3], 'code')).toEqual([0, 0, 0, 0]);
    expect(findings([3, 3, 0, 0], 'paper')).toEqual([0, 1, 0, 0]);
    expect(findings([1.1, 1.1, 0.9, 0.9], 'code')).toEqual([1, 1, 0, 0]);
    expect(findings([1.1, 1.1, 0.9, 0.9], 'paper')).toEqual([0, 0, 0, 0]);
  });
});

/** Findings on days whose values lie that many band widths off the baseline. */
function findings(widths: readonly number[], configuration: 'paper' | 'code'): number[] {
  const rows = widths.map((width, day) => {
    return `${new Date(Date.UTC(2023, 0, 1) + day * DAY_MS).toISOString().slice(0, 10)},${width}`;
  });
  const [file] = parseSeries(`time,value\n${rows.join('\n')}\n`, 'f.csv', 'day');
  if (file === undefined) throw new Error('no series');
  const same = (value: number) => new Float64Array(widths.length).fill(value);
  const judged: JudgedGrid = {
    baseline: same(0),
    lower: same(-0.5),
    upper: same(0.5),
    score: same(0.9),
    severity: same(Number.NaN),
    tail: same(Number.NaN),
    anomalies: Uint8Array.from(widths, (width) => (width > 0.5 ? 1 : 0)),
  };
  return [...findingsOf(file, gridOf(file, 'day'), judged, { granularity: 'day', manifest: { configuration } })];
}
