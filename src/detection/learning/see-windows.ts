import type { Detection } from '../../domain/anomaly.ts';
import type { WindowEvidence } from '../../domain/correction.ts';
import type { DetectorManifest } from '../../domain/detector.ts';
import type { Model } from '../../domain/model.ts';
import { seriesName } from '../../domain/series.ts';
import type { Window } from '../../domain/window.ts';
import type { Stores } from '../../ports/stores.ts';
import { settingsOf } from '../build-detections.ts';
import { viewWindows } from '../judgement-rows.ts';
import { type MarksOf, markedSeries } from '../marked-history.ts';
import { historyStarts } from '../run.ts';
import { type EvidenceThreshold, peersOf, windowEvidence } from './window-evidence.ts';

export interface SeeDeps {
  readonly stores: Pick<Stores, 'statistics' | 'detections'>;
  readonly manifest: Pick<DetectorManifest, 'configuration' | 'judging' | 'historyWindows'>;
  readonly marksOf?: MarksOf | undefined;
}

export function thresholdOf({
  configuration,
  judging,
}: Pick<DetectorManifest, 'configuration' | 'judging'>): EvidenceThreshold {
  return { judging, scoreThreshold: settingsOf(configuration).scoreThreshold };
}

/**
 * What stage 2 sees of detections of one model, from what is stored. Undefined where there was no forecast, and where the
 * window is kept no longer: without the history it would look like another one.
 */
export function seeDetections(
  { stores, manifest, marksOf }: SeeDeps,
  model: Pick<Model, 'id' | 'zone' | 'granularity'>,
  detections: readonly Detection[],
): readonly (WindowEvidence | undefined)[] {
  const threshold = thresholdOf(manifest);
  const reading = { marksOf, masksExpected: manifest.judging?.masksAnomalies === true };
  const windows = new Map(detections.map(({ window }) => [window.startMs, window]));
  const contexts = new Map([...windows].map(([startMs, window]) => [startMs, contextOf(window)]));

  function contextOf(window: Window) {
    const keys = detections.filter((one) => one.window.startMs === window.startMs).map(({ series }) => series);
    const starts = historyStarts(window, manifest.historyWindows, model);
    const series = stores.statistics.series(model.id, keys, starts[0] ?? window.startMs, window.endMs);
    const marked = series.map((one) => markedSeries(one, window, reading));
    const views = viewWindows(marked, window, starts, { granularity: model.granularity, judging: manifest.judging });
    return {
      peers: peersOf(stores.detections.between(model.id, window.startMs, window.endMs)),
      kept: new Set(
        series
          .filter(({ points }) => points.at(-1)?.window.startMs === window.startMs)
          .map(({ key }) => seriesName(key)),
      ),
      histories: new Map(views.map((view) => [seriesName(view.series.key), view.history])),
    };
  }

  return detections.map((detection) => {
    const context = contexts.get(detection.window.startMs);
    const name = seriesName(detection.series);
    if (context?.kept.has(name) !== true) return undefined;
    const history = context.histories.get(name) ?? [];
    return windowEvidence(detection, { history, peers: context.peers }, threshold);
  });
}
