import {
  type Correction,
  LEAST_SHARED_LABELS,
  type OffsetLevel,
  type Offsets,
  offsetLevels,
  offsetNames,
  realProbability,
  runNetwork,
  tellingEvidence,
  trustOf,
} from '../../domain/correction.ts';
import { isWithinReach, type Reach, reachOf } from '../../domain/departure.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { Label } from '../../domain/label.ts';
import { fitRaises, isMissed } from './fit-raises.ts';
import type { QuietByName } from './quiet-windows.ts';

/**
 * The slope and the offsets of stage 2 from labels, given its network: the mode of their posterior, with Gaussian
 * priors that shrink them towards what stands without labels (a random-effects logistic model, fitted by Newton steps on one
 * coefficient after the other).
 *
 * log-odds = a E + ln(0.2 / 0.8) + b + w 2 tanh(net) + o(statistic) + o(model) + o(column) + o(series and side)
 * a ~ N(0.5, 0.2^2), a >= 0.3; b ~ N(0, 1), b >= 0, from LEAST_SHARED_LABELS effective labels on; o ~ N(0, v of its level), v by empirical Bayes:
 * v = mean of o^2 + posterior variance of o over the level, at least LEAST_VARIANCE, at most MOST_VARIANCE
 *
 * An offset of more than one series needs labels that an owner or two people agree on, from at least two of the things
 * that it is about: votes on one series move nothing else. Below 0 it must be clearly so, or it goes: a breath on a whole
 * model would quiet what nobody voted on where it is weakest, which is as often real. That of a series is of what went about
 * as far as what people called no news there (`reachOf`), and quiets no more: what goes further is another thing, and says
 * nothing of it. What people name as missed is left to `fitRaises`: it was not told, so it says nothing of what is. Edge
 * cases: no labels give slope 0.5 and nothing else; where it is not known how far a label went, a series has one offset
 * however far it goes.
 */
const SLOPE = { usual: 0.5, variance: 0.04, least: 0.3 } as const;
const CONFIRMED = { usual: 0, variance: 1, least: 0 } as const;
const LEAST_VARIANCE: Readonly<Record<OffsetLevel, number>> = { statistic: 0.1, model: 0.1, column: 0.1, series: 0.5 };
const MOST_VARIANCE = 4;
const VARIANCE_ROUNDS = 5;
/** Steps per round: each coefficient is exact once the others stand still. */
const SWEEPS = 12;
/** One step never moves a coefficient further than this; far out the curve is too flat for Newton. */
const MOST_STEP = 1;

interface Coefficient {
  readonly rows: readonly number[];
  readonly inputs: readonly number[];
  readonly level: OffsetLevel | 'slope' | 'confirmed';
  readonly name: string;
  readonly prior: number;
  value: number;
  curvature: number;
}

export function fitOffsets(
  all: readonly Label[],
  network: Correction['network'],
  quiet: QuietByName = new Map(),
): Correction {
  const effective = all.reduce((sum, { weight }) => sum + weight, 0);
  const labels = all.filter((label) => !isMissed(label));
  const trust = trustOf(effective);
  const shared = labels.map(({ seen }) =>
    network === undefined ? 0 : trust * 2 * Math.tanh(runNetwork(network, seen.context)),
  );
  const terms = { labels, shared, effective };
  let names = namesOf(labels);
  let fitted = solve(terms, names);
  for (const levels of BROAD_LEVELS) {
    const broad = fitted.offsets.filter(({ level }) => levels.some((one) => one === level));
    const unclear = new Set(broad.filter((one) => isUnclear(one, labels, fitted)).map(placeOf));
    if (unclear.size === 0) continue;
    names = names.filter((one) => !unclear.has(placeOf(one)));
    fitted = solve(terms, names);
  }
  const { slope, confirmed, offsets } = fitted;
  const raises = fitRaises(all, slope.value, quiet);
  const reach = reachesOf(offsets, labels);
  return {
    slope: slope.value,
    ...(confirmed.value > 0 && { confirmed: confirmed.value }),
    ...(network && { network }),
    ...(Object.keys(raises).length > 0 && { raises }),
    ...(Object.keys(reach).length > 0 && { reach }),
    offsets: tableOf(offsets),
    labels: effective,
  };
}

/** What quiets more than one series goes first where it is finest, so that what is left of it may speak for all. */
const BROAD_LEVELS: readonly (readonly OffsetLevel[])[] = [['statistic', 'column'], ['model']];
/** Standard deviations: by chance once in twenty. */
const CLEARLY = 1.64;

/**
 * z = sum (y - p) / sqrt(sum p (1 - p)) over the incidents of an offset below 0, each the weighted mean of its labels, p
 * without the offset (a score test). An incident counts once: its weight says how far it may move something, and so does
 * shrinkage, but neither how sure it is.
 */
function isUnclear({ value, rows }: Coefficient, labels: readonly Label[], { slope, rest }: Fitted): boolean {
  if (value >= 0) return false;
  const own = rows.flatMap((row) => {
    const label = labels[row];
    if (label === undefined) return [];
    return [{ ...label, p: realProbability(slope.value, label.seen.evidence, (rest[row] ?? 0) - value) }];
  });
  let [sum, spread] = [0, 0];
  for (const incident of groupBy(own, (one) => one.incident).values()) {
    const weight = incident.reduce((total, one) => total + one.weight, 0);
    for (const { p, verdict, weight: part } of incident) {
      sum += (part / weight) * (Number(verdict === 'real') - p);
      spread += (part / weight) * p * (1 - p);
    }
  }
  return sum > -CLEARLY * Math.sqrt(spread);
}

function placeOf({ level, name }: Pick<Coefficient, 'level' | 'name'>): string {
  return `${level} ${name}`;
}

interface Terms {
  readonly labels: readonly Label[];
  /** What the network says of each. */
  readonly shared: readonly number[];
  readonly effective: number;
}

interface Fitted {
  readonly slope: Coefficient;
  readonly confirmed: Coefficient;
  readonly offsets: readonly Coefficient[];
  /** Of each label all but slope * evidence. */
  readonly rest: readonly number[];
}

function solve({ labels, shared, effective }: Terms, names: readonly Named[]): Fitted {
  const taught = labels.flatMap(({ isMatterOfTaste }, row) => (isMatterOfTaste ? [] : [row]));
  const evidenceOf = (row: number): number => tellingEvidence(labels[row]?.seen.evidence ?? 0);
  const slope = coefficient('slope', '', taught, evidenceOf, SLOPE.usual);
  const confirmed = coefficient('confirmed', '', taught, () => 1, CONFIRMED.usual);
  const offsets = names.map(({ level, name, rows }) => coefficient(level, name, rows, () => 1, 0));
  const coefficients = [slope, ...(effective >= LEAST_SHARED_LABELS ? [confirmed] : []), ...offsets];
  const variances: Record<OffsetLevel, number> = { ...LEAST_VARIANCE };
  const rest = shared.slice();
  for (let round = 0; round < VARIANCE_ROUNDS; round += 1) {
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      for (const one of coefficients) step(one, labels, { slope, rest }, varianceOf(one, variances));
    }
    for (const level of offsetLevels) variances[level] = estimateVariance(offsets, level);
  }
  return { slope, confirmed, offsets, rest };
}

function coefficient(
  level: Coefficient['level'],
  name: string,
  rows: readonly number[],
  inputOf: (row: number) => number,
  prior: number,
): Coefficient {
  return { level, name, rows, inputs: rows.map(inputOf), prior, value: prior, curvature: 0 };
}

interface Model {
  readonly slope: Coefficient;
  /** Everything of a row but slope * evidence: kept as the coefficients move. */
  readonly rest: number[];
}

function step(one: Coefficient, labels: readonly Label[], { slope, rest }: Model, variance: number): void {
  let gradient = (one.value - one.prior) / variance;
  let curvature = 1 / variance;
  one.rows.forEach((row, place) => {
    const label = labels[row];
    const input = one.inputs[place] ?? 0;
    if (label === undefined) return;
    const p = realProbability(slope.value, label.seen.evidence, rest[row] ?? 0);
    gradient += label.weight * input * (p - Number(label.verdict === 'real'));
    curvature += label.weight * input * input * p * (1 - p);
  });
  const wanted = Math.max(-MOST_STEP, Math.min(MOST_STEP, -gradient / curvature));
  const change = one.level === 'confirmed' ? Math.max(CONFIRMED.least - one.value, wanted) : wanted;
  one.curvature = curvature;
  if (one.level === 'slope') {
    one.value = Math.max(SLOPE.least, one.value + change);
    return;
  }
  one.value += change;
  one.rows.forEach((row, place) => {
    rest[row] = (rest[row] ?? 0) + change * (one.inputs[place] ?? 0);
  });
}

function varianceOf({ level }: Coefficient, variances: Readonly<Record<OffsetLevel, number>>): number {
  if (level === 'slope') return SLOPE.variance;
  return level === 'confirmed' ? CONFIRMED.variance : variances[level];
}

function estimateVariance(offsets: readonly Coefficient[], level: OffsetLevel): number {
  const own = offsets.filter((one) => one.level === level);
  if (own.length === 0) return LEAST_VARIANCE[level];
  const sum = own.reduce((total, { value, curvature }) => total + value * value + 1 / curvature, 0);
  return Math.min(MOST_VARIANCE, Math.max(LEAST_VARIANCE[level], sum / own.length));
}

interface Named {
  readonly level: OffsetLevel;
  readonly name: string;
  readonly rows: readonly number[];
}

/** Names of the offsets that the labels may move, each with the labels that it is part of. */
function namesOf(labels: readonly Label[]): readonly Named[] {
  return offsetLevels.flatMap((level) => {
    const rows = new Map<string, number[]>();
    labels.forEach((label, row) => {
      const name = offsetNames(label)[level];
      rows.set(name, [...(rows.get(name) ?? []), row]);
    });
    return [...rows].flatMap(([name, own]): Named[] => {
      if (level === 'series') return [{ level, name, rows: reached(own, labels) }];
      return speaksForMore(level, own, labels) ? [{ level, name, rows: own }] : [];
    });
  });
}

/** Those that go about as far as what people called no news there; all where there is no such thing. */
function reached(rows: readonly number[], labels: readonly Label[]): readonly number[] {
  const reach = reachOn(rows, labels);
  return rows.filter((row) => isWithinReach(labels[row]?.seen.departure, reach));
}

function reachOn(rows: readonly number[], labels: readonly Label[]): Reach | undefined {
  const own = rows.flatMap((row) => labels[row] ?? []);
  return reachOf(own.filter(({ verdict }) => verdict === 'not_useful').map(({ seen }) => seen.departure));
}

/** How far the offsets of series reach that quiet something. */
function reachesOf(offsets: readonly Coefficient[], labels: readonly Label[]): Readonly<Record<string, Reach>> {
  const quieting = offsets.filter(({ level, value }) => level === 'series' && value < 0);
  return Object.fromEntries(
    quieting.flatMap(({ name, rows }) => {
      const reach = reachOn(rows, labels);
      return reach === undefined ? [] : [[name, reach]];
    }),
  );
}

/** An offset of more than one series is about two things at least, of each of which a label may speak for more than its own. */
const LEAST_CHILDREN = 2;

function speaksForMore(
  level: Exclude<OffsetLevel, 'series'>,
  rows: readonly number[],
  labels: readonly Label[],
): boolean {
  const broad = rows.flatMap((row) => labels[row] ?? []).filter(({ isBroad }) => isBroad);
  return new Set(broad.map((label) => childOf(level, label))).size >= LEAST_CHILDREN;
}

function childOf(level: Exclude<OffsetLevel, 'series'>, { series: { segment, column, statistic } }: Label): string {
  return level === 'column' ? `${segment} ${statistic}` : column;
}

function tableOf(offsets: readonly Coefficient[]): Offsets {
  const table: Record<OffsetLevel, Record<string, number>> = { statistic: {}, model: {}, column: {}, series: {} };
  for (const { level, name, value } of offsets) {
    if (level !== 'slope' && level !== 'confirmed' && value !== 0) table[level][name] = value;
  }
  return table;
}
