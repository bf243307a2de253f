import type { HourRules, JudgingRules } from '../../domain/detector.ts';
import type { Series } from '../../domain/series.ts';
import { kindOfStatistic } from '../../domain/statistic-kind.ts';
import type { Window } from '../../domain/window.ts';
import type { Judgement } from '../build-detections.ts';
import { evidenceScore } from '../driftbell/evidence-score.ts';
import type { WindowView } from '../judgement-rows.ts';
import { flatHourChance, hourLookback, judgeLastHour } from './judge-hour-grids.ts';

const HOUR_MS = 3_600_000;

/** Start of the first window that judging a window looks at. */
export function hourHistoryStart({ startMs }: Window): number {
  return startMs - hourLookback(windowNumber(startMs)) * HOUR_MS;
}

/**
 * One hour of many series, each by its own past. `series`: as many as views and in their order, from `hourHistoryStart`
 * to the window; `isHidden`: windows that nobody may look at, such as muted ones.
 */
export function judgeHourViews(
  views: readonly WindowView[],
  series: readonly Series[],
  { judging, rules }: { readonly judging: JudgingRules; readonly rules: HourRules },
  { window, isHidden }: { readonly window: Window; readonly isHidden: (startMs: number) => boolean },
): Judgement {
  const number = windowNumber(window.startMs);
  const length = hourLookback(number) + 1;
  const judged = views.flatMap((view, index) => {
    const one = series[index];
    if (view.value === null || one === undefined) return [];
    const { values, rows } = gridOf(one, { length, number, isHidden, judgedMs: window.startMs });
    const kind = kindOfStatistic(one.key.statistic);
    const judgement = judgeLastHour({ values, kind, ...(one.key.role !== 'traffic' && { rows }) }, rules, number);
    const flat = flatHourChance({ values, kind }, length - 1, judging, rules) ?? Number.NaN;
    return judgement === undefined ? [] : [{ view, index, judgement, flat }];
  });
  const column = (pick: (one: (typeof judged)[number]) => number) => Float64Array.from(judged, pick);
  return {
    rows: {
      count: judged.length,
      // What is usual for an hour is in its level; no history of a few windows overrules it.
      histories: new Float64Array(),
      values: column(({ view }) => view.value ?? Number.NaN),
      daysOfWeek: new Uint8Array(judged.length),
      views: judged.map(({ index }) => index),
    },
    result: {
      baseline: column(({ judgement }) => judgement.baseline),
      lower: column(({ judgement }) => judgement.lower),
      upper: column(({ judgement }) => judgement.upper),
      severity: column(({ judgement }) => judgement.severity),
      tail: column(({ judgement }) => judgement.tail),
      score: column(({ judgement }) => evidenceScore(judgement.tail)),
    },
    flat: column(({ flat }) => flat),
  };
}

function gridOf(
  { points }: Series,
  options: {
    readonly length: number;
    readonly number: number;
    readonly judgedMs: number;
    readonly isHidden: (startMs: number) => boolean;
  },
): { readonly values: Float64Array; readonly rows: Float64Array } {
  const { length, number, judgedMs, isHidden } = options;
  const values = new Float64Array(length).fill(Number.NaN);
  const rows = new Float64Array(length).fill(Number.NaN);
  for (const { window, value, rows: behind } of points) {
    const place = length - 1 - (number - windowNumber(window.startMs));
    if (place < 0 || place >= length || value === null) continue;
    if (window.startMs !== judgedMs && isHidden(window.startMs)) continue;
    values[place] = value;
    rows[place] = behind;
  }
  return { values, rows };
}

function windowNumber(startMs: number): number {
  return Math.floor(startMs / HOUR_MS);
}
