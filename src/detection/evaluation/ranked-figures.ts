import type { Granularity } from '../../domain/model.ts';
import { averagePrecision } from './average-precision.ts';
import { type EventQuality, eventQuality } from './event-quality.ts';
import { type IntervalQuality, intervalQuality } from './interval-quality.ts';
import { type EvaluationSet, judgeAt, type RankedSeries, rankSeries, scorableShare } from './ranked-series.ts';
import type { ScoredGrid } from './scorer.ts';
import { shareOutsideBand } from './share-outside-band.ts';
import { recallAt, walkThresholds } from './threshold-walk.ts';
import { meanVusPr, VUS_BUFFER_WINDOWS } from './vus-pr.ts';

/** False episodes per 1,000 series-weeks at which the recall is told. */
export const RECALL_BUDGETS = [2, 5, 20] as const;

/** What needs no threshold. */
export interface RankingFigures {
  readonly events: number;
  readonly recallAtBudgets: readonly { readonly budget: number; readonly recall: number | null }[];
  readonly averagePrecision: number | null;
  readonly baseRate: number | null;
  readonly vusPr: number | null;
  /** Share of windows with a value that have a score. */
  readonly scorable: number | null;
  /** Share of unlabelled windows outside the band; null without one. */
  readonly outsideBand: number | null;
}

/** What one threshold for all series gives. */
export interface ThresholdFigures {
  readonly threshold: number;
  readonly event: EventQuality;
  readonly interval: IntervalQuality;
}

export function rankingFigures(set: EvaluationSet, scored: readonly ScoredGrid[]): RankingFigures {
  const series = rankSeries(set, scored);
  const mostFalse = RECALL_BUDGETS.at(-1) ?? 0;
  const walk = walkThresholds(series, mostFalse);
  const { events } = figuresAt(series, Number.POSITIVE_INFINITY).event;
  return {
    events,
    recallAtBudgets: RECALL_BUDGETS.map((budget) => ({ budget, recall: recallAt(walk, budget, events) })),
    ...averagePrecision(series),
    vusPr: meanVusPr(series, vusBuffer(set.granularity)),
    scorable: scorableShare(series),
    outsideBand: shareOutsideBand(set, scored),
  };
}

export function figuresAt(series: readonly RankedSeries[], threshold: number): ThresholdFigures {
  const judged = series.map((one) => judgeAt(one, threshold));
  const windowsPerDay = series.map((one) => one.windowsPerDay);
  return { threshold, event: eventQuality(judged, windowsPerDay), interval: intervalQuality(judged) };
}

function vusBuffer(granularity: Granularity): number {
  return VUS_BUFFER_WINDOWS[granularity];
}
