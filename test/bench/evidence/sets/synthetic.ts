import { syntheticGrid } from '../../../../src/cli/synthetic-grid.ts';
import { drawBinomial } from '../../../../src/detection/driftbell/corpus/distributions.ts';
import {
  type CorpusSeries,
  drawCorpus,
  drawHealthy,
  driftbellCorpus,
  type EvaluationSet,
  generateCorpus,
  referenceCorpus,
} from '../../../../src/detection/index.ts';
import type { Random } from '../../../../src/ports/random.ts';

/** The benchmark of the paper's released code: four shapes of weeks, one upward anomaly in four of five series. */
export function referenceSet(name: string, random: Random): EvaluationSet {
  const series = generateCorpus(referenceCorpus, random).map((one, index) => {
    const unit = `series ${index + 1}`;
    return { ...syntheticGrid(one), unit, clusterAt: () => unit };
  });
  return { name, granularity: 'day', series };
}

const CORPUS_SERIES = 400;

/** The corpus that the detector of our own learns from, drawn anew: all shapes, all faults. */
export function corpusSet(name: string, random: Random): EvaluationSet {
  return setOf(name, drawCorpus({ ...driftbellCorpus, series: CORPUS_SERIES }, random));
}

/**
 * Enough for a hundred windows beyond 0.1 % of the rarest kind of statistic, and for the few series that hold a fifth of
 * all such windows of their kind: with a third of these, equal kinds differed two- to threefold by the draw alone.
 */
const CLEAN_SERIES = 36_000;
const CLEAN_WINDOWS = 200;

/** Healthy series as they usually are, with their kinds of statistics; windows right after a lasting shift are labelled. */
export function cleanSet(name: string, random: Random, series = CLEAN_SERIES): EvaluationSet {
  return setOf(name, drawHealthy({ ...driftbellCorpus, series, windows: CLEAN_WINDOWS }, random));
}

function setOf(name: string, corpus: readonly CorpusSeries[]): EvaluationSet {
  const series = corpus.map((one, index) => {
    const unit = `series ${index + 1}`;
    return { ...one, unit, clusterAt: () => unit };
  });
  return { name, granularity: 'day', series };
}

const RATE_SERIES = 200;
const RATE_DAYS = 120;
const BASE_RATE = 1e-4;
const RATE_ROWS = 1_000_000;
/** The rate is so many times as large on faulty days. */
const FACTOR = { least: 2, most: 10 };
const LONGEST_FAULT = 7;
const EARLIEST_FAULT = 28;

/** Shares of missing values near 1e-4 of a million rows, which rise to the double or more for up to a week. */
export function smallRates(name: string, random: Random): EvaluationSet {
  const series = Array.from({ length: RATE_SERIES }, (_, index) => {
    const unit = `rate ${index + 1}`;
    const start = random.integer(EARLIEST_FAULT, RATE_DAYS - LONGEST_FAULT - 1);
    const labels = new Uint8Array(RATE_DAYS).fill(1, start, start + random.integer(1, LONGEST_FAULT));
    const factor = FACTOR.least + (FACTOR.most - FACTOR.least) * random.uniform();
    const values = Float64Array.from(labels, (isFaulty) => {
      return drawBinomial(random, RATE_ROWS, BASE_RATE * (isFaulty === 1 ? factor : 1)) / RATE_ROWS;
    });
    return {
      unit,
      values,
      labels,
      daysOfWeek: Uint8Array.from(values, (_, day) => day % 7),
      statisticKind: 'rate' as const,
      rows: new Float64Array(RATE_DAYS).fill(RATE_ROWS),
      clusterAt: () => unit,
    };
  });
  return { name, granularity: 'day', series };
}
