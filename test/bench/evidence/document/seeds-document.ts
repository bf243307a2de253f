import { quantileOfSorted } from '../../../../src/detection/features/quantile.ts';
import { type SeedRun, seedRows } from '../ablation/seed-study.ts';
import { fixed, inWords, markdownTable } from './markdown.ts';

export interface SeedsResult {
  readonly command: string;
  readonly epochs: number;
  readonly runs: readonly SeedRun[];
}

/** `docs/seeds.md`; `timing` is the one line that differs from run to run. */
export function seedsDocument({ command, epochs, runs }: SeedsResult, timing: string): string {
  return `${[
    '# What the seed decides',
    `The detector, trained ${runs.length} times: each seed draws another corpus to learn from and other first weights. Sets that are ` +
      'drawn are drawn several times as well. Written by `npm run evaluate:seeds`; sets, thresholds and figures are those of ' +
      '[evidence.md](evidence.md), which tells of the seed that is shipped. Every threshold is chosen on other sets, so a seed ' +
      'moves hourly sets only through the daily ones among these: hours are judged without a network.',
    'Median of the runs, and the smallest to the largest of them:',
    markdownTable(
      ['', 'runs', 'event F1', 'smallest to largest', 'false/month', 'smallest to largest'],
      seedRows(runs).map(({ set, f1, falseEpisodesPerSeriesMonth: rates }) => {
        return [set, String(f1.length), fixed(medianOf(f1)), rangeOf(f1), fixed(medianOf(rates)), rangeOf(rates)];
      }),
    ),
    '## Doing it again',
    [
      '```sh',
      command,
      '```',
      '',
      `- Seeds ${inWords(runs.map(({ seed }) => String(seed)))}, ${epochs} passes.`,
      `- ${timing}`,
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function medianOf(ascending: readonly number[]): number {
  return quantileOfSorted(Float64Array.from(ascending), 0.5);
}

function rangeOf(ascending: readonly number[]): string {
  return `${fixed(ascending.at(0))} to ${fixed(ascending.at(-1))}`;
}
