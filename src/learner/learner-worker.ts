import { workerData } from 'piscina';
import {
  baseWindows,
  calibrationCorpus,
  drawCorpus,
  driftbellCorpus,
  judgeSeries,
  thresholdOf,
} from '../detection/index.ts';
import type { ContextNetwork } from '../domain/correction.ts';
import { createSeededRandom } from '../platform/random.ts';
import type { BaseSet, BaseWindow, ContextRows } from '../ports/learner.ts';
import { createDetector, fitContext } from '../tensorflow/index.ts';

/** Other seeds than any detector was trained or measured with: what is replayed, and what is frozen for the gate. */
const SEEDS = { replayed: 70_001, frozen: 70_002 } as const;
/** Some thousand windows outside their bands, a few hundred of them healthy. */
const SERIES = 600;

export interface LearnerSetup {
  /** Of the detector. */
  readonly folder: string;
}

/** Generated series with known faults as the detector judges them: the same for the same weights, each time. */
export async function baseSet(): Promise<BaseSet> {
  const { folder } = workerData as LearnerSetup;
  const detector = await createDetector(folder, { threads: 0 });
  try {
    const windowsOf = async (seed: number): Promise<readonly BaseWindow[]> => {
      const corpus = drawCorpus(
        { ...calibrationCorpus(driftbellCorpus), series: SERIES, gapShare: 0 },
        createSeededRandom(seed),
      );
      const judged = await judgeSeries(detector, corpus, { stride: 1 });
      const { historyWindows } = detector.manifest;
      return baseWindows(corpus, judged, { historyWindows, threshold: thresholdOf(detector.manifest) });
    };
    return { replayed: await windowsOf(SEEDS.replayed), frozen: await windowsOf(SEEDS.frozen) };
  } finally {
    await detector.close();
  }
}

export function fitNetwork({
  rows,
  seed,
}: {
  readonly rows: ContextRows;
  readonly seed: number;
}): Promise<ContextNetwork> {
  return fitContext(rows, { random: createSeededRandom(seed) });
}
