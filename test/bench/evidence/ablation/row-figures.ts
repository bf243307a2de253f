import { z } from 'zod';
import {
  bootstrapF1,
  chooseThreshold,
  countByCluster,
  figuresAt,
  interval90,
  rankingFigures,
  rankSeries,
  type Variant,
} from '../../../../src/detection/index.ts';
import { createSeededRandom } from '../../../../src/platform/random.ts';
import { cleanFigures } from '../clean-figures.ts';
import type { EvidenceSets } from '../sets/load-sets.ts';

const Counts = z.object({
  events: z.number(),
  found: z.number(),
  episodes: z.number(),
  falseEpisodes: z.number(),
});

export const RowFigures = z.object({
  sets: z.array(
    z.object({
      set: z.string(),
      f1: z.number().nullable(),
      averagePrecision: z.number().nullable(),
      falseEpisodesPerSeriesMonth: z.number().nullable(),
      /** At the threshold of the other sets, by cluster of the bootstrap. */
      clusters: z.array(z.tuple([z.string(), Counts])),
    }),
  ),
  /** Of false rates between kinds of statistics on healthy series. */
  spread: z.number().nullable(),
});
export type RowFigures = z.infer<typeof RowFigures>;

/** Healthy series that suffice to compare rows; the evidence takes all. */
const CLEAN_SERIES = 1_000;

export async function measureRow(variant: Variant, { sets, clean: all }: EvidenceSets): Promise<RowFigures> {
  const clean = { ...all, series: all.series.slice(0, CLEAN_SERIES) };
  const scored = new Map<string, Awaited<ReturnType<Variant['scoreAll']>>>();
  for (const set of [...sets, clean]) scored.set(set.name, await variant.scoreAll(set.series, set.granularity));
  const of = (name: string) => scored.get(name) ?? [];
  const ranked = new Map(sets.map((set) => [set.name, rankSeries(set, of(set.name))]));
  return {
    sets: sets
      .filter(({ role }) => role !== 'tuning')
      .map((set) => {
        const chosen = chooseThreshold(set.thresholdFrom.flatMap((name) => ranked.get(name) ?? []));
        const threshold = chosen?.threshold ?? Number.POSITIVE_INFINITY;
        const here = ranked.get(set.name) ?? [];
        const { event } = figuresAt(here, threshold);
        return {
          set: set.name,
          f1: event.f1,
          averagePrecision: rankingFigures(set, of(set.name)).averagePrecision,
          falseEpisodesPerSeriesMonth: event.falseEpisodesPerSeriesMonth,
          clusters: [...countByCluster(here, threshold)],
        };
      }),
    spread: cleanFigures(variant.name, clean, of(clean.name), createSeededRandom(BOOTSTRAP_SEED)).spread,
  };
}

const BOOTSTRAP_SEED = 90_002;
type SetRow = RowFigures['sets'][number];

/** 90 % interval of the F1 of one minus that of the other, over the same draws. */
export function differenceOf(full: SetRow, without: SetRow): { readonly low: number; readonly high: number } {
  const [a = new Float64Array(), b = new Float64Array()] = bootstrapF1(
    [new Map(full.clusters), new Map(without.clusters)],
    createSeededRandom(BOOTSTRAP_SEED),
  );
  return interval90(a.map((f1, draw) => f1 - (b[draw] ?? 0)));
}
