import type { Granularity } from '../../domain/model.ts';
import type { SeriesGrid } from '../features/history-rows.ts';

/**
 * Anything that ranks the windows of one series by how anomalous they look: the larger, the odder. NaN where it cannot
 * say. A score is decided by its window and those before it, never by a later one.
 */
export interface Scorer {
  readonly name: string;
  score(grid: SeriesGrid): Float64Array;
}

/** The scores of one series; with the band, where the scorer has one, in the units of the series. */
export interface ScoredGrid {
  readonly scores: Float64Array;
  readonly baseline?: Float64Array;
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  /** How often a healthy window is at least as odd, where the scorer says so; NaN where it does not know. */
  readonly tail?: Float64Array;
  /** 1 where the scorer's own rules call an anomaly, where it has any. */
  readonly alerts?: Uint8Array;
}

/** What one line of the evidence measures: a name, and scores for all series of a set at once. */
export interface Variant {
  readonly name: string;
  scoreAll(grids: readonly SeriesGrid[], granularity: Granularity): Promise<readonly ScoredGrid[]>;
}

/** A variant of plain scorers, one for each length of a window. */
export function variantOf(name: string, scorerFor: (granularity: Granularity) => Scorer): Variant {
  return {
    name,
    scoreAll(grids, granularity) {
      const scorer = scorerFor(granularity);
      return Promise.resolve(grids.map((grid) => ({ scores: scorer.score(grid) })));
    },
  };
}
