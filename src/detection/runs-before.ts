import type { Detection } from '../domain/anomaly.ts';
import type { JudgingRules } from '../domain/detector.ts';
import type { Model } from '../domain/model.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import { shiftWindow, type Window } from '../domain/window.ts';
import type { DetectionStore } from '../ports/stores.ts';
import { asRunWindow, NO_RUN, RUN_WINDOWS, type RunWindow } from './driftbell/run-tail.ts';

/** The windows before a position, the newest first. */
export function windowsBefore(position: number, stride: number, windowAt: (at: number) => RunWindow): RunWindow[] {
  return Array.from({ length: RUN_WINDOWS }, (_, back) => {
    const at = position - (back + 1) * stride;
    return at < 0 ? NO_RUN : windowAt(at);
  });
}

export interface RunsBeforeInput {
  readonly model: Pick<Model, 'id' | 'zone' | 'granularity'>;
  readonly window: Window;
  /** Windows between two that follow each other. */
  readonly stride: number;
  readonly judging: Pick<JudgingRules, 'tailThreshold'>;
}

/** Finds what was said of a series in the windows right before the judged one, the newest first. */
export function readRunsBefore(
  detections: Pick<DetectionStore, 'between'>,
  { model, window, stride, judging }: RunsBeforeInput,
): (key: SeriesKey) => readonly RunWindow[] {
  const starts = Array.from({ length: RUN_WINDOWS }, (_, back) => {
    return shiftWindow(window, -stride * (back + 1), model.zone, model.granularity).startMs;
  });
  const found = new Map<string, RunWindow[]>();
  for (const detection of detections.between(model.id, starts.at(-1) ?? window.startMs, window.startMs)) {
    const place = starts.indexOf(detection.window.startMs);
    if (place < 0) continue;
    const name = seriesName(detection.series);
    const runs = found.get(name) ?? starts.map(() => NO_RUN);
    runs[place] = runWindowOf(detection, judging);
    found.set(name, runs);
  }
  return (key) => found.get(seriesName(key)) ?? [];
}

function runWindowOf(detection: Detection, judging: Pick<JudgingRules, 'tailThreshold'>): RunWindow {
  const { value, forecast, tail, rule, isAnomaly } = detection;
  if (value === null || forecast === undefined || tail === undefined) return NO_RUN;
  return asRunWindow({ value, ...forecast, tail, isAnomaly, isStuck: rule === 'flat' }, judging);
}
