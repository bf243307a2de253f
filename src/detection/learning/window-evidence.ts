import type { Detection } from '../../domain/anomaly.ts';
import type { WindowEvidence } from '../../domain/correction.ts';
import { departureOf } from '../../domain/departure.ts';
import type { JudgingRules } from '../../domain/detector.ts';
import { ALL_TRAFFIC } from '../../domain/statistic.ts';
import { kindOfStatistic, statisticKinds } from '../../domain/statistic-kind.ts';

/**
 * What stage 2 of learning sees of a judged window.
 *
 * evidence, of a detector with tail probabilities: ln(threshold / tail); of the paper's: logit(score) - logit(threshold).
 * Both are 0 where the detector itself is of two minds, and grow with how sure it is.
 *
 * The context is made of what was known when the window was judged. Edge cases: a band without width counts as
 * LEAST_SHARE of the level wide; no history gives zeros.
 */
export interface EvidenceContext {
  /** Values before the window, oldest first; null or NaN where one is missing. */
  readonly history: ArrayLike<number | null>;
  /** What the other series of the model did in the same window. */
  readonly peers: Peers;
}

export interface Peers {
  /** Median signed departure of the judged series of the model, in half bands. */
  readonly departure: number;
  /** Share of them that are anomalies. */
  readonly anomalousShare: number;
}

export const NO_PEERS: Peers = { departure: 0, anomalousShare: 0 };

/** What the detector asks of itself. */
export interface EvidenceThreshold {
  readonly judging: Pick<JudgingRules, 'tailThreshold'> | undefined;
  /** Of a detector that decides by its score. */
  readonly scoreThreshold: number;
}

const LEAST_TAIL = 1e-12;
const LEAST_SCORE = 1e-4;
const LEAST_SHARE = 1e-6;
const MOST_DEPARTURE = 3;
/** e^3 half bands and 3 decades are the far end of what is usual: both become 1. */
const LOG_UNIT = 3;
const EVIDENCE_UNIT = 8;

/** Undefined where the detector had no forecast, or decided by a rule without one. */
export function windowEvidence(
  detection: Detection,
  { history, peers }: EvidenceContext,
  threshold: EvidenceThreshold,
): WindowEvidence | undefined {
  const evidence = ownEvidence(detection, threshold);
  const { forecast, value, series } = detection;
  if (evidence === undefined || forecast === undefined || value === null) return undefined;
  const kind = kindOfStatistic(series.statistic);
  const sign = value < forecast.baseline ? -1 : 1;
  const departure = signedDeparture(detection);
  const shape = shapeOfHistory(history, forecast, halfBand(detection));
  return {
    evidence,
    context: [
      sign,
      ...statisticKinds.map((one) => Number(one === kind)),
      logScale(Math.abs(departure)),
      relativeWidth(detection),
      ...shape,
      // Never -0, which JSON does not know.
      (sign * Math.max(-MOST_DEPARTURE, Math.min(MOST_DEPARTURE, peers.departure))) / MOST_DEPARTURE + 0,
      peers.anomalousShare,
      Number(series.role === 'score'),
      Number(series.role === 'traffic'),
      Number(series.segment !== ALL_TRAFFIC),
      Math.tanh(evidence / EVIDENCE_UNIT),
    ],
    // Whatever rule told of it: learning corrects the band only.
    departure: departureOf({ series, value, forecast }),
  };
}

/** Before anything was learned. */
export function ownEvidence(detection: Detection, threshold: EvidenceThreshold): number | undefined {
  if (detection.evidence !== undefined) return detection.evidence;
  if (detection.forecast === undefined || detection.value === null) return undefined;
  if (threshold.judging === undefined) {
    return detection.score === undefined ? undefined : logOdds(detection.score) - logOdds(threshold.scoreThreshold);
  }
  return detection.tail === undefined
    ? undefined
    : Math.log(threshold.judging.tailThreshold / Math.max(LEAST_TAIL, detection.tail));
}

export function logOdds(score: number): number {
  const kept = Math.min(1 - LEAST_SCORE, Math.max(LEAST_SCORE, score));
  return Math.log(kept / (1 - kept));
}

/** Of the judged series of one model in one window. */
export function peersOf(detections: readonly Detection[]): Peers {
  const departures = detections.flatMap((one) => (one.forecast === undefined ? [] : [signedDeparture(one)]));
  if (departures.length === 0) return NO_PEERS;
  const sorted = departures.toSorted((a, b) => a - b);
  const anomalous = detections.filter(({ isAnomaly, forecast }) => isAnomaly && forecast !== undefined).length;
  return { departure: sorted[sorted.length >> 1] ?? 0, anomalousShare: anomalous / departures.length };
}

/** Distance from the baseline in half bands of that side; above it positive. */
function signedDeparture(detection: Detection): number {
  const { value, forecast } = detection;
  if (value === null || forecast === undefined) return 0;
  const departure = (value - forecast.baseline) / halfBand(detection);
  return Number.isFinite(departure) ? departure : 0;
}

function halfBand({ value, forecast }: Detection): number {
  if (value === null || forecast === undefined) return 1;
  const { baseline, lower, upper } = forecast;
  const gap = value < baseline ? baseline - lower : upper - baseline;
  const floor = LEAST_SHARE * Math.max(Math.abs(baseline), Math.abs(value));
  return Math.max(gap, floor, Number.MIN_VALUE);
}

function relativeWidth({ value, forecast }: Detection): number {
  const level = Math.max(Math.abs(forecast?.baseline ?? 0), Math.abs(value ?? 0));
  const width = (forecast?.upper ?? 0) - (forecast?.lower ?? 0);
  const share = level > 0 ? width / level : LEAST_SHARE;
  return Math.max(-2, Math.min(1, Math.log10(Math.max(LEAST_SHARE, share)) / LOG_UNIT));
}

function shapeOfHistory(
  history: ArrayLike<number | null>,
  { baseline, lower, upper }: NonNullable<Detection['forecast']>,
  half: number,
): readonly number[] {
  const known: number[] = [];
  for (let index = 0; index < history.length; index += 1) {
    const value = history[index];
    if (value !== null && value !== undefined && Number.isFinite(value)) known.push(value);
  }
  if (known.length === 0) return [0, 0, 0, 0, 0];
  let zeros = 0;
  let outside = 0;
  let largest = 0;
  for (const value of known) {
    if (value === 0) zeros += 1;
    if (value < lower || value > upper) outside += 1;
    largest = Math.max(largest, Math.abs(value - baseline) / half);
  }
  return [
    zeros / known.length,
    new Set(known).size / known.length,
    known.length / history.length,
    logScale(largest),
    outside / known.length,
  ];
}

function logScale(departure: number): number {
  return Math.min(2, Math.log1p(departure) / LOG_UNIT);
}
