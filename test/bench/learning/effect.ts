import { BOOTSTRAP_DRAWS, type Interval90, interval90 } from '../../../src/detection/index.ts';
import type { Random } from '../../../src/ports/random.ts';
import { sumWeeks, type Week } from './weeks.ts';

/**
 * What feedback does, against the same models without it, and how sure that is: models, each with the people who vote on it,
 * are drawn again with replacement, both arms with the same draws, so that all differences are paired.
 *
 * precision = real findings / findings told; recall = incidents found / incidents; f1 = 2 P R / (P + R)
 *
 * Interval: 5 % and 95 % quantile over the draws. Edge cases: a ratio to no false finding at all is 1 when there is still none; a draw
 * without findings has an F1 of 0.
 */
export interface Figures {
  /** Part of the false findings, and of the false reports, that is left from the goal's week on. */
  readonly falseFindings: number;
  readonly falseReports: number;
  /** Difference in recall, over all weeks and from the goal's week on. */
  readonly recall: number;
  readonly lateRecall: number;
  /** From the goal's week on: without feedback, with it, and the difference. */
  readonly f1Before: number;
  readonly f1After: number;
  readonly f1: number;
  readonly precisionBefore: number;
  readonly precisionAfter: number;
}

export type Effect = Readonly<Record<keyof Figures, Interval90 & { readonly value: number }>>;

type Models = readonly (readonly Week[])[];

export interface EffectInput {
  readonly none: Models;
  readonly with: Models;
  /** From 1. */
  readonly since: number;
  readonly random: Random;
}

export function effectOf({ none, with: fed, since, random }: EffectInput): Effect {
  const totals = none.map((_, model) => ({
    before: totalOf(none[model] ?? [], since),
    after: totalOf(fed[model] ?? [], since),
  }));
  const measured = figuresOf(totals);
  const names = Object.keys(measured) as (keyof Figures)[];
  const samples = new Map(names.map((name) => [name, new Float64Array(BOOTSTRAP_DRAWS)]));
  for (let draw = 0; draw < BOOTSTRAP_DRAWS; draw += 1) {
    const drawn = totals.flatMap(() => totals[random.integer(0, totals.length - 1)] ?? []);
    const figures = figuresOf(drawn);
    for (const [name, sample] of samples) sample[draw] = figures[name];
  }
  const rows = names.map((name) => {
    return [name, { value: measured[name], ...interval90(samples.get(name) ?? new Float64Array()) }] as const;
  });
  return Object.fromEntries(rows) as Effect;
}

interface Total {
  readonly all: Week;
  readonly late: Week;
}

interface Paired {
  readonly before: Total;
  readonly after: Total;
}

function totalOf(weeks: readonly Week[], since: number): Total {
  return { all: sumOf(weeks), late: sumOf(weeks.slice(since - 1)) };
}

/** Weeks as one. */
function sumOf(weeks: readonly Week[]): Week {
  return sumWeeks(weeks.map((week) => [week]))[0] as Week;
}

function figuresOf(models: readonly Paired[]): Figures {
  const total = (side: keyof Paired, span: keyof Total): Week => sumOf(models.map((model) => model[side][span]));
  const [before, after] = [total('before', 'late'), total('after', 'late')];
  const [f1Before, f1After] = [f1Of(before), f1Of(after)];
  return {
    falseFindings: ratio(after.falseFindings, before.falseFindings),
    falseReports: ratio(after.falseReports, before.falseReports),
    recall: recallOf(total('after', 'all')) - recallOf(total('before', 'all')),
    lateRecall: recallOf(after) - recallOf(before),
    ...{ f1Before, f1After, f1: f1After - f1Before },
    ...{ precisionBefore: precisionOf(before), precisionAfter: precisionOf(after) },
  };
}

function ratio(now: number, before: number): number {
  if (before > 0) return now / before;
  return now === 0 ? 1 : Number.POSITIVE_INFINITY;
}

function precisionOf({ realFindings, falseFindings }: Week): number {
  return realFindings / Math.max(1, realFindings + falseFindings);
}

function recallOf({ found, incidents }: Week): number {
  return found / Math.max(1, incidents);
}

function f1Of(week: Week): number {
  const [precision, recall] = [precisionOf(week), recallOf(week)];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
