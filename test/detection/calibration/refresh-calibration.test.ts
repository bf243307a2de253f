import { describe, expect, it } from 'vitest';
import { refreshCalibration, runDetection } from '../../../src/detection/index.ts';
import type { Detection } from '../../../src/domain/anomaly.ts';
import { tailFactors } from '../../../src/domain/calibration.ts';
import { type DetectorManifest, detectorVersion, type StoredDetector } from '../../../src/domain/detector.ts';
import type { Model } from '../../../src/domain/model.ts';
import type { SeriesKey } from '../../../src/domain/series.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { day, days } from '../../builders/detections.ts';
import { memoryStores, registeredModel } from '../../db/memory-stores.ts';

const WINDOWS = days(100);
const NOW = day(90).startMs;
/** Watched series: 80 segments of a level and of a rate. */
const KEYS = Array.from({ length: 80 }, (_, place) => `s${place}`).flatMap((segment): SeriesKey[] => [
  { segment, column: 'age', role: 'feature', statistic: 'mean' },
  { segment, column: 'age', role: 'feature', statistic: 'coverage' },
]);
const judging = {
  ...{
    omittedWindows: 3,
    leastKnownWindows: 7,
    masksAnomalies: false,
    relearnWindows: 0,
    flatWindows: 5,
    tailThreshold: 0.01,
  },
};
const plain = {
  ...{ name: 'ours', configuration: 'driftbell' as const, historyWindows: 28, seed: 0, trainedOn: '', quality: [] },
  checksum: 'ab'.repeat(32),
};
const manifest: DetectorManifest = { ...plain, judging };

/** Tails are drawn: those of levels keep their promise, those of rates are half of what they should be. */
function detectorOf(seed: number): Detector {
  const random = createSeededRandom(seed);
  return {
    manifest,
    judge: async ({ count, kinds }) => {
      const all = (value: number) => new Float64Array(count).fill(value);
      const tail = Float64Array.from({ length: count }, (_, row) => random.uniform() / (kinds?.[row] === 0 ? 1 : 2));
      return { baseline: all(0), lower: all(-1), upper: all(1), score: all(0.5), severity: all(2), tail };
    },
    close: async () => {},
  };
}

function registered(stores: Stores): { readonly model: Model; readonly detector: StoredDetector } {
  const model = registeredModel(stores, { zone: 'UTC' });
  const stored = stores.detectors.put(manifest, '/detectors/ours', 0);
  return { model, detector: { ...stored, manifest } };
}

/** Judges windows [from, to) as the bot does, with what is learned by then. */
async function judgeDays(
  stores: Stores,
  { model, detector }: ReturnType<typeof registered>,
  span: [number, number],
  { seed = 1, incident }: { readonly seed?: number; readonly incident?: readonly [number, number] } = {},
) {
  const points = WINDOWS.map((window, place) => ({ window, value: 5 + (place % 7), rows: 100 }));
  const statistics = {
    series: () => KEYS.map((key) => ({ key, points })),
    states: () => [],
    window: () => [],
  };
  const tailsKnown = tailFactors(stores.calibrations.of(detector.id), 'day');
  const healthy = detectorOf(seed);
  let place = span[0];
  const isStruck = () => incident !== undefined && place >= incident[0] && place < incident[1];
  const struck: Detector = {
    ...healthy,
    judge: async (batch) => {
      const result = await healthy.judge(batch);
      return isStruck() ? { ...result, tail: result.tail.fill(1e-9) } : result;
    },
  };
  const deps = { statistics, detections: stores.detections, detector: struck, tailFactors: () => tailsKnown };
  const detections: Detection[] = [];
  for (const window of WINDOWS.slice(...span)) {
    detections.push(...(await runDetection(deps, { model, window, keys: KEYS })).detections);
    place += 1;
  }
  return detections;
}

function flaggedShare(detections: readonly Detection[], statistic: string): number {
  const ofKind = detections.filter(({ series }) => series.statistic === statistic);
  return ofKind.filter(({ isAnomaly }) => isAnomaly).length / ofKind.length;
}

const letOthersIn = async () => {};

describe('the refresh of the calibration', () => {
  it('halves the false rate of a kind that has twice the promised one, and leaves the others', async () => {
    const stores = memoryStores();
    const known = registered(stores);
    const before = await judgeDays(stores, known, [28, 90]);

    const changes = await refreshCalibration({ stores, detector: known.detector, letOthersIn }, { now: NOW });
    const after = await judgeDays(stores, known, [28, 90], { seed: 2 });

    const factors = tailFactors(stores.calibrations.of(known.detector.id), 'day');
    expect(factors.rate).toBeGreaterThan(1.6);
    expect(factors.rate).toBeLessThan(2.2);
    expect(factors.level).toBeGreaterThan(0.8);
    expect(factors.level).toBeLessThan(1.2);
    expect(changes.map(({ before: factor }) => factor)).toEqual([1, 1]);
    const rates = [before, after].map((detections) => flaggedShare(detections, 'coverage'));
    expect((rates[1] ?? 0) / (rates[0] ?? 0)).toBeGreaterThan(0.35);
    expect((rates[1] ?? 0) / (rates[0] ?? 0)).toBeLessThan(0.7);
  });

  it('is not taught by an incident of a week in all series', async () => {
    const factorsAfter = async (incident?: readonly [number, number]) => {
      const stores = memoryStores();
      const known = registered(stores);
      await judgeDays(stores, known, [28, 90], incident === undefined ? {} : { incident });
      await refreshCalibration({ stores, detector: known.detector, letOthersIn }, { now: NOW });
      return tailFactors(stores.calibrations.of(known.detector.id), 'day');
    };

    const calm = await factorsAfter();
    const struck = await factorsAfter([50, 57]);

    for (const kind of ['level', 'rate'] as const) {
      expect((struck[kind] ?? 0) / (calm[kind] ?? 1)).toBeGreaterThan(0.93);
      expect((struck[kind] ?? 0) / (calm[kind] ?? 1)).toBeLessThan(1.07);
    }
  });

  it('gives the same rows when it is run again, also on windows that were judged with what it learned', async () => {
    const stores = memoryStores();
    const known = registered(stores);
    await judgeDays(stores, known, [28, 60]);
    const deps = { stores, detector: known.detector, letOthersIn };

    await refreshCalibration(deps, { now: NOW });
    const first = stores.calibrations.of(known.detector.id);
    await refreshCalibration(deps, { now: NOW });
    expect(stores.calibrations.of(known.detector.id)).toEqual(first);

    await judgeDays(stores, known, [28, 60]);
    const [again] = await refreshCalibration(deps, { now: NOW });
    expect((again?.calibration.factor ?? 0) / (first[0]?.factor ?? 1)).toBeGreaterThan(0.9);
    expect((again?.calibration.factor ?? 0) / (first[0]?.factor ?? 1)).toBeLessThan(1.1);
  });

  it('keeps nothing of a dry run, and says what it would be', async () => {
    const stores = memoryStores();
    const known = registered(stores);
    await judgeDays(stores, known, [28, 40]);

    const changes = await refreshCalibration(
      { stores, detector: known.detector, letOthersIn },
      { now: NOW, isDryRun: true },
    );

    expect(changes.map(({ calibration }) => calibration.kind)).toEqual(['level', 'rate']);
    expect(changes[0]?.calibration).toMatchObject({ granularity: 'day', series: 80, refreshedAt: NOW, toMs: NOW });
    expect(stores.calibrations.of(known.detector.id)).toEqual([]);
  });

  it('counts only what this very detector judged within the span', async () => {
    const stores = memoryStores();
    const known = registered(stores);
    await judgeDays(stores, known, [28, 40]);
    const other: StoredDetector = { ...known.detector, manifest: { ...manifest, checksum: 'cd'.repeat(32) } };
    const deps = { stores, letOthersIn };

    expect(detectorVersion(other.manifest)).not.toBe(detectorVersion(manifest));
    expect(await refreshCalibration({ ...deps, detector: other }, { now: NOW })).toEqual([]);
    const late = { now: day(200).startMs };
    expect(await refreshCalibration({ ...deps, detector: known.detector }, late)).toEqual([]);
    const paper: StoredDetector = { ...known.detector, manifest: plain };
    expect(await refreshCalibration({ ...deps, detector: paper }, { now: NOW })).toEqual([]);
  });

  it('stops between two columns when it is asked to, and keeps nothing', async () => {
    const stores = memoryStores();
    const known = registered(stores);
    await judgeDays(stores, known, [28, 40]);
    const deps = { stores, detector: known.detector, letOthersIn };

    await expect(refreshCalibration(deps, { now: NOW, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(stores.calibrations.of(known.detector.id)).toEqual([]);
  });
});
