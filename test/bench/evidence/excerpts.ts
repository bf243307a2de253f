import { eventOutcomes } from '../../../src/detection/evaluation/event-outcomes.ts';
import { warmUpWindows } from '../../../src/detection/evaluation/warm-up.ts';
import type { EvaluationSeries, ScoredGrid } from '../../../src/detection/index.ts';
import type { EvidenceSet } from './evidence-set.ts';

export const excerptKinds = ['good-1', 'good-2', 'failure-1', 'failure-2'] as const;

/** A piece of a real series with its band and what its detector called, for a picture. */
export interface Excerpt {
  readonly kind: (typeof excerptKinds)[number];
  readonly set: string;
  readonly unit: string;
  readonly source: string;
  readonly licence: string;
  readonly startMs: number;
  readonly windowMs: number;
  readonly points: readonly {
    readonly value: number | null;
    readonly baseline: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly isAnomaly: boolean;
    readonly isLabelled: boolean;
  }[];
  readonly found: number;
  readonly missed: number;
  readonly falseEpisodes: number;
}

const WINDOWS = 14 * 24;
const STEP = 24;
const HOUR_MS = 3_600_000;

interface Candidate extends Pick<Excerpt, 'found' | 'missed' | 'falseEpisodes'> {
  readonly set: EvidenceSet;
  readonly series: EvaluationSeries;
  readonly scored: ScoredGrid;
  readonly from: number;
}

/**
 * Two weeks each, picked by rule and not by eye, by the detector's own rules: where it finds most without a false
 * episode, in two different series; where it raises most false episodes; where it misses most.
 */
export function chooseExcerpts(
  sets: readonly EvidenceSet[],
  scoredOf: (set: string) => readonly ScoredGrid[],
): readonly Excerpt[] {
  const open = sets
    .filter(({ granularity }) => granularity === 'hour')
    .flatMap((set) =>
      set.series.flatMap((series, index) =>
        candidatesOf(set, series, scoredOf(set.name)[index] ?? { scores: new Float64Array() }),
      ),
    );
  const best = (by: (one: Candidate) => number, taken: readonly Candidate[]): Candidate | undefined => {
    const others = open.filter((one) => !taken.some(({ series }) => series === one.series));
    return others.reduce<Candidate | undefined>((a, b) => (a === undefined || by(b) > by(a) ? b : a), undefined);
  };
  const isGood = ({ found, missed, falseEpisodes }: Candidate) => found - missed - 10 * falseEpisodes;
  const chosen: Candidate[] = [];
  for (const by of [isGood, isGood, (one: Candidate) => one.falseEpisodes, (one: Candidate) => one.missed]) {
    const one = best(by, chosen);
    if (one !== undefined) chosen.push(one);
  }
  return chosen.map((one, index) => excerptOf(one, excerptKinds[index] ?? 'good-1'));
}

function candidatesOf(set: EvidenceSet, series: EvaluationSeries, scored: ScoredGrid): Candidate[] {
  const { alerts, upper } = scored;
  if (alerts === undefined || upper === undefined || series.firstMs === undefined) return [];
  const { events, episodes } = eventOutcomes({ labels: series.labels, alerts });
  const candidates: Candidate[] = [];
  const { length } = series.values;
  for (let from = warmUpWindows(length, 'hour'); from + WINDOWS <= length; from += STEP) {
    // A picture without a band says nothing.
    if (!Number.isFinite(upper[from])) continue;
    const isIn = ({ start }: { readonly start: number }) => start >= from && start < from + WINDOWS;
    const here = events.filter(isIn);
    const found = here.filter(({ delay }) => delay !== null).length;
    const falseEpisodes = episodes.filter((one) => isIn(one) && one.isFalse).length;
    candidates.push({ set, series, scored, from, found, missed: here.length - found, falseEpisodes });
  }
  return candidates;
}

function excerptOf({ set, series, scored, from, ...counts }: Candidate, kind: Excerpt['kind']): Excerpt {
  const known = (values: Float64Array | undefined, at: number): number | null => {
    const value = values?.[at] ?? Number.NaN;
    return Number.isFinite(value) ? value : null;
  };
  return {
    kind,
    set: set.name,
    unit: series.unit,
    source: set.source,
    licence: set.licence,
    startMs: (series.firstMs ?? 0) + from * HOUR_MS,
    windowMs: HOUR_MS,
    points: Array.from({ length: WINDOWS }, (_, index) => ({
      value: known(series.values, from + index),
      baseline: known(scored.baseline, from + index),
      lower: known(scored.lower, from + index),
      upper: known(scored.upper, from + index),
      isAnomaly: scored.alerts?.[from + index] === 1,
      isLabelled: series.labels[from + index] === 1,
    })),
    ...counts,
  };
}
