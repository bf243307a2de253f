import { calibrateTail } from '../../domain/calibration.ts';
import type { JudgingRules, RunRules } from '../../domain/detector.ts';
import type { StatisticKind } from '../../domain/statistic-kind.ts';
import { decideByRules } from '../decide.ts';

/**
 * What a window says together with those right before it: two that are odd on one side are rarer than either, and an
 * incident that has been seen goes on until the series is back.
 *
 * pair = factor * max(p(t), r(t - 1))^exponent
 * goes on = max(p(t)^goesOn, r(t - 1), r(t - 2))
 * r(t) = the smaller of goes on and f min(p(t), pair), f of the kind of statistic; pair and goes on where the windows
 * lie on the side of this one
 *
 * p: tail probability of a window by itself, r: with its neighbours. Were neighbours independent, two on one side that are
 * both at most p had the probability p^2 / 2; errors of healthy series are correlated, so exponent and factor are as
 * measured (`runRules`), and f makes up for how much more so in one kind than in another (`fitRunFactor`). "Goes on" is
 * the second, lower threshold of a hysteresis: at any threshold on r, a window continues two that were beyond it as long
 * as p^goesOn is. Edge cases: a missing window, or one without a side, ends a run.
 */
export interface RunWindow {
  /** r; NaN where it is unknown. */
  readonly tail: number;
  /** -1 and +1: below and above its baseline; 0: no part of a run. */
  readonly side: -1 | 0 | 1;
}

/** Windows before the judged one that are looked at. */
export const RUN_WINDOWS = 2;

/** The side of a window whose value is told against its baseline. */
export function sideOf(value: number, baseline: number): RunWindow['side'] {
  if (Number.isNaN(value) || Number.isNaN(baseline)) return 0;
  return value < baseline ? -1 : 1;
}

/** What was said of a window before. */
export interface SaidOfWindow {
  /** NaN where it is missing. */
  readonly value: number;
  readonly baseline: number;
  readonly lower: number;
  readonly upper: number;
  /** r; NaN where nothing was said. */
  readonly tail: number;
  readonly isAnomaly: boolean;
  /** Called for repeating itself, so that its tail is not that of its band. */
  readonly isStuck: boolean;
}

export const NO_RUN: RunWindow = { tail: Number.NaN, side: 0 };

/** What was rare and outside its band and yet no anomaly was passed over for a reason: it ends a run, as does what is stuck. */
export function asRunWindow(said: SaidOfWindow, judging: Pick<JudgingRules, 'tailThreshold'>): RunWindow {
  const isPassedOver = !said.isAnomaly && decideByRules(said.value, said, said.tail, judging);
  if (said.isStuck || isPassedOver) return NO_RUN;
  return { tail: said.tail, side: sideOf(said.value, said.baseline) };
}

/** `before`: the windows before the judged one, the newest first; fewer where the series is young. */
export function runTail(
  { tail, side }: RunWindow,
  before: readonly RunWindow[],
  { pair, goesOn, factors }: RunRules,
  kind: StatisticKind,
): number {
  const factor = factors?.[kind] ?? 1;
  const continues = (one: RunWindow | undefined): one is RunWindow => {
    return one !== undefined && side !== 0 && one.side === side && !Number.isNaN(one.tail);
  };
  const [last, former] = before;
  if (Number.isNaN(tail) || !continues(last)) return calibrateTail(tail, factor);
  const paired = pair === undefined ? tail : pair.factor * Math.max(tail, last.tail) ** pair.exponent;
  const least = calibrateTail(Math.min(tail, paired), factor);
  if (goesOn === undefined || !continues(former)) return least;
  return Math.min(least, Math.max(tail ** goesOn, last.tail, former.tail));
}
