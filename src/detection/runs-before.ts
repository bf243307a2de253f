import type { Detection } from '../domain/anomaly.ts';
import type { JudgingRules } from '../domain/detector.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import { decideByRules } from './decide.ts';
import { type RunWindow, sideOf } from './driftbell/run-tail.ts';

/**
 * Finds what was said of a series in the windows right before the judged one. `starts`: those windows, the newest first.
 * What was rare and outside its band and yet no anomaly was passed over for a reason, and what is stuck has no side: both
 * end a run.
 */
export function runsBefore(
  said: readonly Detection[],
  starts: readonly number[],
  judging: Pick<JudgingRules, 'tailThreshold'> | undefined,
): (key: SeriesKey) => readonly RunWindow[] {
  const found = new Map<string, RunWindow[]>();
  for (const detection of said) {
    const place = starts.indexOf(detection.window.startMs);
    if (place < 0) continue;
    const name = seriesName(detection.series);
    const runs = found.get(name) ?? starts.map(() => NO_RUN);
    runs[place] = runWindow(detection, judging);
    found.set(name, runs);
  }
  return (key) => found.get(seriesName(key)) ?? [];
}

const NO_RUN: RunWindow = { tail: Number.NaN, side: 0 };

function runWindow(
  { value, forecast, tail, rule, isAnomaly }: Detection,
  judging: Pick<JudgingRules, 'tailThreshold'> | undefined,
): RunWindow {
  if (value === null || forecast === undefined || tail === undefined || rule === 'flat') return NO_RUN;
  const isPassedOver = !isAnomaly && judging !== undefined && decideByRules(value, forecast, tail, judging);
  return isPassedOver ? NO_RUN : { tail, side: sideOf(value, forecast.baseline) };
}
