import type { Correction } from '../../domain/correction.ts';
import { counted } from '../../domain/counted.ts';
import type { StoredDetector } from '../../domain/detector.ts';
import { type EpochMs, SYSTEM_USER } from '../../domain/identifiers.ts';
import { heardAt, type Label } from '../../domain/label.ts';
import { type LearnedVersion, type LearningReport, NOTHING_LEARNED } from '../../domain/learned-version.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BaseSet, Learner } from '../../ports/learner.ts';
import type { Random } from '../../ports/random.ts';
import type { Stores } from '../../ports/stores.ts';
import { collectLabels } from '../labels/collect-labels.ts';
import { expectReturns } from '../marks/expect-returns.ts';
import { guardMarks } from '../marks/guard-marks.ts';
import { noteLateDisputes } from '../votes/dispute.ts';
import { type ForeseeDeps, foreseeChanges } from './foresee-changes.ts';
import {
  compareOnBase,
  compareOnVotes,
  foldsOf,
  type Incident,
  incidentsOf,
  judgeFold,
  LEAST_INCIDENTS,
  LEAST_NEW_INCIDENTS,
  objections,
} from './gate.ts';
import { collectQuiet, type QuietByName, quietBefore } from './quiet-windows.ts';
import { enqueueReceipts } from './receipts.ts';
import { requireFinite } from './require-finite.ts';
import { trainCandidate } from './train-candidate.ts';

export interface LearnDeps {
  readonly stores: Stores;
  readonly detector: StoredDetector;
  readonly learner: Pick<Learner, 'baseSet' | 'fitNetwork'>;
  readonly see: ForeseeDeps['see'];
  readonly clock: Clock;
  readonly random: (seed: number) => Random;
}

export interface LearnInput {
  /** Nothing is kept or told. */
  readonly isDryRun?: boolean;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/** `nothing` says why there was nothing to do; the others come with the version that was made, or would be. */
export type LearnOutcome = Tended &
  (
    | { readonly step: 'nothing'; readonly reason: string }
    | { readonly step: 'promoted' | 'refused'; readonly number: number; readonly report: LearningReport }
  );

/** What the night did to marks. */
interface Tended {
  /** Those of votes that were lifted, since more weight speaks against them. */
  readonly lifted: number;
  /** Those that were put on what nobody voted on, as what comes again like it is a false alarm. */
  readonly expected: number;
}

const USUAL_SEED = 1;
const FORESEEN_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * The night's work: votes become labels, labels a candidate, and the candidate what is in force, if the gate lets it. The
 * same votes and seed give the same candidate. What votes did at once and more weight speaks against is lifted first, and
 * what comes again without a vote is marked, each in one transaction; of learning nothing is written before the last step,
 * which is another: who is killed in the middle has changed nothing of the detector. Throws `learning.failed` where what would
 * be learned is no numbers.
 */
export async function learn(
  deps: LearnDeps,
  { isDryRun = false, seed = USUAL_SEED, signal }: LearnInput = {},
): Promise<LearnOutcome> {
  const { stores, detector, clock } = deps;
  const tended = isDryRun ? { lifted: 0, expected: 0 } : tendMarks(deps);
  const versions = stores.corrections.list(detector.id);
  const current = stores.corrections.inForce(detector.id)?.version;
  const labels = collectLabels(stores);
  const untilMs = Math.max(0, ...versions.map(({ report }) => report?.untilMs ?? 0));
  const incidents = incidentsOf(labels, current?.report?.untilMs ?? 0);
  const hasSpoken = haveSpokenSince(stores, Math.max(untilMs, versions[0]?.madeAt ?? 0));
  const reason = whyNot({ current, labels, incidents, untilMs, hasSpoken });
  if (reason !== undefined) return { step: 'nothing', reason, ...tended };

  const inForce = current?.correction ?? NOTHING_LEARNED;
  const base = await deps.learner.baseSet(signal);
  const now = clock.now();
  const fromMs = now - FORESEEN_DAYS * DAY_MS;
  const quiet = collectQuiet(deps, labels, { fromMs, toMs: now });
  const context = { inForce, base, quiet, seed, signal };
  const judged = await judgeIncidents(deps, incidents, context);
  const candidate = await train(deps, labels, context);
  const found = compareOnVotes(judged, deps.random(seed));
  const compared = compareOnBase(base.frozen, inForce, candidate);
  requireFinite([candidate, found, compared], labels);
  const { silenced, ...changes } = foreseeChanges(deps, labels, { inForce, candidate, fromMs, quiet });
  const reasons = [
    ...objections(found, compared, { candidate, quiet }),
    ...silenced.map((slug) => `it would silence most findings of ${slug} that nobody voted down`),
  ];
  const report: LearningReport = {
    ...summarise(labels, candidate, seed),
    ...{ votes: found.votes, gain: found.gain },
    base: compared,
    ...changes,
    reasons,
  };
  const state = reasons.length === 0 ? 'active' : 'refused';
  const step = state === 'active' ? 'promoted' : 'refused';
  signal?.throwIfAborted();
  if (isDryRun) return { step, number: nextNumber(versions), report, ...tended };
  const version = keep(deps, { candidate, labels, report, state, now, since: untilMs });
  return { step, number: version.number, report, ...tended };
}

function tendMarks(deps: LearnDeps): Tended {
  noteLateDisputes(deps);
  const lifted = guardMarks(deps).length;
  return { lifted, expected: expectReturns(deps).length };
}

interface Situation {
  readonly current: LearnedVersion | undefined;
  readonly labels: readonly Label[];
  readonly incidents: readonly Incident[];
  /** Of the newest label that anything was learned from, or that a candidate was refused with. */
  readonly untilMs: EpochMs;
  /** True when people voted or said something since the last time, whatever became of it. */
  readonly hasSpoken: boolean;
}

function haveSpokenSince({ models, votes, labels }: Stores, sinceMs: EpochMs): boolean {
  return models.list().some(({ id }) => [...votes.ofModel(id), ...labels.of(id)].some((one) => heardAt(one) > sinceMs));
}

function whyNot({ current, labels, incidents, untilMs, hasSpoken }: Situation): string | undefined {
  if (current?.isPinned === true) return `version ${current.number} is pinned; unpin it to learn on`;
  if (incidents.length < LEAST_INCIDENTS) {
    return `${have(incidents.length)} labels, and at least ${LEAST_INCIDENTS} are needed`;
  }
  if (!labels.some((label) => heardAt(label) > untilMs)) {
    return hasSpoken ? 'nothing usable came of the votes since the last time' : 'nobody has voted since the last time';
  }
  const fresh = incidents.filter(({ isNew }) => isNew).length;
  if (fresh >= LEAST_NEW_INCIDENTS) return undefined;
  return `${have(fresh)} new labels, and at least ${LEAST_NEW_INCIDENTS} are needed`;
}

function have(incidents: number): string {
  return `${counted(incidents, 'incident')} ${incidents === 1 ? 'has' : 'have'}`;
}

interface TrainContext {
  readonly inForce: Correction;
  readonly base: BaseSet;
  readonly quiet: QuietByName;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

async function judgeIncidents(deps: LearnDeps, incidents: readonly Incident[], context: TrainContext) {
  const judged = [];
  for (const fold of foldsOf(incidents)) {
    const known = fold.before.flatMap((incident) => incident.labels);
    const quiet = quietBefore(context.quiet, fold.block[0]?.fromMs ?? 0);
    judged.push(...judgeFold(fold, context.inForce, await train(deps, known, { ...context, quiet })));
  }
  return judged;
}

function train(
  { learner, random }: LearnDeps,
  labels: readonly Label[],
  { inForce, base, quiet, seed, signal }: TrainContext,
): Promise<Correction> {
  const { replayed } = base;
  return trainCandidate(labels, learner, { replayed, quiet, inForce, seed, random: random(seed), signal });
}

function summarise(labels: readonly Label[], { labels: effectiveLabels }: Correction, seed: number) {
  return {
    seed,
    incidents: new Set(labels.map(({ incident }) => incident)).size,
    windows: labels.length,
    effectiveLabels,
    voters: new Set(labels.flatMap(({ by }) => by)).size,
    models: [...new Set(labels.map(({ model }) => model))].sort(),
    untilMs: Math.max(...labels.map(heardAt)),
  };
}

function nextNumber([newest]: readonly LearnedVersion[]): number {
  return (newest?.number ?? 0) + 1;
}

interface Kept {
  readonly candidate: Correction;
  readonly labels: readonly Label[];
  readonly report: LearningReport;
  readonly state: 'active' | 'refused';
  readonly now: EpochMs;
  readonly since: EpochMs;
}

function keep({ stores, detector }: LearnDeps, { candidate, labels, report, state, now, since }: Kept): LearnedVersion {
  return stores.transaction(() => {
    if (stores.corrections.list(detector.id).length === 0) {
      const shipped = { correction: NOTHING_LEARNED, report: undefined, by: SYSTEM_USER };
      stores.corrections.add(detector.id, { ...shipped, state: 'active', madeAt: now });
    }
    const made = { correction: candidate, report, state, madeAt: now, by: SYSTEM_USER };
    const version = stores.corrections.add(detector.id, made);
    const facts = { number: version.number, labels: report.windows, reasons: report.reasons };
    const action = state === 'active' ? 'detector.promote' : 'detector.refuse';
    stores.audit.add({ at: now, by: SYSTEM_USER, action, subject: `detector:${detector.id}`, facts });
    if (state === 'active') enqueueReceipts(stores, version, { labels, since, now });
    return version;
  });
}
