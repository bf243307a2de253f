import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeSeries } from '../../src/detection/judge-series.ts';
import { runDetection } from '../../src/detection/run.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { dayOfWeek, shiftWindow, windowAt } from '../../src/domain/window.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Detector } from '../../src/ports/detector.ts';
import { createDetector } from '../../src/tensorflow/index.ts';
import { rememberDetections } from '../doubles/remember-detections.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'detectors', 'driftbell');
const zone = 'UTC';
/** A Monday. */
const first = windowAt(Date.UTC(2026, 0, 5, 12), zone, 'day');
const day = (at: number) => shiftWindow(first, at, zone, 'day');
const key: SeriesKey = { segment: '', column: 'age', role: 'feature', statistic: 'mean' };

/** Steps of a quarter of the noise a day, from day 70 on for 40 days. */
function creeping(slope = 0.25): Float64Array {
  const random = createSeededRandom(6);
  return Float64Array.from({ length: 120 }, (_, at) => {
    return 100 + random.normal() + slope * Math.min(40, Math.max(0, at - 69));
  });
}

const gridOf = (values: Float64Array) => ({
  values,
  daysOfWeek: Uint8Array.from(values, (_, at) => dayOfWeek(day(at), zone)),
});

async function tells(detector: Detector, values: Float64Array, stride = 1): Promise<[number, number][]> {
  const [judged] = await judgeSeries(detector, [gridOf(values)], { stride });
  return [...(judged?.slowDrifts?.entries() ?? [])].filter(([, since]) => since >= 0);
}

describe('slow drifts', () => {
  it('are told once, on a Sunday, with the day that they began, though no window leaves its band', async () => {
    const detector = await createDetector(FOLDER);

    const told = await tells(detector, creeping());

    expect(told).toHaveLength(1);
    const [at = 0, since = 0] = told[0] ?? [];
    expect(dayOfWeek(day(at), zone)).toBe(6);
    expect(at).toBeLessThan(70 + 40);
    expect(Math.abs(since - 70)).toBeLessThanOrEqual(14);
    expect(await tells(detector, creeping(0))).toEqual([]);
    await detector.close();
  });

  it('are not made of windows that were anomalies themselves', async () => {
    const detector = await createDetector(FOLDER);
    const incident = creeping(0).map((value, at) => (at >= 75 && at < 84 ? value + 12 : value));

    const [judged] = await judgeSeries(detector, [gridOf(incident)], { stride: 1 });

    expect(judged?.anomalies.subarray(75, 84).reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(8);
    expect(await tells(detector, incident)).toEqual([]);
    await detector.close();
  });

  it('are looked for only where the detector asks for it, and not in hours', async () => {
    const detector = await createDetector(FOLDER);
    const { judging, ...manifest } = detector.manifest;
    if (judging === undefined) throw new Error('a detector without rules');
    const blind = { ...detector, manifest: { ...manifest, judging: { ...judging, findsSlowDrift: false } } };

    expect(await tells(blind, creeping())).toEqual([]);
    expect(await tells(detector, creeping(), 24)).toEqual([]);
    await detector.close();
  });

  it('are told day by day, from what is stored, as of the whole series', async () => {
    const detector = await createDetector(FOLDER);
    const values = creeping();
    const stored = rememberDetections();
    for (const at of values.keys()) {
      const points = [...values.subarray(0, at + 1)].map((value, place) => ({ window: day(place), value, rows: 100 }));
      const deps = {
        statistics: { series: () => [{ key, points }], states: () => [], window: () => [] },
        detections: stored,
        detector,
        past: (modelId: ModelId, _keys: unknown, fromMs: number, toMs: number) => stored.between(modelId, fromMs, toMs),
      };
      await runDetection(deps, { model: { id: 1 as ModelId, zone, granularity: 'day' }, window: day(at), keys: [key] });
    }

    const told = stored.all().flatMap(({ rule, note }, at) => (rule === 'slow_drift' ? [[at, note]] : []));
    const whole = await tells(detector, values);
    expect(told).toEqual(whole.map(([at, since]) => [at, `upwards since ${day(since).key}`]));
    await detector.close();
  });
});
