import {
  type CorpusOptions,
  drawHealthy,
  fitRunFactor,
  historyStride,
  judgeSeries,
  judgingRules,
  warmUpWindows,
} from '../detection/index.ts';
import type { TailFactors } from '../domain/calibration.ts';
import { statisticKinds } from '../domain/statistic-kind.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';
import { type BandSetup, createBandJudge } from './band-judge.ts';

export interface RunFactorOptions {
  /** What was learned from; as many times as many series and windows are judged. */
  readonly corpus: CorpusOptions;
  readonly random: Random;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Of the rarest kind of statistic some 30,000 windows, of which 100 are beyond the threshold. */
const TIMES = 2;

/**
 * How often healthy series come to a tail probability in the end, kind by kind: they are judged window by window, with
 * masks and with what neighbours say of each other. An incident that goes on counts once, as it would be told.
 */
export async function fitRunFactors(
  setup: BandSetup,
  { corpus, random, progress, signal }: RunFactorOptions,
): Promise<TailFactors> {
  const { settings } = setup;
  const judging = judgingRules({ ...settings, runs: settings.runs && { pair: settings.runs.pair } });
  const judge = createBandJudge(setup, false);
  const series = drawHealthy({ ...corpus, series: TIMES * corpus.series, windows: TIMES * corpus.windows }, random);
  const detector = {
    manifest: { historyWindows: settings.historyWindows, configuration: settings.configuration, judging },
    judge: async (batch: Parameters<typeof judge.judge>[0]) => judge.judge(batch),
  };
  try {
    const judged = await judgeSeries(detector, series, { stride: historyStride('day'), progress, signal });
    return Object.fromEntries(
      statisticKinds.flatMap((kind) => {
        const tails = series.flatMap(({ statisticKind = 'level', labels }, index) => {
          if (statisticKind !== kind) return [];
          const { tail } = judged[index] ?? { tail: new Float64Array() };
          const first = warmUpWindows(labels.length, 'day');
          return Array.from(tail.subarray(first)).filter((_, at) => labels[first + at] !== 1);
        });
        const factor = fitRunFactor(tails, settings.tailThreshold);
        return factor === undefined ? [] : [[kind, factor]];
      }),
    );
  } finally {
    judge.dispose();
  }
}
