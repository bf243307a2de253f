import type { HourRules, JudgingRules } from '../../domain/detector.ts';
import { decideByRules } from '../decide.ts';
import { evidenceScore } from '../driftbell/evidence-score.ts';
import { asRunWindow, runTail, sideOf } from '../driftbell/run-tail.ts';
import type { SeriesGrid } from '../features/history-rows.ts';
import { flatlineChance } from '../flatline.ts';
import { emptyGrid, type JudgedGrid, saidOf } from '../judged-grid.ts';
import { windowsBefore } from '../runs-before.ts';
import { HOUR_BLOCK_WINDOWS, HOUR_LOOKBACK_WINDOWS } from './hour-rules.ts';
import { type HourJudgement, type HourSeries, judgeHours } from './judge-hours.ts';

/** Judges every hour of a series; the same as judging each when it has come, with what was known by then. */
export function judgeHourGrid(grid: SeriesGrid, judging: JudgingRules, rules: HourRules): JudgedGrid {
  const judged = emptyGrid(grid.values.length);
  const { values, statisticKind: kind = 'level', rows, firstWindow = 0 } = grid;
  const length = values.length;
  for (let from = 0, to = endOfBlock(firstWindow); from < length; from = to, to += HOUR_BLOCK_WINDOWS) {
    judgeBlock({ values, kind, rows }, rules, { from, to: Math.min(to, length), firstWindow }, (at, judgement) => {
      judged.baseline[at] = judgement.baseline;
      judged.lower[at] = judgement.lower;
      judged.upper[at] = judgement.upper;
      judged.severity[at] = judgement.severity;
      judged.tail[at] = judgement.tail;
      judged.score[at] = evidenceScore(judgement.tail);
    });
  }
  decideHours(judged, { values, kind }, judging, rules);
  return judged;
}

/** Hour after hour, since what was said of those before decides with. */
function decideHours(
  judged: JudgedGrid,
  series: Pick<HourSeries, 'values' | 'kind'>,
  judging: JudgingRules,
  rules: HourRules,
): void {
  const isStuck = new Uint8Array(series.values.length);
  for (const [at, value] of series.values.entries()) {
    const forecast = saidOf(series.values, judged, at, false);
    const before = windowsBefore(at, 1, (past) => {
      return asRunWindow(saidOf(series.values, judged, past, isStuck[past] === 1), judging);
    });
    const alone = forecast.tail;
    const own = { tail: alone, side: sideOf(value, forecast.baseline) };
    const tail = runTail(own, before, { goesOn: rules.goesOn }, series.kind);
    if (tail < alone) {
      judged.tail[at] = tail;
      judged.score[at] = evidenceScore(tail);
    }
    if (decideByRules(value, forecast, tail, judging)) {
      judged.anomalies[at] = 1;
      continue;
    }
    const chance = flatHourChance(series, at, judging, rules);
    if (chance === undefined) continue;
    isStuck[at] = 1;
    judged.anomalies[at] = 1;
    judged.tail[at] = chance;
    judged.score[at] = evidenceScore(chance);
  }
}

/** As `flatlineChance`, by the hours before; undefined where the window is not stuck. */
export function flatHourChance(
  { values, kind }: Pick<HourSeries, 'values' | 'kind'>,
  at: number,
  judging: JudgingRules,
  { historyWindows, leastKnownWindows }: HourRules,
): number | undefined {
  const value = values[at] ?? Number.NaN;
  const before = values[at - 1] ?? Number.NaN;
  if (!Number.isFinite(value) || (value !== before && !Number.isNaN(before))) return undefined;
  const history = values.subarray(Math.max(0, at - historyWindows), at);
  return flatlineChance(value, history, { kind, rules: { ...judging, leastKnownWindows } });
}

/** The judgement of the last window of a series; undefined where too little is known. `lastWindow`: since the epoch. */
export function judgeLastHour(series: HourSeries, rules: HourRules, lastWindow: number): HourJudgement | undefined {
  const from = series.values.length - 1;
  let last: HourJudgement | undefined;
  const firstWindow = lastWindow - from;
  judgeBlock(series, rules, { from, to: from + 1, firstWindow }, (_, judgement) => {
    last = judgement;
  });
  return last;
}

/** Windows before the one with this number since the epoch that judging it looks at. */
export function hourLookback(window: number): number {
  return HOUR_LOOKBACK_WINDOWS + (window - startOfBlock(window));
}

/** Every window of a block begins to look at the same window, so that what is judged with it makes no difference. */
function judgeBlock(
  series: HourSeries,
  rules: HourRules,
  { from, to, firstWindow }: { readonly from: number; readonly to: number; readonly firstWindow: number },
  tell: (at: number, judgement: HourJudgement) => void,
): void {
  const start = Math.max(0, startOfBlock(firstWindow + from) - HOUR_LOOKBACK_WINDOWS - firstWindow);
  const shifted = {
    ...series,
    values: series.values.subarray(start, to),
    rows: series.rows?.subarray(start, to),
  };
  judgeHours(shifted, rules, { start: 0, from: from - start, to: to - start }, (at, judgement) => {
    tell(at + start, judgement);
  });
}

function startOfBlock(window: number): number {
  return Math.floor(window / HOUR_BLOCK_WINDOWS) * HOUR_BLOCK_WINDOWS;
}

/** Place in a series, which begins with this window, at which its first block ends. */
function endOfBlock(firstWindow: number): number {
  return startOfBlock(firstWindow) + HOUR_BLOCK_WINDOWS - firstWindow;
}
