import { basename } from 'node:path';
import { z } from 'zod';
import { detectorVariant } from '../../../src/cli/detector-variant.ts';
import { syntheticGrid } from '../../../src/cli/synthetic-grid.ts';
import {
  baselineVariants,
  detectorSettings,
  generateCorpus,
  trainingCorpus,
  type Variant,
} from '../../../src/detection/index.ts';
import type { DetectorManifest } from '../../../src/domain/detector.ts';
import type { Granularity } from '../../../src/domain/model.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import { createDetector, createDetectorFrom, trainDetector } from '../../../src/tensorflow/index.ts';
import { cachedFile } from './cached-file.ts';

/** The detector that all others are compared with. */
export const COMPARED = 'driftbell';

/** The paper's detector with hours judged by the hours before them, instead of the same hour of the days before. */
const CONSECUTIVE_HOURS = { name: 'paper, last 28 hours', hourStride: 1 };
const VARIANT_SEEDS = { random: 80_001, code: 1 };
const BACKEND = 'wasm';

export interface DetectorFacts {
  readonly name: string;
  readonly trainedOn: string;
  readonly checksum: string;
}

export interface EvidenceVariants {
  readonly variants: readonly Variant[];
  readonly detectors: readonly DetectorFacts[];
  readonly backend: string;
  /** Variants that differ from another in hours only are not told of days. */
  isShown(variant: string, granularity: Granularity): boolean;
  close(): Promise<void>;
}

export interface VariantOptions {
  /** Folders of trained detectors; each is called like its folder. */
  readonly folders: readonly string[];
  /** Passes of `code`, which is trained here since it is not shipped; 0: it is left out. */
  readonly codeEpochs: number;
  /** Where what was trained is kept for the next run. */
  readonly results: string;
}

/** To add a variant, add a line: anything that gives scores for all series of a set will do. */
export async function openVariants({ folders, codeEpochs, results }: VariantOptions): Promise<EvidenceVariants> {
  const detectors = new Map<string, Detector>();
  for (const folder of folders) detectors.set(basename(folder), await createDetector(folder, { backend: BACKEND }));
  if (codeEpochs > 0) detectors.set('code', await trainCode(codeEpochs, results));
  const paper = detectors.get('paper');
  return {
    variants: [
      ...[...detectors].map(([name, detector]) => detectorVariant(detector, { name })),
      ...(paper === undefined ? [] : [detectorVariant(paper, CONSECUTIVE_HOURS)]),
      ...baselineVariants(createSeededRandom(VARIANT_SEEDS.random)),
    ],
    detectors: [...detectors].map(([name, { manifest }]) => ({
      name,
      trainedOn: manifest.trainedOn,
      checksum: manifest.checksum,
    })),
    backend: BACKEND,
    isShown: (variant, granularity) => granularity === 'hour' || variant !== CONSECUTIVE_HOURS.name,
    async close() {
      for (const detector of detectors.values()) await detector.close();
    },
  };
}

const CodeWeights = z.object({ forecast: z.array(z.number()), classifier: z.array(z.number()) });

async function trainCode(epochs: number, folder: string): Promise<Detector> {
  const settings = { ...detectorSettings.code, epochs };
  const input = { settings, corpus: trainingCorpus, seed: VARIANT_SEEDS.code };
  const { forecast, classifier } = await cachedFile({ folder, name: 'code', input, shape: CodeWeights }, async () => {
    const random = createSeededRandom(VARIANT_SEEDS.code);
    const corpus = trainingCorpus.flatMap((part) => generateCorpus(part, random)).map(syntheticGrid);
    const { weights } = await trainDetector(corpus, { settings, random, backend: BACKEND });
    return { forecast: [...weights.forecast], classifier: [...weights.classifier] };
  });
  const manifest: DetectorManifest = {
    name: 'code',
    configuration: 'code',
    historyWindows: settings.historyWindows,
    seed: VARIANT_SEEDS.code,
    trainedOn: `the synthetic corpus of seed ${VARIANT_SEEDS.code}, by this program, in ${epochs} passes`,
    quality: [],
    checksum: '',
  };
  const weights = { forecast: Float32Array.from(forecast), classifier: Float32Array.from(classifier) };
  return createDetectorFrom(manifest, { settings, weights, backend: BACKEND }, { backend: BACKEND });
}
