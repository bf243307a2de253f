import type { Detection } from '../domain/anomaly.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import { adjustTails } from './adjusted-tails.ts';
import { NO_WINDOW_FACTS, type WindowFacts } from './filter.ts';

/** What the series of the model did together, by the start of the window; of windows with an anomaly only. */
export function windowFacts(detections: readonly Detection[]): (startMs: EpochMs) => WindowFacts {
  const windows = new Map<EpochMs, Detection[]>();
  for (const { isAnomaly, window } of detections) if (isAnomaly) windows.set(window.startMs, []);
  if (windows.size === 0) return () => NO_WINDOW_FACTS;
  for (const detection of detections) windows.get(detection.window.startMs)?.push(detection);
  const facts = new Map<EpochMs, WindowFacts>();
  return (startMs) => {
    const judged = windows.get(startMs);
    if (judged === undefined) return NO_WINDOW_FACTS;
    const known = facts.get(startMs) ?? factsOf(judged);
    facts.set(startMs, known);
    return known;
  };
}

function factsOf(judged: readonly Detection[]): WindowFacts {
  return {
    anomalousSeries: judged.filter(({ isAnomaly, series }) => isAnomaly && series.role !== 'traffic').length,
    adjustedTails: adjustTails(judged),
  };
}
