import { z } from 'zod';
import { detectorVariant } from '../../../../src/cli/detector-variant.ts';
import {
  type DriftbellSettings,
  driftbellCorpus,
  judgingRules,
  type Variant,
} from '../../../../src/detection/index.ts';
import { createSeededRandom } from '../../../../src/platform/random.ts';
import type { Detector } from '../../../../src/ports/detector.ts';
import { createDetectorFrom, ManifestFile, trainDriftbell } from '../../../../src/tensorflow/index.ts';
import { cachedFile } from '../cached-file.ts';
import { trainingSettings } from './switches.ts';

const Trained = z.object({
  forecast: z.array(z.number()),
  classifier: z.array(z.number()),
  calibration: ManifestFile.shape.calibration.unwrap(),
  losses: z.array(z.number()),
});
export type Trained = z.infer<typeof Trained>;

export interface TrainingOptions {
  readonly seed: number;
  readonly folder: string;
  /** See `codeDigest`. */
  readonly code: string;
}

const BACKEND = 'wasm';

/** Trains with the settings, or takes what an earlier run has trained with them. */
export function trainedWith(settings: DriftbellSettings, { seed, folder, code }: TrainingOptions): Promise<Trained> {
  const input = { settings: trainingSettings(settings), corpus: driftbellCorpus, seed, code };
  return cachedFile({ folder, name: 'trained', input, shape: Trained }, async () => {
    const { weights, calibration, losses } = await trainDriftbell({
      settings: input.settings,
      corpus: driftbellCorpus,
      random: createSeededRandom(seed),
      backend: BACKEND,
    });
    return Trained.parse({
      forecast: [...weights.forecast],
      classifier: [...weights.classifier],
      calibration,
      losses: losses.forecast,
    });
  });
}

/** The detector of the settings, to score with and to close. */
export async function openTrained(
  settings: DriftbellSettings,
  trained: Trained,
): Promise<{ readonly variant: Variant; readonly detector: Detector }> {
  const weights = {
    forecast: Float32Array.from(trained.forecast),
    classifier: Float32Array.from(trained.classifier),
  };
  const detector = await createDetectorFrom(
    {
      name: 'driftbell',
      configuration: settings.configuration,
      historyWindows: settings.historyWindows,
      seed: 0,
      trainedOn: '',
      quality: [],
      checksum: '',
      judging: judgingRules(settings),
    },
    { settings, weights, calibration: trained.calibration, backend: BACKEND },
  );
  return { variant: detectorVariant(detector), detector };
}
