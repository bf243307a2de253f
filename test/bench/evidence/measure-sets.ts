import {
  bootstrapF1,
  chooseThreshold,
  countByCluster,
  type EvaluationSet,
  figuresAt,
  type Interval90,
  interval90,
  type RankedSeries,
  type RankingFigures,
  rankingFigures,
  rankSeries,
  type ScoredGrid,
  type ThresholdFigures,
  type Variant,
} from '../../../src/detection/index.ts';
import type { Granularity } from '../../../src/domain/model.ts';
import type { Random } from '../../../src/ports/random.ts';
import type { EvidenceSet } from './evidence-set.ts';

/** One variant on one set. */
export interface VariantFigures {
  readonly variant: string;
  readonly ranking: RankingFigures;
  /** Chosen on other sets; null where none was within the budget there, so that nothing is raised. */
  readonly threshold: number | null;
  readonly transferred: Omit<ThresholdFigures, 'threshold'>;
  /** By the rules that the detector brings, without the filters of the bot; null where it has none. */
  readonly own: Omit<ThresholdFigures, 'threshold'> | null;
  readonly f1Interval: Interval90;
  /** Of the F1 of the variant that all are compared with, minus this one's, over the same draws. */
  readonly difference: Interval90;
}

export interface SetFigures extends Omit<EvidenceSet, 'series'> {
  readonly units: number;
  readonly seriesCount: number;
  readonly days: number;
  readonly events: number;
  readonly variants: readonly VariantFigures[];
}

/** What every variant says of every set, so that thresholds can be chosen on any and measured on any. */
export type AllScores = ReadonlyMap<string, ReadonlyMap<string, readonly ScoredGrid[]>>;

export async function scoreSets(
  variants: readonly Variant[],
  sets: readonly EvaluationSet[],
  tell: (line: string) => void,
): Promise<AllScores> {
  const all = new Map<string, ReadonlyMap<string, readonly ScoredGrid[]>>();
  for (const variant of variants) {
    const scored = new Map<string, readonly ScoredGrid[]>();
    for (const set of sets) scored.set(set.name, await variant.scoreAll(set.series, set.granularity));
    all.set(variant.name, scored);
    tell(`scored by ${variant.name}`);
  }
  return all;
}

export interface MeasureOptions {
  /** The variant whose differences to the others are told. */
  readonly compared: string;
  /** Draws of the bootstrap; the same for every set. */
  readonly random: () => Random;
  /** False for a variant that says the same as another on windows of that length. */
  isShown(variant: string, granularity: Granularity): boolean;
  tell(line: string): void;
}

export function measureSets(
  sets: readonly EvidenceSet[],
  scores: AllScores,
  options: MeasureOptions,
): readonly SetFigures[] {
  return sets
    .filter(({ role }) => role !== 'tuning')
    .map((set) => {
      const figures = measureSet(set, sets, scores, options);
      options.tell(`measured on ${set.name}`);
      return figures;
    });
}

function measureSet(
  set: EvidenceSet,
  sets: readonly EvidenceSet[],
  scores: AllScores,
  { compared, random, isShown }: MeasureOptions,
): SetFigures {
  const ranked = (variant: string, one: EvidenceSet): readonly RankedSeries[] => {
    return rankSeries(one, scores.get(variant)?.get(one.name) ?? []);
  };
  const tuning = sets.filter(({ name }) => set.thresholdFrom.includes(name));
  const names = [...scores.keys()].filter((name) => isShown(name, set.granularity));
  const measured = names.map((variant) => {
    const here = ranked(variant, set);
    const chosen = chooseThreshold(tuning.flatMap((one) => ranked(variant, one)));
    const threshold = chosen?.threshold ?? Number.POSITIVE_INFINITY;
    const { event, interval } = figuresAt(here, threshold);
    const scored = scores.get(variant)?.get(set.name) ?? [];
    return {
      variant,
      here,
      ranking: rankingFigures(set, scored),
      threshold: chosen?.threshold ?? null,
      transferred: { event, interval },
      own: ownFigures(set, scored),
      counts: countByCluster(here, threshold),
    };
  });
  const samples = bootstrapF1(
    measured.map(({ counts }) => counts),
    random(),
  );
  const reference = samples[names.indexOf(compared)] ?? new Float64Array();
  const { series, ...told } = set;
  const [first] = measured;
  return {
    ...told,
    units: first?.here.length ?? 0,
    seriesCount: series.length,
    days: first?.here.reduce((sum, one) => sum + one.labels.length / one.windowsPerDay, 0) ?? 0,
    events: first?.ranking.events ?? 0,
    variants: measured.map(({ here: _, counts: __, ...figures }, index) => {
      const sample = samples[index] ?? new Float64Array();
      return {
        ...figures,
        f1Interval: interval90(sample),
        difference: interval90(reference.map((f1, draw) => f1 - (sample[draw] ?? 0))),
      };
    }),
  };
}

function ownFigures(set: EvaluationSet, scored: readonly ScoredGrid[]): VariantFigures['own'] {
  if (scored.some(({ alerts }) => alerts === undefined)) return null;
  const raised = scored.map(({ alerts }) => ({ scores: Float64Array.from(alerts ?? []) }));
  const { event, interval } = figuresAt(rankSeries(set, raised), 1);
  return { event, interval };
}
