import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeSeries } from '../../src/detection/judge-series.ts';
import { runDetection } from '../../src/detection/run.ts';
import { type Detection, isAnomaly } from '../../src/domain/anomaly.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { dayOfWeek, shiftWindow, windowAt } from '../../src/domain/window.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Detector } from '../../src/ports/detector.ts';
import { createDetector } from '../../src/tensorflow/index.ts';
import { rememberDetections } from '../doubles/remember-detections.ts';

const zone = 'UTC';
const first = windowAt(Date.UTC(2026, 0, 5, 12), zone, 'day');
const day = (at: number) => shiftWindow(first, at, zone, 'day');
const SERIES = 12;
const DAYS = 70;
const TOGETHER = 50;
/** On the day on which all move, one more than the others; on another day, one alone. */
const ALONE = 57;

/** All series rise by some noise widths on one day, the first by 60 in all; on another day the second falls alone. */
function valuesOf(index: number, rise = 8): Float64Array {
  const random = createSeededRandom(40 + index);
  return Float64Array.from({ length: DAYS }, (_, at) => {
    const together = at === TOGETHER ? (index === 0 ? 60 : rise + 0.2 * random.normal()) : 0;
    return 100 + random.normal() + together - (at === ALONE && index === 1 ? 20 : 0);
  });
}

const all = Array.from({ length: SERIES }, (_, index) => valuesOf(index));
const keys = all.map((_, index): SeriesKey => {
  return { segment: '', column: `c${index}`, role: 'feature', statistic: 'mean' };
});
let detector: Detector;

beforeAll(async () => {
  detector = await createDetector(join(import.meta.dirname, '..', '..', 'detectors', 'driftbell'));
});
afterAll(() => detector.close());

function without(): Detector {
  const { judging, ...manifest } = detector.manifest;
  if (judging === undefined) throw new Error('a detector without rules');
  return { ...detector, manifest: { ...manifest, judging: { ...judging, removesCommonMode: false } } };
}

/** `series@day` of the anomalies on the two days. */
async function wholeSeries(by: Detector, group?: string, of = all): Promise<string[]> {
  const grids = of.map((values) => ({
    values,
    daysOfWeek: Uint8Array.from(values, (_, at) => dayOfWeek(day(at), zone)),
    ...(group !== undefined && { group }),
  }));
  const judged = await judgeSeries(by, grids, { stride: 1 });
  return judged.flatMap(({ anomalies }, index) => {
    return [TOGETHER, ALONE].flatMap((at) => (anomalies[at] === 1 ? [`${index}@${at}`] : []));
  });
}

async function daily(by: Detector): Promise<readonly Detection[]> {
  const stored = rememberDetections();
  for (let at = 0; at < DAYS; at += 1) {
    const series = all.map((values, index) => ({
      key: keys[index] as SeriesKey,
      points: [...values.subarray(0, at + 1)].map((value, place) => ({ window: day(place), value, rows: 100 })),
    }));
    const deps = {
      statistics: { series: () => series, states: () => [], window: () => [] },
      detections: stored,
      detector: by,
    };
    await runDetection(deps, { model: { id: 1 as ModelId, zone, granularity: 'day' }, window: day(at), keys });
  }
  return stored.all();
}

describe('series that move together', () => {
  it('are not found one by one, but those that move otherwise are', async () => {
    expect(await wholeSeries(detector, 'model')).toEqual([`0@${TOGETHER}`, `1@${ALONE}`]);
  });

  it('are found one by one beyond what weather and holidays do: a fault that all share is a fault of each', async () => {
    const broken = all.map((_, index) => valuesOf(index, 40));

    expect((await wholeSeries(detector, 'model', broken)).length).toBe(SERIES + 1);
  });

  it('are found one by one without a group, and without the rule', async () => {
    expect((await wholeSeries(detector)).length).toBe(SERIES + 1);
    expect((await wholeSeries(without(), 'model')).length).toBe(SERIES + 1);
  });

  it('are one finding of the model, on its traffic', async () => {
    const stored = await daily(detector);

    const found = stored.filter(isAnomaly).filter(({ window }) => {
      return [TOGETHER, ALONE].some((at) => day(at).startMs === window.startMs);
    });
    expect(found.map(({ series, rule, note }) => [series.column, rule, note])).toEqual([
      ['c0', 'band', undefined],
      ['*', 'common_mode', `${SERIES} of ${SERIES} series (mean) rose together`],
      ['c1', 'band', undefined],
    ]);
  });

  it('say day by day what the whole series say', async () => {
    const stored = await daily(detector);
    const grids = all.map((values) => ({
      ...{ values, group: 'model' },
      daysOfWeek: Uint8Array.from(values, (_, at) => dayOfWeek(day(at), zone)),
    }));
    const judged = await judgeSeries(detector, grids, { stride: 1 });

    keys.forEach((key, index) => {
      const ofSeries = stored.filter(({ series }) => series.column === key.column);
      for (let at = 0; at < DAYS; at += 1) {
        const tail = judged[index]?.tail[at] ?? Number.NaN;
        expect(ofSeries[at]?.tail ?? -1, `${key.column} at ${at}`).toBeCloseTo(Number.isNaN(tail) ? -1 : tail, 6);
      }
    });
  });
});
