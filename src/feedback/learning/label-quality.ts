import {
  type Correction,
  isTold,
  type Place,
  realProbability,
  shiftOf,
  type WindowEvidence,
} from '../../domain/correction.ts';
import type { Label } from '../../domain/label.ts';
import type { LabelQuality } from '../../domain/learned-version.ts';

/** A window whose truth is known, and what a correction makes of it. */
export interface Judged {
  readonly isReal: boolean;
  readonly weight: number;
  readonly probability: number;
  /** Told as an anomaly. */
  readonly isTold: boolean;
}

/** For windows outside their band: only those are decided by evidence. */
export function judgeWindow(
  correction: Correction,
  { seen, place, isReal, weight }: { seen: WindowEvidence; place: Place; isReal: boolean; weight: number },
): Judged {
  const shift = shiftOf(correction, seen, place);
  const probability = realProbability(correction.slope, seen.evidence, shift);
  return { isReal, weight, probability, isTold: isTold(correction, seen, place) };
}

export function judgeLabel(correction: Correction, label: Label): Judged {
  const { seen, weight, verdict } = label;
  return judgeWindow(correction, { seen, place: label, isReal: verdict === 'real', weight });
}

/** -ln of the probability of the truth. */
export function surprise({ isReal, probability }: Judged): number {
  const kept = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
  return -Math.log(isReal ? kept : 1 - kept);
}

const LEAST_PROBABILITY = 1e-6;

/** Weighted; null where there is nothing to divide by. */
export function qualityOf(judged: readonly Judged[]): LabelQuality {
  let [weight, told, real, found, loss] = [0, 0, 0, 0, 0];
  for (const one of judged) {
    weight += one.weight;
    loss += one.weight * surprise(one);
    if (one.isTold) told += one.weight;
    if (one.isReal) real += one.weight;
    if (one.isTold && one.isReal) found += one.weight;
  }
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  return { precision: share(found, told), recall: share(found, real), logLoss: share(loss, weight) };
}
