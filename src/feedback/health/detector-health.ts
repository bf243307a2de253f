import type { ReliabilityBin } from '../../domain/chart-request.ts';
import { counted } from '../../domain/counted.ts';
import type { StoredDetector } from '../../domain/detector.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import { formatInstant } from '../../messages/format-instant.ts';
import type { Stores } from '../../ports/stores.ts';
import { collectLabels } from '../labels/collect-labels.ts';
import { type LabelledFinding, labelledFindings } from '../labels/labelled-findings.ts';
import { type CalibrationDrift, calibrationDrift } from './calibration-drift.ts';
import { shareInterval } from './share-interval.ts';

/**
 * How the detector itself holds up, by votes: of the findings with a label, the share that is real, week by week; how many
 * reports get a vote; and how often what is said with some probability turns out to be real. It decays when the precision
 * of the newest weeks is below that of the weeks before by more than chance allows, or when its probabilities come true
 * otherwise than before (`calibrationDrift`).
 *
 * z = (p_before - p_now) / sqrt(p (1 - p) (1 / n_before + 1 / n_now)), p over both; alarm from z = DECAY_Z on, with at least
 * LEAST_LABELS on both sides. A finding counts once, however many windows it had.
 */
const WEEK_MS = 7 * 86_400_000;
const WEEKS = 12;
const RECENT_WEEKS = 4;
const LEAST_LABELS = 8;
/** Once in forty weeks by chance. */
const DECAY_Z = 2;
const BINS = 5;

export interface HealthDeps {
  readonly stores: Pick<Stores, 'models' | 'votes' | 'labels' | 'reports' | 'corrections'>;
  readonly learning?: { readonly detector: StoredDetector } | undefined;
}

export interface WeekOfVotes {
  readonly fromMs: EpochMs;
  readonly labels: number;
  /** Share that is real; null without labels. */
  readonly precision: number | null;
  readonly reports: number;
  readonly voted: number;
}

export interface DetectorHealth {
  readonly weeks: readonly WeekOfVotes[];
  readonly reliability: readonly ReliabilityBin[];
  readonly isDecaying: boolean;
  /** Precision of the newest weeks and of those before; null without labels. */
  readonly decay: DecayShares;
  /** Absent with too few labels to tell. */
  readonly calibration?: CalibrationDrift;
  /** What to tell people where it decays. */
  readonly alarm?: string;
  /** Slugs of the models with labels in the newest weeks. */
  readonly recentModels: readonly string[];
  /** The same in words, a sentence each. */
  readonly words: readonly string[];
}

/** The end of the weeks to look at: now, or where no report is of them, as of data that ended long ago, the newest report. */
export function healthUntil({ stores }: Pick<HealthDeps, 'stores'>, now: EpochMs): EpochMs {
  const ends = stores.models.list().flatMap(({ id }) => stores.reports.latest(id)?.latest.endMs ?? []);
  const newest = Math.max(...ends, Number.NEGATIVE_INFINITY);
  return ends.length > 0 && newest < now - WEEKS * WEEK_MS ? newest : now;
}

/** `isPast`: `now` is the end of data that ended before. */
export function detectorHealth(
  { stores, learning }: HealthDeps,
  { now, isPast = false }: { readonly now: EpochMs; readonly isPast?: boolean },
): DetectorHealth {
  const spans = spansOf(now, isPast);
  const versions = learning === undefined ? [] : stores.corrections.list(learning.detector.id);
  const labels = labelledFindings(
    collectLabels(stores).filter(({ incident }) => incident.startsWith('report:')),
    versions,
  );
  const reports = stores.models.list().flatMap(({ id }) => {
    const voted = new Set(stores.votes.ofModel(id).map(({ reportId }) => reportId));
    return stores.reports.list(id).map((report) => ({ atMs: report.opened.startMs, isVoted: voted.has(report.id) }));
  });
  const weeks = Array.from({ length: WEEKS }, (_, week): WeekOfVotes => {
    const fromMs = now - (WEEKS - week) * WEEK_MS;
    const isIn = (ms: EpochMs): boolean => ms >= fromMs && ms < fromMs + WEEK_MS;
    const own = labels.filter(({ startMs }) => isIn(startMs));
    const seen = reports.filter(({ atMs }) => isIn(atMs));
    return { fromMs, ...shareOfReal(own), reports: seen.length, voted: seen.filter(({ isVoted }) => isVoted).length };
  });
  const reliability = binsOf(labels);
  const { before, recent } = splitOf(labels, now);
  const { isDecaying, ...decay } = decayOf(before, recent);
  const calibration = calibrationDrift(before, recent);
  const alarms = [
    ...(isDecaying ? [precisionAlarm(decay, spans)] : []),
    ...(calibration?.isDecaying === true ? [calibrationAlarm(calibration, spans)] : []),
  ];
  return {
    ...{ weeks, reliability, isDecaying, decay },
    ...(calibration && { calibration }),
    ...(alarms.length > 0 && { alarm: `⚠️ The detector holds up less well: ${alarms.join(' ')}` }),
    recentModels: [...new Set(recent.map(({ model }) => model))].sort(),
    words: [
      ...wordsOf({ weeks, reliability, decay }, spans),
      ...(isDecaying ? [`⚠️ ${ADVICE}`] : []),
      ...calibrationWords(calibration, spans),
    ],
  };
}

/** The newest weeks, and those before that are still looked at. */
function splitOf(findings: readonly LabelledFinding[], now: EpochMs) {
  const [first, since] = [now - WEEKS * WEEK_MS, now - RECENT_WEEKS * WEEK_MS];
  return {
    before: findings.filter(({ startMs }) => startMs >= first && startMs < since),
    recent: findings.filter(({ startMs }) => startMs >= since),
  };
}

function shareOfReal(labels: readonly LabelledFinding[]): {
  readonly labels: number;
  readonly precision: number | null;
} {
  const real = labels.filter(({ isReal }) => isReal).length;
  return { labels: labels.length, precision: labels.length === 0 ? null : real / labels.length };
}

function binsOf(told: readonly { readonly said: number; readonly isReal: boolean }[]): readonly ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const own = told.filter(({ said }) => Math.min(BINS - 1, Math.floor(said * BINS)) === bin);
    const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / Math.max(1, of.length);
    const real = own.filter(({ isReal }) => isReal).length;
    return {
      said: mean(own.map(({ said }) => said)),
      real: real / Math.max(1, own.length),
      ...shareInterval(real, own.length),
      labels: own.length,
    };
  }).filter(({ labels }) => labels > 0);
}

/** Shares of findings that are real; null without labels. */
type DecayShares = {
  readonly before: number | null;
  readonly now: number | null;
  /** Findings with a label that the shares are of. */
  readonly labels: { readonly before: number; readonly now: number };
};

function decayOf(
  before: readonly LabelledFinding[],
  now: readonly LabelledFinding[],
): DecayShares & { readonly isDecaying: boolean } {
  const [earlier, recent] = [shareOfReal(before), shareOfReal(now)];
  const known = {
    ...{ before: earlier.precision, now: recent.precision },
    labels: { before: earlier.labels, now: recent.labels },
  };
  if (recent.labels < LEAST_LABELS || earlier.labels < LEAST_LABELS) return { isDecaying: false, ...known };
  const [was, is] = [earlier.precision ?? 0, recent.precision ?? 0];
  const pooled = (was * earlier.labels + is * recent.labels) / (earlier.labels + recent.labels);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / earlier.labels + 1 / recent.labels));
  return { isDecaying: error > 0 && (was - is) / error >= DECAY_Z, ...known };
}

/** How people are told which weeks are meant. */
interface Spans {
  readonly all: string;
  readonly recent: string;
}

function spansOf(until: EpochMs, isPast: boolean): Spans {
  if (!isPast) return { all: 'the last twelve weeks', recent: 'the last four weeks' };
  const end = formatInstant(until, 'UTC');
  return { all: `the twelve weeks until ${end}`, recent: `the four weeks until ${end}` };
}

function wordsOf(
  { weeks, reliability, decay }: Pick<DetectorHealth, 'weeks' | 'reliability' | 'decay'>,
  { all, recent }: Spans,
): readonly string[] {
  const reports = weeks.reduce((sum, week) => sum + week.reports, 0);
  const voted = weeks.reduce((sum, week) => sum + week.voted, 0);
  const labels = weeks.reduce((sum, week) => sum + week.labels, 0);
  if (reports === 0) return [`There were no reports in ${all}.`];
  const rate = `Of the ${reports} reports of ${all} ${voted} have votes.`;
  if (labels === 0) return [rate];
  return [
    rate,
    `By votes, ${realWords(decay.now, decay.labels.now, recent)}; ${realWords(decay.before, decay.labels.before, 'the eight before')}.`,
    ...(reliability.length === 0
      ? []
      : [
          `What it called real with ${reliability.map(({ said, real, labels: of }, at) => `${said.toFixed(2)}${at === 0 ? ' came true' : ''} in ${Math.round(real * of)} of ${of}`).join(', with ')}.`,
        ]),
  ];
}

const ADVICE = 'Its precision falls by more than chance: look at what changed, or vote on reports so that it learns.';

function precisionAlarm({ before, now }: DetectorHealth['decay'], { recent }: Spans): string {
  return `by votes ${shareWords(now)} of what it found in ${recent} is real, ${shareWords(before)} in the eight before. ${ADVICE}`;
}

const CALIBRATION_ADVICE =
  'Its probabilities no longer mean what they did, by more than chance: do not go by how sure it is until votes have taught it again.';

function calibrationAlarm(drift: CalibrationDrift, spans: Spans): string {
  return `by votes, ${driftWords(drift, spans)} ${CALIBRATION_ADVICE}`;
}

function calibrationWords(drift: CalibrationDrift | undefined, spans: Spans): readonly string[] {
  if (drift === undefined) return [];
  return drift.isDecaying ? [`⚠️ By votes, ${driftWords(drift, spans)} ${CALIBRATION_ADVICE}`] : [];
}

function driftWords({ said, before, now }: CalibrationDrift, { recent }: Spans): string {
  return `of what it says is real with ${said.toFixed(2)}, ${shareWords(now)} is in ${recent}, ${shareWords(before)} in the eight before.`;
}

function realWords(share: number | null, labels: number, weeks: string): string {
  if (share === null) return `no finding of ${weeks} has a vote`;
  const real = Math.round(share * labels);
  return `${real} of ${counted(labels, 'finding')} of ${weeks} ${real === 1 ? 'is' : 'are'} real (${shareWords(share)})`;
}

function shareWords(value: number | null): string {
  return value === null ? 'none labelled' : `${Math.round(100 * value)} %`;
}
