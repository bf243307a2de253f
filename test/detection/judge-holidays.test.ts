import { describe, expect, it } from 'vitest';
import { judgeSeries } from '../../src/detection/judge-series.ts';
import { runDetection } from '../../src/detection/run.ts';
import { type Detection, isAnomaly } from '../../src/domain/anomaly.ts';
import { markHolidays, spansOfHolidays } from '../../src/domain/holiday.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { Series } from '../../src/domain/series.ts';
import { dayOfWeek, parseWindow, shiftWindow } from '../../src/domain/window.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Detector } from '../../src/ports/detector.ts';
import { rememberDetections } from '../doubles/remember-detections.ts';

const judging = {
  ...{
    omittedWindows: 3,
    leastKnownWindows: 7,
    masksAnomalies: true,
    relearnWindows: 10,
    flatWindows: 5,
    tailThreshold: 0.01,
  },
  readsHolidays: true,
};

/** The band is 5 to each side of the median of the same weekday. */
function weekdayDetector(rules: typeof judging = judging): Detector {
  return {
    manifest: {
      ...{ name: 'weekdays', configuration: 'driftbell', historyWindows: 28, seed: 0 },
      ...{ trainedOn: '', quality: [], checksum: '', judging: rules },
    },
    judge: async ({ count, histories, values }) => {
      const baseline = Float64Array.from({ length: count }, (_, row) => {
        const same = [0, 7, 14, 21].map((at) => histories[row * 28 + at] ?? Number.NaN).filter(Number.isFinite);
        return same.toSorted((a, b) => a - b)[same.length >> 1] ?? Number.NaN;
      });
      const severity = values.map((value, row) => Math.abs(value - (baseline[row] ?? 0)) / 5);
      const band = { lower: baseline.map((mean) => mean - 5), upper: baseline.map((mean) => mean + 5) };
      return { baseline, ...band, severity, score: severity, tail: severity.map((one) => Math.exp(-5 * one)) };
    },
    close: async () => {},
  };
}

const zone = 'America/New_York';
/** A Monday. */
const first = parseWindow('2001-03-26', zone, 'day');
const day = (at: number) => shiftWindow(first, at, zone, 'day');
/** Monday 28 May 2001. */
const MEMORIAL_DAY = 63;
const holidays = spansOfHolidays([{ day: '2001-05-28', name: 'Memorial Day (US)' }], zone);

/** 100 on working days, 60 at weekends. */
function week(onHoliday: number, length = 75): Float64Array {
  const random = createSeededRandom(3);
  return Float64Array.from({ length }, (_, at) => {
    const usual = dayOfWeek(day(at), zone) >= 5 ? 60 : 100;
    return (at === MEMORIAL_DAY ? onHoliday : usual) + random.normal();
  });
}

function gridOf(values: Float64Array) {
  const windows = [...values.keys()].map(day);
  return {
    values,
    daysOfWeek: Uint8Array.from(windows, (window) => dayOfWeek(window, zone)),
    marks: markHolidays(
      holidays,
      windows.map(({ startMs }) => startMs),
    ),
  };
}

async function flagsOf(grid: Partial<ReturnType<typeof gridOf>>, detector = weekdayDetector()): Promise<number[]> {
  const [judged] = await judgeSeries(detector, [grid as ReturnType<typeof gridOf>], { stride: 1 });
  return [...(judged?.anomalies.entries() ?? [])].filter(([, flag]) => flag === 1).map(([at]) => at);
}

/** Day by day, from what is stored. */
async function daily(values: Float64Array, rows = 100): Promise<readonly Detection[]> {
  const key = { segment: '', column: 'age', role: 'feature', statistic: 'mean' } as const;
  const stored = rememberDetections();
  const series = (until: number): Series => ({
    key,
    points: [...values.subarray(0, until + 1)].flatMap((value, at) => {
      return Number.isNaN(value) ? [] : [{ window: day(at), value, rows }];
    }),
  });
  for (const at of values.keys()) {
    const deps = {
      statistics: { series: () => [series(at)], states: () => [], window: () => [] },
      detections: stored,
      detector: weekdayDetector(),
      holidays: () => holidays,
    };
    await runDetection(deps, { model: { id: 1 as ModelId, zone, granularity: 'day' }, window: day(at), keys: [key] });
  }
  return stored.all();
}

describe('judging on public holidays', () => {
  it('takes a Monday off for a Sunday', async () => {
    const { marks: _none, ...unmarked } = gridOf(week(60));

    expect(await flagsOf(unmarked)).toEqual([MEMORIAL_DAY]);
    expect(await flagsOf(gridOf(week(60)))).toEqual([]);
    expect(await flagsOf(gridOf(week(60)), weekdayDetector({ ...judging, readsHolidays: false }))).toEqual([
      MEMORIAL_DAY,
    ]);
  });

  it.each([100, 95, 80, 65])('takes a holiday of %d between both readings for usual', async (value) => {
    expect(await flagsOf(gridOf(week(value)))).toEqual([]);
  });

  it.each([20, 140])('still finds a holiday of %d', async (value) => {
    expect(await flagsOf(gridOf(week(value)))).toEqual([MEMORIAL_DAY]);
  });

  it.each([60, 20])('says day by day what it says of the whole series, with a holiday of %d', async (value) => {
    const values = week(value);

    const stored = await daily(values);

    const flags = stored.flatMap(({ isAnomaly: is }, at) => (is ? [at] : []));
    expect(flags).toEqual(await flagsOf(gridOf(values)));
    const [whole] = await judgeSeries(weekdayDetector(), [gridOf(values)], { stride: 1 });
    expect(stored[MEMORIAL_DAY]?.forecast?.lower).toBe(whole?.lower[MEMORIAL_DAY]);
    expect(stored[MEMORIAL_DAY]?.forecast?.upper).toBe(whole?.upper[MEMORIAL_DAY]);
  });

  it('names the holiday of a finding on it, and of no other', async () => {
    const values = week(20).with(50, 160);

    const found = (await daily(values)).filter(isAnomaly);

    expect(found.map(({ window, note }) => [window.key, note])).toEqual([
      ['2001-05-15', undefined],
      ['2001-05-28', 'Memorial Day (US)'],
    ]);
  });

  it('excuses no outage', async () => {
    const coverage = { segment: '', column: 'age', role: 'feature', statistic: 'coverage' } as const;
    const points = Array.from({ length: MEMORIAL_DAY + 1 }, (_, at) => {
      return { window: day(at), value: at === MEMORIAL_DAY ? 0 : 0.9, rows: 100 };
    });
    const deps = {
      statistics: { series: () => [{ key: coverage, points }], states: () => [], window: () => [] },
      detections: { anomalies: () => [], between: () => [], replaceWindow: () => {} },
      detector: weekdayDetector(),
      holidays: () => holidays,
    };

    const { detections } = await runDetection(deps, {
      ...{ model: { id: 1 as ModelId, zone, granularity: 'day' }, window: day(MEMORIAL_DAY), keys: [coverage] },
    });

    expect(detections.map(({ rule }) => rule)).toEqual(['all_default']);
  });
});
