import { version_core as tensorflowVersion } from '@tensorflow/tfjs-core';
import { classifierLayers, forecastLayers } from '../detection/index.ts';
import { checksumOf, encodeWeights } from './detector-folder.ts';
import { MANIFEST_FORMAT, type ManifestFile } from './manifest.ts';
import type { TrainedDetector } from './train-detector.ts';

type WeightFacts = Omit<ManifestFile, 'name' | 'seed' | 'trainedOn' | 'quality' | 'command' | 'corpus'>;

/** The part of a manifest that follows from the training itself. */
export function describeWeights(trained: TrainedDetector): WeightFacts {
  const bytes = encodeWeights(trained.weights);
  return {
    format: MANIFEST_FORMAT,
    configuration: trained.settings.configuration,
    historyWindows: trained.settings.historyWindows,
    checksum: checksumOf(bytes),
    weightsBytes: bytes.length,
    settings: structuredClone(trained.settings) as ManifestFile['settings'],
    layers: {
      forecast: [...forecastLayers(trained.settings)],
      classifier: [...classifierLayers(trained.settings)],
    },
    rows: { all: trained.rows, anomalous: trained.anomalousRows },
    losses: { forecast: ends(trained.losses.forecast), classifier: ends(trained.losses.classifier) },
    libraries: { '@tensorflow/tfjs-core': tensorflowVersion },
    backend: trained.backend,
  };
}

function ends(losses: readonly number[]): { first: number; last: number } {
  return { first: losses[0] ?? Number.NaN, last: losses.at(-1) ?? Number.NaN };
}
