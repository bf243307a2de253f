/**
 * Whether what is said with a probability still comes true as often as it did.
 *
 * P(real) = 1 / (1 + exp(-(a + b x))), x = ln(p / (1 - p)) of what was said (Cox's recalibration: a = 0, b = 1 is perfect);
 * a ~ N(0, 2^2), b ~ N(1, 1), so that a few labels never run away. Its mode is fitted to the findings before, to those now,
 * and to both; ratio = 2 (l_before + l_now - l_both), l the penalised log likelihood. While nothing has changed the ratio is
 * below a chi-square of two degrees of freedom, so chance = exp(-ratio / 2).
 *
 * Precision may stand still while calibration decays: when what was sure is as often wrong as the rest. What comes true more often
 * than it did is no decay: only falls count in the gap. Edge cases: fewer than LEAST_FINDINGS on a side, or a mean gap of
 * less than LEAST_GAP, are no decay.
 */
export interface SaidAndReal {
  /** Probability of being real, within 0..1 exclusive. */
  readonly said: number;
  readonly isReal: boolean;
}

export interface CalibrationDrift {
  readonly isDecaying: boolean;
  /** Probability of such a difference while nothing has changed. */
  readonly chance: number;
  /** The probability, of those said now, that comes true less often than before by most, and how often it did. */
  readonly said: number;
  readonly before: number;
  readonly now: number;
}

export const LEAST_FINDINGS = 12;
/** Once in forty looks by chance, as for precision. */
const MOST_CHANCE = 0.025;
/** A smaller difference helps nobody to decide anything. */
const LEAST_GAP = 0.1;
const PRIOR = { intercept: 0, slope: 1, interceptVariance: 4, slopeVariance: 1 } as const;
const NEWTON_STEPS = 30;
const LEAST_CLIMB = 1e-9;
const LEAST_SHARE = 2 ** -10;
const START = { intercept: PRIOR.intercept, slope: PRIOR.slope } as const;
/** Keeps the logarithm of an impossible outcome finite. */
const LEAST_PROBABILITY = 1e-12;

/** Undefined with too few findings on a side. */
export function calibrationDrift(
  before: readonly SaidAndReal[],
  now: readonly SaidAndReal[],
): CalibrationDrift | undefined {
  if (before.length < LEAST_FINDINGS || now.length < LEAST_FINDINGS) return undefined;
  const [was, is, both] = [fitCurve(before), fitCurve(now), fitCurve([...before, ...now])];
  const ratio = 2 * (was.logPosterior + is.logPosterior - both.logPosterior);
  const chance = Math.exp(-Math.max(0, ratio) / 2);
  const places = now.map(({ said }) => ({ said, before: at(was, said), now: at(is, said) }));
  const [widest] = places.toSorted((a, b) => gapOf(b) - gapOf(a));
  if (widest === undefined) return undefined;
  const meanGap = places.reduce((sum, one) => sum + gapOf(one), 0) / places.length;
  return { isDecaying: chance < MOST_CHANCE && meanGap >= LEAST_GAP, chance, ...widest };
}

interface Curve {
  readonly intercept: number;
  readonly slope: number;
  readonly logPosterior: number;
}

function gapOf(place: { readonly before: number; readonly now: number }): number {
  return Math.max(0, place.before - place.now);
}

function at({ intercept, slope }: Pick<Curve, 'intercept' | 'slope'>, said: number): number {
  return 1 / (1 + Math.exp(-(intercept + slope * Math.log(said / (1 - said)))));
}

/** Newton steps, each halved until it climbs. */
function fitCurve(findings: readonly SaidAndReal[]): Curve {
  let curve: Curve = { ...START, logPosterior: logPosterior(findings, START) };
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const next = climb(findings, curve);
    if (next.logPosterior - curve.logPosterior < LEAST_CLIMB) return next;
    curve = next;
  }
  return curve;
}

function climb(findings: readonly SaidAndReal[], from: Curve): Curve {
  const { intercept, slope } = newton(findings, from);
  for (let share = 1; share >= LEAST_SHARE; share /= 2) {
    const next = { intercept: from.intercept + share * intercept, slope: from.slope + share * slope };
    const reached = logPosterior(findings, next);
    if (reached > from.logPosterior) return { ...next, logPosterior: reached };
  }
  return from;
}

/** Step to the top of the parabola that touches the posterior. */
function newton(findings: readonly SaidAndReal[], curve: Pick<Curve, 'intercept' | 'slope'>) {
  const { interceptVariance, slopeVariance } = PRIOR;
  let [first, second] = [
    (PRIOR.intercept - curve.intercept) / interceptVariance,
    (PRIOR.slope - curve.slope) / slopeVariance,
  ];
  let [own, shared, other] = [1 / interceptVariance, 0, 1 / slopeVariance];
  for (const { said, isReal } of findings) {
    const x = Math.log(said / (1 - said));
    const p = at(curve, said);
    first += Number(isReal) - p;
    second += (Number(isReal) - p) * x;
    const spread = p * (1 - p);
    own += spread;
    shared += spread * x;
    other += spread * x * x;
  }
  const determinant = own * other - shared * shared;
  return {
    intercept: (other * first - shared * second) / determinant,
    slope: (own * second - shared * first) / determinant,
  };
}

function logPosterior(findings: readonly SaidAndReal[], curve: Pick<Curve, 'intercept' | 'slope'>): number {
  const { interceptVariance, slopeVariance } = PRIOR;
  const prior =
    -((curve.intercept - PRIOR.intercept) ** 2) / (2 * interceptVariance) -
    (curve.slope - PRIOR.slope) ** 2 / (2 * slopeVariance);
  return findings.reduce((sum, { said, isReal }) => {
    const p = at(curve, said);
    return sum + Math.log(Math.max(LEAST_PROBABILITY, isReal ? p : 1 - p));
  }, prior);
}
