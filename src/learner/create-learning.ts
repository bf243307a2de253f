import type { DigestLearning } from '../alerting/index.ts';
import { applyCorrection, type DetectionDeps, seeDetections, thresholdOf } from '../detection/index.ts';
import { detectorVersion, type StoredDetector } from '../domain/detector.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import { learnedName } from '../domain/learned-version.ts';
import type { Model } from '../domain/model.ts';
import type { SaidOfSeries } from '../domain/said.ts';
import {
  announceDecay,
  detectorHealth,
  historyMarks,
  type JudgedWindows,
  type LearnDeps,
  type LearnInput,
  type LearnOutcome,
  learn,
  openQuestions,
  receiptWords,
  saidOfSeries,
  votedWindows,
} from '../feedback/index.ts';
import { createSeededRandom } from '../platform/random.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Stores } from '../ports/stores.ts';
import { createLearner } from './create-learner.ts';

export interface LearningOptions {
  readonly stores: Stores;
  readonly detector: StoredDetector;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Feedback put together: what detection takes from it, what a vote keeps, and the night's work. */
export interface Learning {
  readonly detector: StoredDetector;
  readonly hooks: Required<Pick<DetectionDeps, 'learned' | 'marks'>>;
  /** What votes said of series and still holds. */
  readonly said: (model: Pick<Model, 'id'>, now: EpochMs) => SaidOfSeries;
  readonly judged: JudgedWindows;
  readonly see: LearnDeps['see'];
  readonly digest: DigestLearning;
  /** The detector's version with what it has learned. */
  name(): string;
  learn(input?: LearnInput): Promise<LearnOutcome>;
  close(): Promise<void>;
}

export function createLearning({ stores, detector, clock, logger }: LearningOptions): Learning {
  const { manifest, folder } = detector;
  const learner = createLearner({ folder });
  const threshold = thresholdOf(manifest);
  const told = new Set<number>();

  /** What is in force; damaged weights are told to the operator once, and the last good ones are taken. */
  function inForce() {
    const found = stores.corrections.inForce(detector.id);
    if (found?.refused !== undefined && !told.has(found.refused)) {
      told.add(found.refused);
      logger.error(
        { refused: found.refused, inForce: found.version?.number ?? 0 },
        'The weights of a learned version do not match their checksum; the last good version is in force.',
      );
    }
    return found?.version;
  }

  const marks: Learning['hooks']['marks'] = (modelId) => historyMarks(stores.seriesMarks.active(modelId, clock.now()));
  const see: LearnDeps['see'] = (model, detections) =>
    seeDetections({ stores, manifest, marksOf: marks(model.id) }, model, detections);
  const name = () => learnedName(detectorVersion(manifest), inForce()?.number ?? 0);

  return {
    detector,
    hooks: {
      marks,
      learned: (detections, { modelId, historyOf }) => {
        const correction = inForce()?.correction;
        const model = stores.models.byId(modelId);
        if (correction === undefined || model === undefined || correction.labels === 0) return detections;
        return applyCorrection(detections, { correction, threshold, model: model.slug, historyOf });
      },
    },
    said: ({ id }, now) => saidOfSeries(stores.seriesMarks.active(id, now)),
    judged: ({ report, findingId }) => {
      const model = stores.models.byId(report.modelId) as Model;
      return { windows: votedWindows({ stores, see }, model, { report, findingId }), detector: name() };
    },
    see,
    digest: {
      receipt: receiptWords,
      alarm: (now) => detectorHealth({ stores, learning: { detector } }, { now }).alarm,
      questions: (models, now) => openQuestions({ stores, detector, see }, models, now),
    },
    name,
    async learn(input) {
      const outcome = await learn({ stores, detector, learner, see, clock, random: createSeededRandom }, input);
      if (input?.isDryRun !== true) announceDecay({ stores, detector, clock, logger });
      return outcome;
    },
    close: () => learner.close(),
  };
}
