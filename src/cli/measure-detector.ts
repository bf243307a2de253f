import {
  detectorSettings,
  evaluateDetector,
  generateCorpus,
  judgeSeries,
  judgingRules,
  referenceCorpus,
  trainingCorpus,
  VUS_BUFFER_WINDOWS,
} from '../detection/index.ts';
import type { DetectorManifest, DetectorQuality } from '../domain/detector.ts';
import { createSeededRandom } from '../platform/random.ts';
import { createDetectorFrom, type TrainedDetector, type TrainedDriftbell } from '../tensorflow/index.ts';
import { syntheticGrid } from './synthetic-grid.ts';

/** Added to the training seed, so that the series measured on were never trained on. */
const FRESH_SEED_OFFSET = 1_000_003;

/** Interval-wise quality on freshly drawn series: the paper's benchmark and the broader corpus. */
export async function measureDetector(
  trained: TrainedDetector | TrainedDriftbell,
  seed: number,
  signal: AbortSignal,
): Promise<readonly DetectorQuality[]> {
  const detector = await createDetectorFrom(provisionalManifest(trained), trained);
  const freshSeed = seed + FRESH_SEED_OFFSET;
  const sets = [
    { on: `the reference benchmark, 200 fresh series of seed ${freshSeed}`, parts: [referenceCorpus] },
    { on: `the synthetic training corpus drawn anew with seed ${freshSeed}`, parts: trainingCorpus },
  ];
  try {
    const qualities: DetectorQuality[] = [];
    for (const { on, parts } of sets) {
      const random = createSeededRandom(freshSeed);
      const grids = parts.flatMap((part) => generateCorpus(part, random)).map(syntheticGrid);
      const judged = await judgeSeries(detector, grids, { stride: 1, signal });
      const { interval } = evaluateDetector(grids, judged, {
        settings: detectorSettings.paper,
        stride: 1,
        windowsPerDay: 1,
        vusBufferWindows: VUS_BUFFER_WINDOWS.day,
      });
      qualities.push({ on, precision: interval.precision, recall: interval.recall, f1: interval.f1 });
    }
    return qualities;
  } finally {
    await detector.close();
  }
}

function provisionalManifest(trained: TrainedDetector | TrainedDriftbell): DetectorManifest {
  const { settings } = trained;
  return {
    name: 'unsaved',
    configuration: settings.configuration,
    historyWindows: settings.historyWindows,
    seed: 0,
    trainedOn: '',
    quality: [],
    checksum: '',
    ...('runFactors' in trained && { judging: judgingRules(trained.settings, trained.runFactors) }),
  };
}
