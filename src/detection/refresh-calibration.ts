import type { CalibrationChange } from '../domain/calibration.ts';
import { TRAFFIC_COLUMN } from '../domain/column.ts';
import { detectorVersion, type StoredDetector } from '../domain/detector.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import { type Granularity, granularities } from '../domain/model.ts';
import { statisticKinds } from '../domain/statistic-kind.ts';
import type { Stores } from '../ports/stores.ts';
import { createTailTally } from './calibration/tail-tally.ts';

export interface CalibrationDeps {
  readonly stores: Pick<Stores, 'models' | 'detections' | 'calibrations'>;
  readonly detector: StoredDetector;
  /** Waits for a moment, so that presses and checks come in between two columns. */
  readonly letOthersIn: () => Promise<void>;
}

export interface CalibrationInput {
  readonly now: EpochMs;
  /** Nothing is stored. */
  readonly isDryRun?: boolean;
  readonly signal?: AbortSignal;
}

/** Of a kind about which nothing was learned. */
const NO_FACTOR = 1;
/** A quarter: some hundred windows of every daily series, and not yet another season. */
const CALIBRATION_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * Counts how rare the windows of the last months were by the active detector, kind by kind, and replaces what is known
 * of its tail probabilities. Depends on what is stored and on `now` alone: running it again gives the same. A detector
 * without tail probabilities has nothing to learn.
 */
export async function refreshCalibration(
  deps: CalibrationDeps,
  { now, isDryRun = false, signal }: CalibrationInput,
): Promise<readonly CalibrationChange[]> {
  const { stores, detector } = deps;
  if (detector.manifest.judging === undefined) return [];
  const span = { fromMs: now - CALIBRATION_DAYS * DAY_MS, toMs: now };
  const before = stores.calibrations.of(detector.id);
  const changes: CalibrationChange[] = [];
  for (const granularity of granularities) {
    const counted = await countTails(deps, { granularity, ...span, signal });
    for (const kind of statisticKinds) {
      const count = counted.get(kind);
      if (count === undefined) continue;
      const calibration = { kind, granularity, ...count, ...span, refreshedAt: now };
      const known = before.find((one) => one.kind === kind && one.granularity === granularity);
      changes.push({ calibration, before: known?.factor ?? NO_FACTOR });
    }
  }
  if (!isDryRun) {
    stores.calibrations.replace(
      detector.id,
      changes.map(({ calibration }) => calibration),
    );
  }
  return changes;
}

interface CountedSpan {
  readonly granularity: Granularity;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly signal: AbortSignal | undefined;
}

async function countTails(
  { stores, detector, letOthersIn }: CalibrationDeps,
  { granularity, fromMs, toMs, signal }: CountedSpan,
): Promise<ReturnType<ReturnType<typeof createTailTally>['result']>> {
  const { manifest } = detector;
  const tally = createTailTally(manifest.judging?.tailThreshold ?? 0);
  for (const model of stores.models.list().filter((one) => one.granularity === granularity)) {
    const names = stores.models.columns(model.id).map(({ name }) => name);
    for (const column of new Set([...names, TRAFFIC_COLUMN])) {
      signal?.throwIfAborted();
      tally.addColumn(stores.detections.tails(model.id, { column, detector: detectorVersion(manifest), fromMs, toMs }));
      await letOthersIn();
    }
    tally.endModel();
  }
  return tally.result();
}
