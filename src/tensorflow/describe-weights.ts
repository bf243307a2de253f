import { version_core as coreVersion } from '@tensorflow/tfjs-core';
import { judgingRules, layersOf } from '../detection/index.ts';
import type { DetectorQuality } from '../domain/detector.ts';
import { libraryVersions } from './backend.ts';
import { checksumOf, encodeWeights } from './detector-folder.ts';
import { MANIFEST_FORMAT, type ManifestFile, SHORT_TERM_FILE, type ShortTermRecord } from './manifest.ts';
import type { TrainedDetector } from './train-detector.ts';
import type { TrainedDriftbell } from './train-driftbell.ts';

type WeightFacts = Omit<
  ManifestFile,
  'name' | 'seed' | 'trainedOn' | 'quality' | 'command' | 'corpus' | 'shortTerm' | 'libraries' | 'backend'
>;

/** The part of a manifest that follows from the training itself. */
export async function describeWeights(
  trained: TrainedDetector | TrainedDriftbell,
): Promise<WeightFacts & Pick<ManifestFile, 'libraries' | 'backend'>> {
  return {
    ...factsOf(trained),
    libraries: { '@tensorflow/tfjs-core': coreVersion, ...(await libraryVersions(trained.backend)) },
    backend: trained.backend,
  };
}

/** The same of the second pair. */
export function describeShortTerm(trained: TrainedDetector, quality: readonly DetectorQuality[]): ShortTermRecord {
  const { historyWindows, checksum, weightsBytes, layers, rows, losses } = factsOf(trained);
  const file = SHORT_TERM_FILE;
  return { historyWindows, file, checksum, weightsBytes, layers, rows, losses, quality: [...quality] };
}

function factsOf(trained: TrainedDetector | TrainedDriftbell): WeightFacts {
  const { forecast, classifier } = layersOf(trained.settings);
  const bytes = encodeWeights(trained.weights);
  return {
    format: MANIFEST_FORMAT,
    configuration: trained.settings.configuration,
    historyWindows: trained.settings.historyWindows,
    checksum: checksumOf(bytes),
    weightsBytes: bytes.length,
    settings: structuredClone(trained.settings) as ManifestFile['settings'],
    layers: { forecast: [...forecast], classifier: [...classifier] },
    rows: { all: trained.rows, anomalous: trained.anomalousRows },
    losses: {
      forecast: ends(trained.losses.forecast),
      ...('classifier' in trained.losses && { classifier: ends(trained.losses.classifier) }),
    },
    ...('calibration' in trained && {
      judging: judgingRules(trained.settings, trained.runFactors),
      calibration: structuredClone(trained.calibration) as NonNullable<ManifestFile['calibration']>,
    }),
  };
}

function ends(losses: readonly number[]): { first: number; last: number } {
  return { first: losses[0] ?? Number.NaN, last: losses.at(-1) ?? Number.NaN };
}
