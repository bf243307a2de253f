import { describe, expect, it } from 'vitest';
import { parseSeries } from '../../src/cli/series-files.ts';
import { gridOf } from '../../src/cli/series-grid.ts';
import { buildDeviations } from '../../src/detection/classify/deviations.ts';
import { buildFeatures } from '../../src/detection/features/build-features.ts';
import { DAYS_PER_WEEK } from '../../src/detection/features/day-of-week.ts';
import { slideHistories } from '../../src/detection/features/history-rows.ts';
import { irregularityScore } from '../../src/detection/features/irregularity.ts';
import { measureWindow, normalise } from '../../src/detection/features/normalise-window.ts';
import { classifyRows, forecastRows } from '../../src/detection/forward-pass.ts';
import { drawWeights } from '../../src/detection/initial-weights.ts';
import { classifierLayers, forecastLayers } from '../../src/detection/network-layout.ts';
import { detectorSettings } from '../../src/detection/settings.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { EMPTY_CONTEXT, findFindings, paperFilterSettings } from '../../src/postprocessing/index.ts';
import { days, detectionsOf } from '../builders/detections.ts';

/** What the tests of the released code expect and no test of ours beside the code says yet. */
const DAY_MS = 86_400_000;
const FIXTURE_DAYS = 59;
const { paper, code } = detectorSettings;

/** sin(2 pi i / 7) on 59 days from Sunday 2023-01-01, as a person writes it. */
function fixtureText(skipped: ReadonlySet<number> = new Set()): string {
  const rows = Array.from({ length: FIXTURE_DAYS }, (_, i) => {
    const date = new Date(Date.UTC(2023, 0, 1) + i * DAY_MS).toISOString().slice(0, 10);
    return skipped.has(i) ? [] : [`${date},${Math.sin((2 * Math.PI * i) / 7)},false`];
  });
  return `time,value,anomaly\n${rows.flat().join('\n')}\n`;
}

function fixture(skipped?: ReadonlySet<number>) {
  const [file] = parseSeries(fixtureText(skipped), 'fixture.csv', 'day');
  if (file === undefined) throw new Error('no series');
  return { file, grid: gridOf(file, 'day') };
}

describe('the 59 days of the reference fixture', () => {
  it('begin on a Sunday, slot 6, and keep their number', () => {
    const { grid } = fixture();

    expect(grid.daysOfWeek).toHaveLength(FIXTURE_DAYS);
    expect([...grid.daysOfWeek.slice(0, 3)]).toEqual([6, 0, 1]);
  });

  it('have labels of 0, the last one too, whichever way true and false are written', () => {
    expect([...fixture().grid.labels]).toEqual(new Array(FIXTURE_DAYS).fill(0));
    const spelled = 'time,value,anomaly\n2023-01-01,1,TRUE\n2023-01-02,1,false\n2023-01-03,1,1\n2023-01-04,1,0.0\n';
    expect(parseSeries(spelled, 'f.csv', 'day')[0]?.points.map((point) => point.isLabelled)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it.each(['2', 'yes', '-1', '0.5'])('refuse a label of %s', (label) => {
    expect(() => parseSeries(`time,value,anomaly\n2023-01-01,1,${label}\n`, 'f.csv', 'day')).toThrow(/flag 0 or 1/);
  });

  it('give no history to the first 28 days and one to each of the other 31', () => {
    const rows = slideHistories(fixture().grid, { historyWindows: 28, stride: 1 });

    expect([...rows.positions]).toEqual(Array.from({ length: FIXTURE_DAYS - 28 }, (_, row) => row + 28));
    expect([...rows.histories.subarray(0, 3)]).toEqual([...fixture().grid.values.subarray(0, 3)]);
  });

  it('lose every history that a missing day falls into', () => {
    const rows = slideHistories(fixture(new Set([29])).grid, { historyWindows: 28, stride: 1 });

    expect([...rows.positions]).toEqual([28, 58]);
  });
});

describe('irregularity of white noise', () => {
  /** Averages over seeded draws of 25 values; the constants were computed apart from this code. */
  it.each([
    ['paper', paper, 1.88],
    ['code', code, 0.72],
  ] as const)('averages what the quantiles of %s make of it', (_, settings, expected) => {
    const random = createSeededRandom(1);
    const draws = 4_000;
    let sum = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const noise = Array.from({ length: 25 }, () => random.normal());
      const scale = measureWindow(noise, paper.spreadFloor);
      sum += irregularityScore(
        noise.map((value) => normalise(value, scale)),
        settings.irregularityQuantiles,
      );
    }

    expect(sum / draws).toBeCloseTo(expected, 1);
  });
});

describe.each([paper, code])('shapes of $configuration', (settings) => {
  it('are two inputs and one output of the forecast, three inputs and one output of the classifier', () => {
    const random = createSeededRandom(1);
    const weights = {
      forecast: drawWeights(forecastLayers(settings), random),
      classifier: drawWeights(classifierLayers(settings), random),
    };
    const rows = slideHistories(fixture().grid, { historyWindows: settings.historyWindows, stride: 1 });
    const features = buildFeatures(rows, settings);

    const heads = forecastRows(features.inputs, features.irregularity, weights, settings);
    const deviations = buildDeviations(heads, features.targets, rows.daysOfWeek, settings);
    const scores = classifyRows(deviations, weights, settings);

    expect(features.inputs).toHaveLength(rows.count * (25 + DAYS_PER_WEEK));
    expect(heads).toHaveLength(rows.count * 3);
    expect(scores).toHaveLength(rows.count);
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });
});

describe('the filter fixture of 15 days', () => {
  const values = [0, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 10, 0, 0, 10, 10, 0];

  it('keeps the band edge out for its severity of 0.5 and the lone 10 for its duration', () => {
    const { ledger } = findFindings({
      detections: detectionsOf(values),
      windows: days(values.length),
      context: EMPTY_CONTEXT,
      settings: paperFilterSettings,
    });

    const dropped = ledger.filter((entry) => !entry.isKept);
    expect(dropped.map(({ window, filter, measure }) => [window.key.slice(-2), filter, measure])).toEqual([
      ['06', 'severity', 0.5],
      ['07', 'severity', 0.5],
      ['10', 'duration', 1],
    ]);
  });
});
