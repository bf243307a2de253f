import type { RowFigures } from './row-figures.ts';

/** Trainings that are compared, and draws of the sets that are drawn. */
export const STUDIED_SEEDS: readonly number[] = [1, 2, 3, 4, 5];
export const STUDIED_DRAWS: readonly number[] = [0, 1, 2];

/** The full detector, trained with one seed. */
export interface SeedRun {
  readonly seed: number;
  /** All sets on the first draw, the drawn ones only on further ones. */
  readonly byDraw: readonly RowFigures[];
}

export interface SeedRow {
  readonly set: string;
  /** Of every training on every draw of the set, ascending. */
  readonly f1: readonly number[];
  readonly falseEpisodesPerSeriesMonth: readonly number[];
}

/** What one set says over all runs; a figure that cannot be computed counts as 0, since nothing was found. */
export function seedRows(runs: readonly SeedRun[]): readonly SeedRow[] {
  const all = runs.flatMap(({ byDraw }) => byDraw.flatMap(({ sets }) => sets));
  return [...new Set(all.map(({ set }) => set))].map((set) => {
    const own = all.filter((one) => one.set === set);
    return {
      set,
      f1: ascending(own.map(({ f1 }) => f1 ?? 0)),
      falseEpisodesPerSeriesMonth: ascending(own.map((one) => one.falseEpisodesPerSeriesMonth ?? 0)),
    };
  });
}

function ascending(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}
