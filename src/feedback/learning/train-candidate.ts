import {
  type Correction,
  contextNames,
  LEAST_SHARED_LABELS,
  offsetOf,
  realProbability,
  shiftOf,
} from '../../domain/correction.ts';
import type { Label } from '../../domain/label.ts';
import type { BaseWindow, ContextRows, Learner } from '../../ports/learner.ts';
import type { Random } from '../../ports/random.ts';
import { fitOffsets } from './fit-offsets.ts';
import { isMissed } from './fit-raises.ts';
import { NOWHERE } from './gate.ts';
import type { QuietByName } from './quiet-windows.ts';

/** Windows of the base set for each labelled one, so that what votes do not speak of stays as it was. */
const REPLAYED = 10;

export interface TrainingInput {
  readonly replayed: readonly BaseWindow[];
  /** What nobody complained of, beside what was labelled. */
  readonly quiet?: QuietByName | undefined;
  readonly inForce: Correction;
  readonly seed: number;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Stage 2 from the one in force: offsets first, then the network of what is shared, which learns the labels that the offsets
 * leave open and, ten times as many, windows of the base set with what is said of them now as their truth; then the offsets
 * again. Stage 1 stays as it is.
 */
export async function trainCandidate(
  labels: readonly Label[],
  learner: Pick<Learner, 'fitNetwork'>,
  input: TrainingInput,
): Promise<Correction> {
  const first = fitOffsets(labels, undefined, input.quiet);
  if (first.labels < LEAST_SHARED_LABELS) return first;
  const network = await learner.fitNetwork(rowsOf(labels, first, input), input.seed, input.signal);
  return fitOffsets(labels, network, input.quiet);
}

function rowsOf(
  labels: readonly Label[],
  first: Correction,
  { replayed, inForce, random }: TrainingInput,
): ContextRows {
  // What is told is confirmed by votes on it, which says nothing of generated series.
  const unconfirmed = { ...inForce, confirmed: 0 };
  const taught = labels.filter((label) => !label.isMatterOfTaste && !isMissed(label));
  const base = drawSome(replayed, REPLAYED * taught.length, random);
  const usual = taught.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, taught.length);
  const rows = [
    ...taught.map((label) => ({
      context: label.seen.context,
      fixed: ownLogOdds(first, label.seen.evidence) + (first.confirmed ?? 0) + offsetOf(first, label.seen, label),
      target: Number(label.verdict === 'real'),
      weight: label.weight,
    })),
    ...base.map(({ seen }) => ({
      context: seen.context,
      fixed: ownLogOdds(first, seen.evidence),
      target: realProbability(first.slope, seen.evidence, shiftOf(unconfirmed, seen, { ...NOWHERE, isAbove: true })),
      weight: usual,
    })),
  ];
  const contexts = new Float32Array(rows.length * contextNames.length);
  rows.forEach(({ context }, row) => {
    contexts.set(context, row * contextNames.length);
  });
  return {
    count: rows.length,
    contexts,
    fixed: Float32Array.from(rows, ({ fixed }) => fixed),
    targets: Float32Array.from(rows, ({ target }) => target),
    weights: Float32Array.from(rows, ({ weight }) => weight),
  };
}

function ownLogOdds({ slope }: Correction, evidence: number): number {
  const p = realProbability(slope, evidence, 0);
  return Math.log(p / (1 - p));
}

/** The first places of a shuffle. */
function drawSome<Item>(items: readonly Item[], count: number, random: Random): readonly Item[] {
  const order = [...items];
  const most = Math.min(count, order.length);
  for (let place = 0; place < most; place += 1) {
    const other = random.integer(place, order.length - 1);
    const kept = order[place] as Item;
    order[place] = order[other] as Item;
    order[other] = kept;
  }
  return order.slice(0, most);
}
