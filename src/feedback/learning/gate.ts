import { type Correction, REAL_THRESHOLD } from '../../domain/correction.ts';
import { groupBy } from '../../domain/group-by.ts';
import { heardAt, type Label } from '../../domain/label.ts';
import type { Comparison, LabelQuality } from '../../domain/learned-version.ts';
import type { BaseWindow } from '../../ports/learner.ts';
import type { Random } from '../../ports/random.ts';
import { type Judged, judgeLabel, judgeWindow, qualityOf, surprise } from './label-quality.ts';
import { type QuietByName, tooLoud } from './quiet-windows.ts';

/**
 * The gate between a candidate and what is in force.
 *
 * On votes: incidents in time order, cut into blocks; each block is judged by a candidate that learned from the blocks before
 * it, and by what is in force. An incident is never on both sides. The fall of the log loss must be above 0 at the lower end
 * of a 90 % interval (paired bootstrap over incidents), and no more than RECALL_MARGIN of the real ones may be lost. Of what it
 * quiets no more may be real than the cut of stage 2 allows: less likely than REAL_THRESHOLD is not told.
 * On the frozen base set: precision and recall may each fall by at most BASE_MARGIN.
 * On the quiet windows of 90 days: no more findings that nobody asked for than `mostAdded`.
 */
export const LEAST_INCIDENTS = 6;
export const LEAST_NEW_INCIDENTS = 3;
const MOST_BLOCKS = 4;
const LEAST_BEFORE = 2;
const BOOTSTRAP_DRAWS = 1_000;
const RECALL_MARGIN = 0.02;
const BASE_MARGIN = 0.01;

export interface Incident {
  readonly name: string;
  readonly labels: readonly Label[];
  /** Start of its first window. */
  readonly fromMs: number;
  /** True when some of it was said, or brought along, after what is in force had learned. */
  readonly isNew: boolean;
}

export function incidentsOf(labels: readonly Label[], learnedUntilMs: number): readonly Incident[] {
  return [...groupBy(labels, ({ incident }) => incident)]
    .map(([name, own]) => ({
      name,
      labels: own,
      fromMs: Math.min(...own.map(({ window }) => window.startMs)),
      isNew: own.some((label) => heardAt(label) > learnedUntilMs),
    }))
    .toSorted((a, b) => a.fromMs - b.fromMs || a.name.localeCompare(b.name));
}

/** A block of new incidents, and all that came before it. */
export interface Fold {
  readonly before: readonly Incident[];
  readonly block: readonly Incident[];
}

/** Each new incident is in one block, but for the first ones where there is too little before them. */
export function foldsOf(incidents: readonly Incident[]): readonly Fold[] {
  const places = incidents.flatMap(({ isNew }, place) => (isNew && place >= LEAST_BEFORE ? [place] : []));
  const size = Math.max(1, Math.ceil(places.length / MOST_BLOCKS));
  const folds: Fold[] = [];
  for (let from = 0; from < places.length; from += size) {
    const block = places.slice(from, from + size);
    const [first = 0] = block;
    folds.push({
      before: incidents.slice(0, first),
      block: block.flatMap((place) => incidents[place] ?? []),
    });
  }
  return folds;
}

export interface JudgedIncident {
  readonly before: readonly Judged[];
  readonly after: readonly Judged[];
}

export function judgeFold(fold: Fold, inForce: Correction, candidate: Correction): readonly JudgedIncident[] {
  return fold.block.map(({ labels }) => ({
    before: labels.map((label) => judgeLabel(inForce, label)),
    after: labels.map((label) => judgeLabel(candidate, label)),
  }));
}

export interface VoteVerdict {
  readonly votes: Comparison;
  /** Weight of what would be quiet that is told now, and of it what people call real. */
  readonly quieted: { readonly all: number; readonly real: number };
  readonly gain: { readonly low: number; readonly high: number };
}

export function compareOnVotes(judged: readonly JudgedIncident[], random: Random): VoteVerdict {
  const all = (side: keyof JudgedIncident) => qualityOf(judged.flatMap((incident) => incident[side]));
  const votes = { before: all('before'), after: all('after') };
  return { votes, quieted: quietedBy(judged), gain: bootstrapGain(judged, random) };
}

function quietedBy(judged: readonly JudgedIncident[]): VoteVerdict['quieted'] {
  const lost = judged.flatMap(({ before, after }) => before.filter(({ isTold }, at) => isTold && !after[at]?.isTold));
  const sum = (of: readonly Judged[]) => of.reduce((total, { weight }) => total + weight, 0);
  return { all: sum(lost), real: sum(lost.filter(({ isReal }) => isReal)) };
}

/** 5 % and 95 % of the mean fall of the log loss over incidents drawn with replacement. */
function bootstrapGain(judged: readonly JudgedIncident[], random: Random): { low: number; high: number } {
  const sums = judged.map(({ before, after }) => ({
    weight: before.reduce((sum, { weight }) => sum + weight, 0),
    fall:
      before.reduce((sum, one) => sum + one.weight * surprise(one), 0) -
      after.reduce((sum, one) => sum + one.weight * surprise(one), 0),
  }));
  if (sums.length === 0) return { low: 0, high: 0 };
  const means = Array.from({ length: BOOTSTRAP_DRAWS }, () => {
    let [fall, weight] = [0, 0];
    for (let draw = 0; draw < sums.length; draw += 1) {
      const one = sums[random.integer(0, sums.length - 1)];
      fall += one?.fall ?? 0;
      weight += one?.weight ?? 0;
    }
    return weight > 0 ? fall / weight : 0;
  }).sort((a, b) => a - b);
  return { low: means[Math.floor(0.05 * means.length)] ?? 0, high: means[Math.floor(0.95 * means.length)] ?? 0 };
}

/** Of no model: a place without offsets. */
export const NOWHERE = {
  model: '',
  series: { segment: '', column: '', role: 'feature', statistic: 'mean' },
} as const;

export function compareOnBase(frozen: readonly BaseWindow[], inForce: Correction, candidate: Correction): Comparison {
  const judge = (correction: Correction): LabelQuality =>
    qualityOf(
      frozen.map(({ seen, isReal }) =>
        judgeWindow(correction, {
          seen,
          place: { ...NOWHERE, isAbove: (seen.context[0] ?? 0) > 0 },
          isReal,
          weight: 1,
        }),
      ),
    );
  return { before: judge(inForce), after: judge(candidate) };
}

/** Why a candidate must not be promoted; empty when it may. */
export function objections(
  { votes, quieted, gain }: VoteVerdict,
  base: Comparison,
  { candidate, quiet }: { readonly candidate: Correction; readonly quiet: QuietByName },
): readonly string[] {
  return [
    ...(gain.low > 0
      ? []
      : [`on votes it is not clearly better: the log loss falls by ${span(gain)} in nine of ten draws`]),
    ...lossOf('recall', votes, RECALL_MARGIN, 'of what people call real'),
    ...(quieted.real <= REAL_THRESHOLD * quieted.all
      ? []
      : [
          `of what it would quiet, ${percent(quieted.real / quieted.all)} is what people call real, more than ${percent(REAL_THRESHOLD)}`,
        ]),
    ...lossOf('precision', base, BASE_MARGIN, 'on the base set'),
    ...lossOf('recall', base, BASE_MARGIN, 'on the base set'),
    ...tooLoud(candidate, quiet),
  ];
}

function lossOf(
  figure: 'precision' | 'recall',
  { before, after }: Comparison,
  margin: number,
  where: string,
): readonly string[] {
  const [was, is] = [before[figure], after[figure]];
  if (was === null || is === null || is >= was - margin) return [];
  return [`${figure} ${where} falls from ${was.toFixed(2)} to ${is.toFixed(2)}, by more than ${margin}`];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function span({ low, high }: VoteVerdict['gain']): string {
  return `${low.toFixed(3)} to ${high.toFixed(3)}`;
}
