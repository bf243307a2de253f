import type { Detection } from '../../domain/anomaly.ts';
import { type Correction, isTold, verdictShift } from '../../domain/correction.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import type { SeriesKey } from '../../domain/series.ts';
import { evidenceScore } from '../driftbell/evidence-score.ts';
import { isUsualValue } from '../usual-value.ts';
import { type EvidenceThreshold, logOdds, peersOf, windowEvidence } from './window-evidence.ts';

export interface CorrectionContext {
  readonly correction: Correction;
  readonly threshold: EvidenceThreshold;
  /** Slug of the model. */
  readonly model: string;
  readonly historyOf: (key: SeriesKey) => readonly (number | null)[];
}

/**
 * The verdicts of one window with what votes have taught. Only windows outside their band change; rules without history,
 * flatlines, drifts and common moves are none of its business, and where nothing was learned of a series, or only that it is right, its
 * detection is the same object.
 *
 * evidence' = evidence + verdict shift / slope; anomaly = outside the band and evidence' >= 0
 *
 * The score and the tail are moved by as much, so that filters and messages tell what decided.
 */
export function applyCorrection(detections: readonly Detection[], context: CorrectionContext): readonly Detection[] {
  const peers = peersOf(detections);
  return detections.map((detection) => {
    if (!isCorrectable(detection)) return detection;
    const history = context.historyOf(detection.series);
    const seen = windowEvidence(detection, { history, peers }, context.threshold);
    if (seen === undefined) return detection;
    const { correction, model } = context;
    const isAbove = isAboveBaseline(detection);
    const place = { model, series: detection.series, isAbove };
    const shift = verdictShift(correction, seen, place);
    if (shift === 0) return detection;
    const isLikely = isTold(correction, seen, place);
    const moved = {
      ...moveEvidence(detection, shift / correction.slope, context.threshold),
      evidence: seen.evidence,
    };
    if (detection.isAnomaly) return isLikely ? moved : silenced(moved);
    // What is no anomaly although its evidence would do was passed over for a reason.
    const wasPassedOver = seen.evidence >= 0;
    if (!isLikely || wasPassedOver || isUsualValue(detection.value ?? 0, history)) return moved;
    return { ...moved, isAnomaly: true, rule: 'band' };
  });
}

function isCorrectable({ rule, value, forecast }: Detection): boolean {
  if ((rule !== undefined && rule !== 'band') || value === null || forecast === undefined) return false;
  return value < forecast.lower || value > forecast.upper;
}

function silenced({ rule: _rule, ...rest }: Detection): Detection {
  return { ...rest, isAnomaly: false };
}

function moveEvidence(detection: Detection, shift: number, { judging }: EvidenceThreshold): Detection {
  const { tail, nominalTail, score } = detection;
  if (judging === undefined || tail === undefined) {
    return { ...detection, score: 1 / (1 + Math.exp(-(logOdds(score ?? 0) + shift))) };
  }
  const moved = Math.min(1, tail * Math.exp(-shift));
  return { ...detection, tail: moved, nominalTail: nominalTail ?? tail, score: evidenceScore(moved) };
}
