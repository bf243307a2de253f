import { resolve } from 'node:path';
import {
  chooseThreshold,
  type EvaluationSet,
  figuresAt,
  ONE_PER_SERIES_MONTH,
  type RankingFigures,
  rankingFigures,
  rankSeries,
  type ThresholdFigures,
  type Variant,
} from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { Granularity } from '../domain/model.ts';
import type { FileSeries } from './series-files.ts';
import { gridOf } from './series-grid.ts';
import { shortNumber, textTable } from './text-table.ts';

/** One threshold for all series, chosen on some and measured on others. */
export interface TransferredFigures {
  readonly threshold: number;
  /** False episodes per series and month that were allowed where it was chosen. */
  readonly budget: number;
  readonly chosenOn: Omit<ThresholdFigures, 'threshold'> & { readonly series: number };
  readonly applied: Omit<ThresholdFigures, 'threshold'> & { readonly series: number };
  /** On the series that it is applied to. */
  readonly ranking: RankingFigures;
}

export interface TransferOptions {
  readonly from: EvaluationSet;
  readonly to: EvaluationSet;
  readonly budget: number;
}

export async function transferThreshold(variant: Variant, options: TransferOptions): Promise<TransferredFigures> {
  const { from, to, budget } = options;
  const tuning = rankSeries(from, await variant.scoreAll(from.series, from.granularity));
  const chosen = chooseThreshold(tuning, { budget: budget * ONE_PER_SERIES_MONTH });
  if (chosen === undefined) throw noThreshold(from.name, budget);
  const scored = await variant.scoreAll(to.series, to.granularity);
  const figuresOf = (series: typeof tuning) => {
    const { event, interval } = figuresAt(series, chosen.threshold);
    return { series: series.length, event, interval };
  };
  return {
    threshold: chosen.threshold,
    budget,
    chosenOn: figuresOf(tuning),
    applied: figuresOf(rankSeries(to, scored)),
    ranking: rankingFigures(to, scored),
  };
}

/** Files as a set to measure on; each is a unit of its own. */
export function setOfFiles(name: string, files: readonly FileSeries[], granularity: Granularity): EvaluationSet {
  return {
    name,
    granularity,
    series: files.map((file) => ({ ...gridOf(file, granularity), unit: file.name, clusterAt: () => file.name })),
  };
}

/** Probabilities crowd near 1. */
const THRESHOLD_DIGITS = 9;

export function describeTransfer(figures: TransferredFigures): string[] {
  const row = (name: string, { series, event, interval }: TransferredFigures['applied']): string[] => [
    name,
    ...[
      series,
      event.events,
      event.precision,
      event.recall,
      event.f1,
      event.falseEpisodesPerSeriesMonth,
      event.falseEpisodesPer1000SeriesWeeks,
      event.delay.median,
      event.delay.p90,
      interval.f1,
    ].map(shortNumber),
  ];
  const header = ['', 'series', 'events', 'event P', 'R', 'F1', 'false/month', 'false/1000 weeks', 'delay', 'p90'];
  const { recallAtBudgets, averagePrecision, baseRate, scorable } = figures.ranking;
  const recalls = recallAtBudgets.map(({ budget, recall }) => `${shortNumber(recall)} at ${budget}`).join(', ');
  return [
    '',
    `threshold ${Number(figures.threshold.toPrecision(THRESHOLD_DIGITS))} for all series: the best event F1 where it was chosen, at no more than ` +
      `${figures.budget} false episodes per series and month, as far as those series can tell (upper 90 % bound)`,
    ...textTable([...header, 'interval F1'], [row('chosen on', figures.chosenOn), row('applied to', figures.applied)]),
    `recall by false episodes per 1,000 series-weeks: ${recalls}; average precision ${shortNumber(averagePrecision)} ` +
      `(random: ${shortNumber(baseRate)}); scored: ${shortNumber(scorable)} of the windows with a value`,
    'not measured: the first 28 days of daily series, and of hourly ones the first week or 15 %, whichever is less',
  ];
}

export function parseBudget(text: string): number {
  const budget = Number(text);
  if (text.trim() !== '' && Number.isFinite(budget) && budget > 0) return budget;
  throw new DriftbellError('usage.invalid', {
    expected: '--budget as a number above 0, in false episodes per series and month',
    received: JSON.stringify(text),
    remedy: 'write for example --budget 1',
  });
}

/** A threshold that was chosen on the series it is measured on would flatter. */
export function requireOtherSeries(series: readonly string[], thresholdFrom: readonly string[]): void {
  const measured = new Set(series.map((path) => resolve(path)));
  const shared = thresholdFrom.find((path) => measured.has(resolve(path)));
  if (shared === undefined) return;
  throw new DriftbellError('usage.invalid', {
    expected: 'other series in --threshold-from than in --series',
    received: `${shared} in both`,
    remedy: 'choose the threshold on series that are not measured',
  });
}

function noThreshold(name: string, budget: number): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `a threshold that finds an event of ${name} at no more than ${budget} false episodes per series and month, by the upper 90 % bound`,
    received: 'none',
    remedy: 'allow more with --budget, or choose on more series: one in 115 series-days may still be one a month',
  });
}
