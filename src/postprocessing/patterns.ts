import { type Anomaly, isOutage } from '../domain/anomaly.ts';
import type { Pattern } from '../domain/finding.ts';
import type { Window } from '../domain/window.ts';

/** AlerTiger section 3.4: a short-term spike recovers "within three days". */
export const SPIKE_WINDOWS = 3;

export function patternOf(run: readonly Anomaly[], windows: readonly Window[]): Pattern {
  if (run.some(({ rule }) => isOutage(rule))) return 'outage';
  const first = windows.findIndex((window) => window.startMs === run[0]?.window.startMs);
  const last = windows.findIndex((window) => window.startMs === run.at(-1)?.window.startMs);
  if (last - first + 1 > SPIKE_WINDOWS) return 'level shift';
  return last === windows.length - 1 ? 'developing' : 'spike';
}
