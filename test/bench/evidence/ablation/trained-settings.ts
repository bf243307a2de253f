import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { detectorVariant } from '../../../../src/cli/detector-variant.ts';
import { describeDriftbell } from '../../../../src/cli/train-manifest.ts';
import {
  type CorpusOptions,
  type DriftbellSettings,
  driftbellCorpus,
  judgingRules,
  type Variant,
} from '../../../../src/detection/index.ts';
import { createSeededRandom } from '../../../../src/platform/random.ts';
import type { Detector } from '../../../../src/ports/detector.ts';
import { createDetectorFrom, loadDetector, saveDetector, trainDriftbell } from '../../../../src/tensorflow/index.ts';
import { trainingSettings } from './switches.ts';

export interface TrainingOptions {
  readonly seed: number;
  /** What was trained is kept in it. */
  readonly folder: string;
  /** See `codeDigest`. */
  readonly code: string;
  /** Of the corpus that is learned from and calibrated on; absent: the detector's own. */
  readonly corpus?: Partial<CorpusOptions> | undefined;
}

const BACKEND = 'wasm';
const LOSSES_FILE = 'losses.json';

/** The folder of a detector with the settings: trained now, or by an earlier run. */
export async function trainedWith(settings: DriftbellSettings, options: TrainingOptions): Promise<string> {
  const { seed, code } = options;
  const corpus = { ...driftbellCorpus, ...options.corpus };
  const input = { settings: trainingSettings(settings), corpus, seed, code };
  const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 16);
  const folder = join(options.folder, `trained-${digest}`);
  if (existsSync(folder)) return folder;
  const trained = await trainDriftbell({
    settings: input.settings,
    corpus,
    random: createSeededRandom(seed),
    backend: BACKEND,
  });
  const written = { output: folder, config: 'driftbell', granularity: 'day', seed: String(seed) };
  const manifest = await describeDriftbell(trained, { seed, quality: [], canvases: 0, options: written });
  // Written beside its place: a run that is stopped leaves no half detector.
  await rm(`${folder}.part`, { recursive: true, force: true });
  await saveDetector(`${folder}.part`, trained.weights, manifest);
  await writeFile(join(`${folder}.part`, LOSSES_FILE), JSON.stringify(trained.losses.forecast));
  await rename(`${folder}.part`, folder);
  return folder;
}

/** Loss after each pass. */
export async function lossesOf(folder: string): Promise<readonly number[]> {
  return z.array(z.number()).parse(JSON.parse(await readFile(join(folder, LOSSES_FILE), 'utf8')));
}

/** The detector of a folder, judging by the settings; to score with and to close. */
export async function openTrained(
  folder: string,
  settings: DriftbellSettings,
): Promise<{ readonly variant: Variant; readonly detector: Detector }> {
  const { manifest, ...networks } = await loadDetector(folder);
  if (!('calibration' in networks)) throw new Error('driftbell was trained');
  const factors = settings.calibratesByKind ? manifest.judging?.runs?.factors : undefined;
  const judged = { ...manifest, judging: judgingRules(settings, factors) };
  const detector = await createDetectorFrom(judged, { ...networks, settings, backend: BACKEND });
  return { variant: detectorVariant(detector), detector };
}
