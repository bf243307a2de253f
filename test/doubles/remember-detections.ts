import { type Detection, isAnomaly } from '../../src/domain/anomaly.ts';
import type { DetectionStore } from '../../src/ports/stores.ts';

/** Detections of one model, kept in memory by window. */
export function rememberDetections(): Pick<DetectionStore, 'anomalies' | 'between' | 'replaceWindow'> & {
  readonly byWindow: ReadonlyMap<number, readonly Detection[]>;
  /** In the order of their windows. */
  all(): readonly Detection[];
} {
  const byWindow = new Map<number, readonly Detection[]>();
  const all = () => [...byWindow].sort(([one], [other]) => one - other).flatMap(([, detections]) => detections);
  const between = (_: unknown, fromMs: number, toMs: number) =>
    [...byWindow].flatMap(([startMs, detections]) => (startMs >= fromMs && startMs < toMs ? detections : []));
  return {
    byWindow,
    all,
    between,
    anomalies: (modelId, fromMs, toMs) => between(modelId, fromMs, toMs).filter(isAnomaly),
    replaceWindow(_, window, detections) {
      byWindow.set(window.startMs, detections);
    },
  };
}
