import type { EvidenceResult } from '../evidence-result.ts';
import type { SetFigures, VariantFigures } from '../measure-sets.ts';
import { CLOUD_FOLDERS } from '../sets/cloud-monitoring.ts';
import { COMPARED } from '../variants.ts';
import { fixed } from './markdown.ts';

export interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly isReached: boolean;
}

const BENCHMARK_F1 = 0.95;
const CLOUD_F1 = 0.6;
const CLOUD_FALSE = 1;
const MOST_SPREAD = 3;
const LEAST_GAIN = 2;
/** A smaller difference of F1 is none. */
const LEAST_DIFFERENCE = 0.005;

/** What was set as a goal before anything was measured. */
export function goals(result: EvidenceResult): readonly Goal[] {
  const on = (set: string, variant = COMPARED): VariantFigures | undefined =>
    result.sets.find(({ name }) => name === set)?.variants.find((one) => one.variant === variant);
  const benchmark = on('reference benchmark')?.transferred.interval.f1 ?? null;
  const spread = result.clean.find(({ variant }) => variant === COMPARED)?.spread ?? null;
  const [recall, codeRecall] = [on('small rates'), on('small rates', 'code')].map(
    (one) => one?.own?.event.recall ?? null,
  );
  return [
    {
      goal: `interval F1 of at least ${BENCHMARK_F1} on the reference benchmark, threshold of another draw`,
      measured: fixed(benchmark),
      isReached: (benchmark ?? 0) >= BENCHMARK_F1,
    },
    ...CLOUD_FOLDERS.map((folder) => {
      const event = on(folder)?.transferred.event;
      const [f1, rate] = [event?.f1 ?? null, event?.falseEpisodesPerSeriesMonth ?? null];
      return {
        goal: `event F1 of at least ${fixed(CLOUD_F1)} at no more than one false episode per series and month on ${folder}`,
        measured: `F1 ${fixed(f1)} at ${fixed(rate)}`,
        isReached: (f1 ?? 0) >= CLOUD_F1 && (rate ?? Number.POSITIVE_INFINITY) <= CLOUD_FALSE,
      };
    }),
    {
      goal: `no kind of statistic with more than ${MOST_SPREAD} times the false rate of another at one threshold`,
      measured: spread === null ? 'a kind without any' : `${fixed(spread, 1)} times`,
      isReached: spread !== null && spread <= MOST_SPREAD,
    },
    {
      goal: 'on rates of one in ten thousand, at least twice the event recall of `code`, each by its own rules',
      measured: `${fixed(recall)} against ${fixed(codeRecall)}`,
      isReached: (recall ?? 0) > 0 && (recall ?? 0) >= LEAST_GAIN * (codeRecall ?? 0),
    },
  ];
}

const PLAIN = [
  'mean/std z',
  'same-time median',
  'previous-week ratio',
  'exponential smoothing',
  'paper',
  'paper, last 28 hours',
  'code',
];

/** Where something simpler, or the paper's own, did better: in plain words, from the figures. */
export function failures(result: EvidenceResult): readonly string[] {
  return [
    ...goals(result)
      .filter(({ isReached }) => !isReached)
      .map(({ goal, measured }) => `Goal missed: ${goal}; measured: ${measured}.`),
    ...result.sets.flatMap((set) => beaten(set)),
    ...result.sets.flatMap((set) => beatenByOwnRules(set)),
    ...result.sets.flatMap((set) => overBudget(set)),
  ];
}

function beaten(set: SetFigures): string[] {
  const own = set.variants.find(({ variant }) => variant === COMPARED);
  if (own === undefined) return [];
  const f1 = own.transferred.event.f1 ?? 0;
  const better = set.variants.filter(
    ({ variant, transferred }) => PLAIN.includes(variant) && (transferred.event.f1 ?? 0) >= f1 + LEAST_DIFFERENCE,
  );
  const best = better.toSorted((a, b) => (b.transferred.event.f1 ?? 0) - (a.transferred.event.f1 ?? 0))[0];
  if (best === undefined) return [];
  const isSure = best.difference.high < 0;
  return [
    `On ${set.name}, ${best.variant} has a higher event F1 than ${COMPARED} (${fixed(best.transferred.event.f1)} against ` +
      `${fixed(f1)}; ${isSure ? 'the interval of the difference excludes 0' : 'the interval of the difference holds 0'}).`,
  ];
}

function beatenByOwnRules(set: SetFigures): string[] {
  const f1 = ({ own }: VariantFigures) => own?.event.f1 ?? 0;
  const compared = set.variants.find(({ variant }) => variant === COMPARED);
  const best = set.variants.filter(({ own }) => own !== null).toSorted((a, b) => f1(b) - f1(a))[0];
  if (compared === undefined || best === undefined || f1(best) < f1(compared) + LEAST_DIFFERENCE) return [];
  const rates = [best, compared].map(({ own }) => fixed(own?.event.falseEpisodesPerSeriesMonth));
  return [
    `On ${set.name}, each by its own rules, ${best.variant} has a higher event F1 than ${COMPARED} (${fixed(f1(best))} ` +
      `against ${fixed(f1(compared))}, with ${rates.join(' against ')} false episodes per series and month).`,
  ];
}

function overBudget(set: SetFigures): string[] {
  const event = set.variants.find(({ variant }) => variant === COMPARED)?.transferred.event;
  const rate = event?.falseEpisodesPerSeriesMonth ?? 0;
  if (rate <= CLOUD_FALSE) return [];
  return [
    `On ${set.name}, the threshold of the other sets lets ${fixed(rate)} false episodes per series and month through ` +
      `where ${fixed(CLOUD_FALSE, 0)} was allowed: alarms are not equally rare from set to set.`,
  ];
}
