import { describe, expect, it } from 'vitest';
import { judgeSeries } from '../../../src/detection/judge-series.ts';
import { runDetection } from '../../../src/detection/run.ts';
import type { Detection } from '../../../src/domain/anomaly.ts';
import type { ModelId } from '../../../src/domain/identifiers.ts';
import type { Series } from '../../../src/domain/series.ts';
import { windowAt } from '../../../src/domain/window.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import { createDetector } from '../../../src/tensorflow/index.ts';
import { rememberDetections } from '../../doubles/remember-detections.ts';

const HOUR_MS = 3_600_000;
const zone = 'America/New_York';
const model = { id: 1 as ModelId, zone, granularity: 'hour' as const };
/** In the middle of a block of windows; the clocks change on 8 March. */
const firstMs = Date.UTC(2026, 1, 3, 7);
const length = 24 * 40;

const values = (() => {
  const random = createSeededRandom(21);
  return Float64Array.from({ length }, (_, at) => {
    if (at % 61 === 3) return Number.NaN;
    if (at >= 900 && at < 912) return 47.5;
    const spike = at % 173 === 0 ? 200 : 0;
    return 50 + 20 * Math.sin((2 * Math.PI * at) / 24) + 3 * random.normal() + spike + (at > 700 ? 300 : 0);
  });
})();

const series: Series = {
  key: { segment: '', column: 'age', role: 'feature', statistic: 'mean' },
  points: [...values].flatMap((value, at) => {
    if (Number.isNaN(value)) return [];
    return [{ window: windowAt(firstMs + at * HOUR_MS, zone, 'hour'), value, rows: 500 }];
  }),
};

async function judgeOne(
  detector: Detector,
  at: number,
  { mutedMs, detections = rememberDetections() }: JudgeOneOptions = {},
): Promise<Detection> {
  const window = windowAt(firstMs + at * HOUR_MS, zone, 'hour');
  const report = await runDetection(
    {
      statistics: {
        series: (_, keys, fromMs, toMs) =>
          keys.map((key) => ({
            key,
            points: series.points.filter((point) => point.window.startMs >= fromMs && point.window.startMs < toMs),
          })),
        states: () => [],
        window: () => [],
      },
      detections,
      mutes: { spans: () => (mutedMs === undefined ? [] : [{ startMs: mutedMs[0], untilMs: mutedMs[1] }]) },
      detector,
    },
    { model, window, keys: [series.key] },
  );
  return report.detections[0] as Detection;
}

interface JudgeOneOptions {
  readonly mutedMs?: readonly [number, number];
  readonly detections?: ReturnType<typeof rememberDetections>;
}

describe('hours of a model, window by window', () => {
  it('are judged as when the whole series is judged at once, across a change of clocks', async () => {
    const detector = await createDetector('detectors/driftbell', { threads: 0, backend: 'plain' });
    const grid = {
      values,
      daysOfWeek: new Uint8Array(length),
      rows: new Float64Array(length).fill(500),
      firstWindow: firstMs / HOUR_MS,
    };
    const [whole] = await judgeSeries(detector, [grid], { stride: 24, granularity: 'hour' });

    const detections = rememberDetections();
    for (const [at, value] of values.entries()) {
      if (Number.isNaN(value)) continue;
      const one = await judgeOne(detector, at, { detections });
      expect([at, one.tail ?? Number.NaN]).toEqual([at, whole?.tail[at]]);
      expect([at, one.isAnomaly]).toEqual([at, whole?.anomalies[at] === 1]);
    }
    // The shift is told until it is the new normal, also where an hour of it is odd in a small way only.
    expect([...(whole?.anomalies.subarray(702, 712) ?? [])]).toEqual(new Array(10).fill(1));
    expect(whole?.anomalies[692]).toBe(1);
    // A value that stands still is stuck, wherever the band lies.
    expect([whole?.anomalies[901], whole?.anomalies[911]]).toEqual([0, 1]);
    await detector.close();
  });

  it('do not learn from windows that people muted', async () => {
    const detector = await createDetector('detectors/driftbell', { threads: 0, backend: 'plain' });

    const plain = await judgeOne(detector, 764);
    const muted = await judgeOne(detector, 764, {
      mutedMs: [firstMs + 701 * HOUR_MS, firstMs + 763 * HOUR_MS],
    });

    expect(plain.isAnomaly).toBe(false);
    expect(muted.isAnomaly).toBe(true);
    await detector.close();
  });
});
