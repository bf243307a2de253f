import { type Departure, isWithinReach, type Reach } from './departure.ts';
import type { SeriesKey } from './series.ts';

/** What is known of a judged window beside its evidence; the order is that of `WindowEvidence.context` and never changes. */
export const contextNames = [
  'sign',
  'level',
  'scale',
  'rate',
  'count',
  'distance',
  'performance',
  'departure',
  'band_width',
  'zero_share',
  'distinct_share',
  'known_share',
  'own_spikes',
  'past_outside',
  'common_move',
  'company',
  'is_score',
  'is_traffic',
  'is_segment',
  'evidence',
] as const;

/** What stage 2 sees of one judged window. Kept with a vote, so that learning never depends on what is recomputed. */
export interface WindowEvidence {
  /** E: natural logarithm of how far the detector's own evidence is beyond what it asks; 0 at its threshold. */
  readonly evidence: number;
  /** One number for each of `contextNames`, most of them within -1..1. */
  readonly context: readonly number[];
  /** Absent in what was voted on before it was kept. */
  readonly departure?: Departure | undefined;
}

/**
 * More than any detector gives. Evidence: a tail of 1e-12 gives at most ln(1e12) = 28, a score at most 2 ln(1e4) = 18. A number of
 * the context lies within -2..2. Numbers far beyond make sums of learning infinite, and those no numbers at all.
 */
export const MOST_EVIDENCE = 100;
export const MOST_CONTEXT = 10;

/** The first number that no detector gives, by its name; undefined where all are such as it can. */
export function oddNumberOf({ evidence, context }: WindowEvidence): { name: string; value: number } | undefined {
  if (!isWithin(evidence, MOST_EVIDENCE)) return { name: 'evidence', value: evidence };
  const place = context.findIndex((value) => !isWithin(value, MOST_CONTEXT));
  return place < 0 ? undefined : { name: `context.${place}`, value: context[place] ?? Number.NaN };
}

function isWithin(value: number, most: number): boolean {
  return Math.abs(value) <= most;
}

/** A small network of two layers: context -> relu units -> one number. Row-major: kernel, bias, kernel, bias. */
export interface ContextNetwork {
  readonly units: number;
  readonly weights: readonly number[];
}

/** Offsets of stage 2 in log-odds, by name; what has none has 0. */
export interface Offsets {
  readonly statistic: Readonly<Record<string, number>>;
  readonly model: Readonly<Record<string, number>>;
  readonly column: Readonly<Record<string, number>>;
  readonly series: Readonly<Record<string, number>>;
}

/** What votes have taught: it corrects the detector's own evidence and nothing else. */
export interface Correction {
  /** a: log-odds per unit of evidence. */
  readonly slope: number;
  /** b, in log-odds, at least 0: by how much what is told is more often real than the cut takes for granted. */
  readonly confirmed?: number | undefined;
  readonly network?: ContextNetwork | undefined;
  readonly offsets: Offsets;
  /**
   * By series and side: what an offset below 0 quiets goes no further, and no less far, than what people called no news there.
   * Absent: however far.
   */
  readonly reach?: Readonly<Record<string, Reach>> | undefined;
  /** By series and side, in log-odds above 0: what tells windows that the detector leaves quiet, from labels of what was missed. */
  readonly raises?: Readonly<Record<string, number>> | undefined;
  /** Effective labels that it rests on. */
  readonly labels: number;
}

/** Where a window stands: the names that offsets go by. */
export interface Place {
  readonly model: string;
  readonly series: SeriesKey;
  /** True: above its baseline. A series has an offset for each side, so that what is said of peaks leaves drops alone. */
  readonly isAbove: boolean;
}

export const offsetLevels = ['statistic', 'model', 'column', 'series'] as const;
export type OffsetLevel = (typeof offsetLevels)[number];

export function offsetNames({ model, series, isAbove }: Place): Readonly<Record<OffsetLevel, string>> {
  const { segment, column, statistic } = series;
  return {
    statistic: JSON.stringify([model, statistic]),
    model,
    column: JSON.stringify([model, column]),
    series: JSON.stringify([model, segment, column, statistic, isAbove ? 'above' : 'below']),
  };
}

/** Effective labels at which what all series share counts half; a starting guess. */
const HALF_TRUST_LABELS = 300;
/** Effective labels from which on they may teach about series that nobody voted on, by what all series share. */
export const LEAST_SHARED_LABELS = 30;
/** What votes may add or take in log-odds: evidence of MOST_SHIFT / slope and more is told whatever anybody said. */
export const MOST_SHIFT = 4;
const MOST_OF_NETWORK = 2;

/** w = L / (L + 300), 0 below 30: how much the parts that all series share are trusted. */
export function trustOf(labels: number): number {
  return labels < LEAST_SHARED_LABELS ? 0 : labels / (labels + HALF_TRUST_LABELS);
}

/**
 * Stage 2 of learning, as log-odds to be added to slope * evidence:
 *
 * shift = b + w 2 tanh(net(context)) + o(statistic) + o(model) + o(column) + o(series and side)
 *   + r(series and side), within +-MOST_SHIFT
 *
 * w = L / (L + 300), L effective labels. Only what was told gets votes. So b is of what is told, never below 0, and raises
 * nothing (`verdictShift`): without it everything would seem to be real one time in five at the detector's threshold, and a
 * breath would quiet what is real in most cases. The rest that all series share is the network's, which is trained with base
 * data beside the labels. The offsets are not weighed with w: their own shrinkage does that for each of
 * them, by the labels that it has. Below 30 labels there is no shared part; without labels the shift is exactly 0.
 */
export function shiftOf(correction: Correction, seen: SeenWindow, place: Place): number {
  return clamp(votedShift(correction, seen, place) + raiseOf(correction, place));
}

type SeenWindow = Pick<WindowEvidence, 'context' | 'departure'>;

/** What votes on what was told say. */
function votedShift(correction: Correction, seen: SeenWindow, place: Place): number {
  const { confirmed = 0, network, labels } = correction;
  const shared = network === undefined ? 0 : MOST_OF_NETWORK * Math.tanh(runNetwork(network, seen.context));
  return clamp(confirmed + trustOf(labels) * shared + offsetOf(correction, seen, place));
}

/** The sum of the offsets of a window; without that of its series where it is out of reach. */
export function offsetOf({ offsets, reach = {} }: Correction, { departure }: SeenWindow, place: Place): number {
  const names = offsetNames(place);
  const isReached = isWithinReach(departure, reach[names.series]);
  const levels = isReached ? offsetLevels : offsetLevels.filter((level) => level !== 'series');
  return levels.reduce((sum, level) => sum + (offsets[level][names[level]] ?? 0), 0);
}

function raiseOf({ raises = {} }: Correction, place: Place): number {
  return raises[offsetNames(place).series] ?? 0;
}

function clamp(shift: number): number {
  return Math.min(MOST_SHIFT, Math.max(-MOST_SHIFT, shift));
}

/**
 * What decides and what filters see: votes quiet, and only labels of what was missed raise. A 👍 confirms what was told
 * already, which says nothing of quieter windows: it weighs against what would quiet and goes no further.
 */
export function verdictShift(correction: Correction, seen: SeenWindow, place: Place): number {
  return clamp(Math.min(0, votedShift(correction, seen, place)) + raiseOf(correction, place));
}

/** The paper's cut of stage 2: an anomaly is told when it is at least this likely real. */
export const REAL_THRESHOLD = 0.2;
const THRESHOLD_LOG_ODDS = Math.log(REAL_THRESHOLD / (1 - REAL_THRESHOLD));

/** Evidence beyond this makes a window rarer, and not more likely one that people call real. */
const MOST_TELLING = 4;

export function tellingEvidence(evidence: number): number {
  return Math.min(MOST_TELLING, evidence);
}

/** Probability that a window is one that people call real: 0.2 at the detector's own threshold while nothing is learned. */
export function realProbability(slope: number, evidence: number, shift: number): number {
  return 1 / (1 + Math.exp(-(slope * tellingEvidence(evidence) + THRESHOLD_LOG_ODDS + shift)));
}

/** What votes can make an anomaly of was at least nearly one: 20 times as usual as the detector asks. */
const MOST_RAISED = Math.log(20);

/** What decides of a window outside its band: evidence + verdict shift / slope >= 0, unless the evidence is far from it. */
export function isTold(correction: Correction, seen: WindowEvidence, place: Place): boolean {
  return seen.evidence + verdictShift(correction, seen, place) / correction.slope >= 0 && isNearlyTold(seen);
}

/** True for what votes could make an anomaly of, and for all anomalies. */
export function isNearlyTold({ evidence }: Pick<WindowEvidence, 'evidence'>): boolean {
  return evidence >= -MOST_RAISED;
}

export function runNetwork({ units, weights }: ContextNetwork, context: readonly number[]): number {
  const inputs = context.length;
  const second = inputs * units + units;
  let output = weights[second + units] ?? 0;
  for (let unit = 0; unit < units; unit += 1) {
    let sum = weights[inputs * units + unit] ?? 0;
    for (let input = 0; input < inputs; input += 1) sum += (context[input] ?? 0) * (weights[input * units + unit] ?? 0);
    if (sum > 0) output += sum * (weights[second + unit] ?? 0);
  }
  return output;
}
