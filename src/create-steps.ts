import { runAlerting } from './alerting/index.ts';
import { type DetectionDeps, runDetection } from './detection/index.ts';
import { tailFactors } from './domain/calibration.ts';
import type { DetectorId } from './domain/identifiers.ts';
import type { Model } from './domain/model.ts';
import { renewMarks } from './feedback/index.ts';
import type { CheckDeps } from './jobs/index.ts';
import type { Learning } from './learner/create-learning.ts';
import { formatInstant } from './messages/format-instant.ts';
import type { Clock } from './ports/clock.ts';
import type { Detector } from './ports/detector.ts';
import type { Logger } from './ports/logger.ts';
import type { StatisticsEngine } from './ports/statistics-engine.ts';
import type { Stores } from './ports/stores.ts';
import { type FilterSettings, runPostprocessing } from './postprocessing/index.ts';
import {
  anomalousWindows,
  isObserved,
  refreshImportance,
  runLateLabels,
  runStatistics,
  type StatisticsDeps,
  watchedSeries,
  withTrafficRatios,
} from './statistics/index.ts';

export interface StepParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly engine: StatisticsEngine;
  readonly detector: Detector;
  readonly learning: Learning;
  readonly detectorId: DetectorId;
  readonly filterSettings: (model: Model) => FilterSettings;
}

/** What a check does with a window, step by step: each takes what the one before has stored. */
export function createSteps({
  stores,
  clock,
  logger,
  engine,
  detector,
  learning,
  detectorId,
  filterSettings,
}: StepParts): CheckDeps['steps'] {
  const holidays: DetectionDeps['holidays'] = (modelId, fromMs, toMs) =>
    stores.events.overlapping(modelId, fromMs, toMs).filter(({ kind }) => kind === 'holiday');
  const statistics: StatisticsDeps = {
    engine,
    clock,
    models: stores.models,
    statistics: withTrafficRatios(stores),
    transaction: stores.transaction,
    looks: stores.looks,
    formatInstant,
    anomalousWindows: (of, fromMs, toMs) => anomalousWindows(stores.reports.list(of.id), of, { fromMs, toMs }),
  };
  return {
    statistics: async (model, windows, options) => {
      await refreshImportance({ engine, models: stores.models, logger }, model, options.signal);
      return runStatistics(statistics, { model, windows, ...options });
    },
    lateLabels: (model, windows, { signal }) =>
      runLateLabels(statistics, { model, windows, ...(signal && { signal }) }),
    watchesLabels: (model, window) => watchedSeries(stores, model, window).some(isObserved),
    detection: (model, window, signal) => {
      const [look] = stores.looks.between(model.id, window.startMs, window.endMs);
      return runDetection(
        {
          statistics: stores.statistics,
          detections: stores.detections,
          mutes: stores.mutes,
          detector,
          holidays,
          past: stores.detections.ofSeries,
          ...learning.hooks,
          tailFactors: (granularity) => tailFactors(stores.calibrations.of(detectorId), granularity),
        },
        {
          model,
          window,
          keys: watchedSeries(stores, model, window),
          ...(look && { look }),
          ...(signal && { signal }),
        },
      );
    },
    postprocessing: (model, window) => {
      const now = clock.now();
      const deps = { stores, settings: filterSettings(model), said: learning.said };
      const judged = runPostprocessing(deps, { model, window, now });
      renewMarks(stores, { model, held: judged.held, now });
      return judged;
    },
    alerting: (model, window, judged) => runAlerting({ stores }, { model, window, ...judged, now: clock.now() }),
  };
}
