import { type Correction, isNearlyTold, MOST_SHIFT, offsetNames, realProbability } from '../../domain/correction.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { Label } from '../../domain/label.ts';
import { mostAdded, type QuietByName, type QuietSeries, type QuietWindow, runsOf } from './quiet-windows.ts';

/**
 * By how much a series is told more easily, of which somebody named a missed incident by hand.
 *
 * log-odds = a E + ln(0.2 / 0.8) + r; r >= 0, r ~ N(0, RAISE_VARIANCE); the mode of the posterior, for each series and side.
 *
 * Labels of windows that the detector's own evidence leaves quiet (E < 0) count with their weight. Windows that were outside
 * their band, quiet, and that nobody named are negatives of weight QUIET_WEIGHT each: nearly all of them are healthy, as
 * people who name what was missed would have named them (the unlabelled part of positive-unlabelled learning). Then r is cut
 * to what tells the weakest window that was named, and to where it would have told no more findings in addition than
 * `mostAdded`. Edge case: without a missed incident there is none.
 */
const RAISE_VARIANCE = 4;
const QUIET_WEIGHT = 0.2;
/** The posterior has one mode, as its logarithm is concave: halving MOST_SHIFT so often finds it to a hundred-thousandth. */
const HALVINGS = 20;
/** Beyond the window that is to be told, and short of one that is not: rounding decides of neither. */
const SLIGHTLY = 1e-6;

export function fitRaises(
  labels: readonly Label[],
  slope: number,
  quiet: QuietByName,
): NonNullable<Correction['raises']> {
  const weak = labels.filter(
    ({ seen, isMatterOfTaste }) => seen.evidence < 0 && !isMatterOfTaste && isNearlyTold(seen),
  );
  const raises: Record<string, number> = {};
  for (const [name, own] of groupBy(weak, (one) => offsetNames(one).series)) {
    if (!own.some(isMissed)) continue;
    const beside = quiet.get(name);
    const named = Math.max(...own.filter(isMissed).map(({ seen }) => -slope * seen.evidence)) + SLIGHTLY;
    const raise = Math.min(named, mode(rowsOf(own, beside?.windows ?? []), slope), highest(beside, slope));
    if (raise > 0) raises[name] = raise;
  }
  return raises;
}

/** True for a window that a person named and that the detector's own evidence does not tell. */
export function isMissed({ isSaid, verdict, seen }: Label): boolean {
  return isSaid === true && verdict === 'real' && seen.evidence < 0;
}

interface Row {
  readonly evidence: number;
  readonly isReal: boolean;
  readonly weight: number;
}

function rowsOf(labels: readonly Label[], quiet: readonly QuietWindow[]): readonly Row[] {
  return [
    ...labels.map(({ seen, verdict, weight }) => ({ evidence: seen.evidence, isReal: verdict === 'real', weight })),
    ...quiet.map(({ seen }) => ({ evidence: seen.evidence, isReal: false, weight: QUIET_WEIGHT })),
  ];
}

function mode(rows: readonly Row[], slope: number): number {
  let [low, high] = [0, MOST_SHIFT];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (rises(rows, slope, middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether the posterior still rises at r. */
function rises(rows: readonly Row[], slope: number, raise: number): boolean {
  const gradient = rows.reduce((sum, { evidence, isReal, weight }) => {
    return sum + weight * (Number(isReal) - realProbability(slope, evidence, raise));
  }, -raise / RAISE_VARIANCE);
  return gradient > 0;
}

/** The largest raise that tells no more of the quiet windows than is allowed. */
function highest(quiet: QuietSeries | undefined, slope: number): number {
  if (quiet === undefined) return MOST_SHIFT;
  const needed = runsOf(quiet.windows)
    .map((run) => Math.min(...run.map(({ seen }) => -slope * seen.evidence)))
    .toSorted((a, b) => a - b);
  const first = needed[mostAdded(quiet)];
  return first === undefined ? MOST_SHIFT : Math.max(0, first - SLIGHTLY);
}
