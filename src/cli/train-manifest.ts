import { trainingCorpus } from '../detection/index.ts';
import type { DetectorQuality } from '../domain/detector.ts';
import {
  describeShortTerm,
  describeWeights,
  type ManifestFile,
  type TrainedDetector,
  type TrainedDriftbell,
} from '../tensorflow/index.ts';

export interface TrainingFacts {
  readonly seed: number;
  readonly quality: readonly DetectorQuality[];
  readonly series: number;
  readonly shortTerm?: { readonly trained: TrainedDetector; readonly quality: readonly DetectorQuality[] };
  readonly options: {
    readonly series?: readonly string[];
    readonly output: string;
    readonly config: string;
    readonly granularity: string;
    readonly epochs?: string;
  };
}

/** The manifest of a freshly trained detector. */
export async function describeTraining(trained: TrainedDetector, facts: TrainingFacts): Promise<ManifestFile> {
  const { settings } = trained;
  const isSynthetic = facts.options.series === undefined;
  return {
    ...(await describeWeights(trained)),
    name: `${settings.configuration}-seed-${facts.seed}`,
    seed: facts.seed,
    trainedOn: isSynthetic
      ? `the synthetic corpus of seed ${facts.seed}: ${facts.series} series (parameters under "corpus")`
      : `${facts.series} labelled series (${facts.options.granularity}) given with --series`,
    quality: [...facts.quality],
    command: commandOf(facts),
    ...(isSynthetic ? { corpus: trainingCorpus.map((part) => ({ ...part })) } : {}),
    ...(facts.shortTerm && { shortTerm: describeShortTerm(facts.shortTerm.trained, facts.shortTerm.quality) }),
  };
}

export interface DriftbellFacts extends Pick<TrainingFacts, 'seed' | 'quality' | 'options'> {
  readonly canvases: number;
}

/** The same of a detector of our own. */
export async function describeDriftbell(trained: TrainedDriftbell, facts: DriftbellFacts): Promise<ManifestFile> {
  const { series } = trained.corpus;
  const real = facts.canvases === 0 ? '' : `, half of them cut from ${facts.canvases} real ones given with --series`;
  return {
    ...(await describeWeights(trained)),
    name: `driftbell-seed-${facts.seed}`,
    seed: facts.seed,
    trainedOn: `the randomised corpus of seed ${facts.seed}: ${series} series${real} (parameters under "corpus")`,
    quality: [...facts.quality],
    command: commandOf(facts),
    corpus: [{ ...trained.corpus }],
  };
}

function commandOf({ options, seed }: Pick<TrainingFacts, 'options' | 'seed'>): string {
  return [
    'driftbell train',
    ...(options.series === undefined ? [] : [`--series ${options.series.join(' ')}`]),
    `--config ${options.config}`,
    ...(options.granularity === 'day' ? [] : [`--granularity ${options.granularity}`]),
    ...(options.epochs === undefined ? [] : [`--epochs ${options.epochs}`]),
    `--output ${options.output}`,
    `--seed ${seed}`,
  ].join(' ');
}
