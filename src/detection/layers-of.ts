import { driftbellLayers } from './driftbell/band.ts';
import type { DriftbellSettings } from './driftbell/settings.ts';
import { classifierLayers, type DenseLayer, forecastLayers } from './network-layout.ts';
import type { DetectorSettings } from './settings.ts';

export type AnySettings = DetectorSettings | DriftbellSettings;

/** Layers of both stages, in the order in which their weights are stored; ours has no second network. */
export function layersOf(settings: AnySettings): {
  readonly forecast: readonly DenseLayer[];
  readonly classifier: readonly DenseLayer[];
} {
  if (settings.configuration === 'driftbell') return { forecast: driftbellLayers(settings), classifier: [] };
  return { forecast: forecastLayers(settings), classifier: classifierLayers(settings) };
}
