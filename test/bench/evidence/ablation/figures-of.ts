import type { DriftbellSettings } from '../../../../src/detection/index.ts';
import { cachedFile } from '../cached-file.ts';
import { EVIDENCE_SEEDS, type EvidenceSets } from '../sets/load-sets.ts';
import { type CreepFigures, measureCreep } from './creeping-levels.ts';
import { measureRow, RowFigures } from './row-figures.ts';
import { openTrained, type TrainingOptions, trainedWith } from './trained-settings.ts';

/** What the detector with the settings says of the sets: measured now, or by an earlier run. `draw`: of the sets that are drawn. */
export function figuresOf(
  settings: DriftbellSettings,
  sets: EvidenceSets,
  training: TrainingOptions,
  draw = 0,
): Promise<RowFigures> {
  const { seed, code, corpus } = training;
  const input = { settings, seed, code, corpus, seeds: EVIDENCE_SEEDS, draw, sets: sets.sets.map(({ name }) => name) };
  return cachedFile({ folder: training.folder, name: 'row', input, shape: RowFigures }, async () => {
    const { variant, detector } = await openTrained(await trainedWith(settings, training), settings);
    try {
      return await measureRow(variant, sets);
    } finally {
      await detector.close();
    }
  });
}

/** What slow drifts add for the detector with the settings. */
export async function creepOf(
  settings: DriftbellSettings,
  sets: EvidenceSets,
  training: TrainingOptions,
): Promise<readonly CreepFigures[]> {
  const { detector } = await openTrained(await trainedWith(settings, training), settings);
  try {
    return await measureCreep(detector, sets);
  } finally {
    await detector.close();
  }
}
