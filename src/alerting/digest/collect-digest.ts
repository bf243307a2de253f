import type { EpochMs } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import type { Report } from '../../domain/report.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { Vote } from '../../domain/vote.ts';
import { shiftWindow, windowAt } from '../../domain/window.ts';
import { formatWindows } from '../../messages/format-window.ts';
import type { Stores } from '../../ports/stores.ts';
import type { Digest, DigestModel } from './digest.ts';
import type { DigestLearning } from './digest-learning.ts';
import { diagnose, type Noise } from './noise.ts';

export interface DigestDeps {
  readonly stores: Pick<
    Stores,
    'models' | 'reports' | 'mutes' | 'votes' | 'runs' | 'detections' | 'looks' | 'detectors' | 'corrections'
  >;
  /** Absent where nothing is learned from votes. */
  readonly learning?: DigestLearning;
}

const WEEK_DAYS = 7;
/** As far back as noise is looked for: what is noisy in one week may be an incident. */
const NOISE_DAYS = 28;
/** Fewer anomalous windows in four weeks are no noise. */
const LEAST_ANOMALIES = 3;
/** Series that are looked into, the most anomalous of a model first. */
const MOST_SUSPECTS = 5;
/** Name of the job whose outcome rows say which windows were judged. */
const CHECK_JOB = 'check';

/** The channels that have models, with the zone that most of these are in. */
export function digestChannels(
  models: readonly Model[],
): readonly { readonly channel: string; readonly zone: string }[] {
  const channels = [...new Set(models.map(({ channel }) => channel))].toSorted();
  return channels.map((channel) => ({ channel, zone: zoneOf(models.filter((model) => model.channel === channel)) }));
}

/** The seven days before today of a channel's models. */
export function collectDigest(deps: DigestDeps, channel: string, now: EpochMs): Digest {
  const { stores } = deps;
  const models = stores.models.list().filter((model) => model.channel === channel);
  const zone = zoneOf(models);
  const today = windowAt(now, zone, 'day');
  const span = { fromMs: shiftWindow(today, -WEEK_DAYS, zone, 'day').startMs, toMs: today.startMs };
  const noiseFromMs = shiftWindow(today, -NOISE_DAYS, zone, 'day').startMs;
  const reports = new Map(models.map((model) => [model.id, stores.reports.list(model.id)]));
  const votes = [...reports.values()].flat().flatMap(({ id }) => stores.votes.ofReport(id));
  const cast = votes.filter(({ at }) => at >= span.fromMs && at < now);
  const learned = learnedWords(deps, span.fromMs, now);
  const alarm = deps.learning?.alarm(now);
  const noisiest = models
    .flatMap((model) => {
      const found = noisesOf(stores, model, {
        fromMs: noiseFromMs,
        toMs: span.toMs,
        reports: reports.get(model.id) ?? [],
        votes,
      });
      return found.map((noise) => ({ ...noise, model }));
    })
    .toSorted((a, b) => b.anomalies - a.anomalies || seriesName(a.series).localeCompare(seriesName(b.series)));
  return {
    zone,
    ...span,
    models: models.map((model) => modelOf(stores, model, { ...span, now, reports: reports.get(model.id) ?? [] })),
    noisiest,
    votes: {
      cast: cast.length,
      real: cast.filter(({ verdict }) => verdict === 'real').length,
      voters: new Set(cast.map(({ by }) => by)).size,
    },
    ...(learned === undefined ? {} : { learned }),
    ...(alarm === undefined ? {} : { alarm }),
    questions: questionsOf(deps, models, now),
    detectorName: stores.detectors.active()?.manifest.name ?? 'not named',
  };
}

/** What a version that was promoted meanwhile has changed, if it still holds. */
function learnedWords({ stores, learning }: DigestDeps, fromMs: EpochMs, now: EpochMs): string | undefined {
  const active = stores.detectors.active();
  if (active === undefined || learning === undefined) return undefined;
  const promoted = stores.corrections
    .list(active.id)
    .filter(({ report, promotedAt }) => report && promotedAt !== undefined && promotedAt >= fromMs && promotedAt < now);
  const inForce = stores.corrections.inForce(active.id)?.version?.number;
  const holding = promoted.find(({ number }) => number === inForce);
  if (holding?.report !== undefined) return learning.receipt(holding.number, holding.report);
  const [newest] = promoted;
  return newest && `Version ${newest.number} of the detector was learned this week, and is no longer in force.`;
}

function questionsOf({ stores, learning }: DigestDeps, models: readonly Model[], now: EpochMs): Digest['questions'] {
  const questions = learning?.questions(models, now) ?? [];
  return questions.flatMap((question) => {
    const finding = stores.reports.byId(question.reportId)?.findings.find(({ id }) => id === question.findingId);
    const model = models.find(({ slug }) => slug === question.model);
    if (finding === undefined || model === undefined) return [];
    return [{ ...question, when: formatWindows(finding.from, finding.to, model.zone) }];
  });
}

interface Span {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

function modelOf(
  stores: DigestDeps['stores'],
  model: Model,
  { fromMs, toMs, now, reports }: Span & { readonly now: EpochMs; readonly reports: readonly Report[] },
): DigestModel {
  const isIn = (ms: EpochMs | undefined): boolean => ms !== undefined && ms >= fromMs && ms < toMs;
  const open = reports.find(({ state }) => state !== 'resolved');
  return {
    model,
    ...(open === undefined ? {} : { open }),
    opened: reports.filter(({ opened }) => isIn(opened.startMs)),
    resolved: reports.filter(({ resolved }) => isIn(resolved?.startMs)),
    judgedWindows: stores.runs.done(CHECK_JOB, model.id, fromMs, toMs).size,
    isMuted: stores.mutes.active(model.id, now) !== undefined,
  };
}

function noisesOf(
  stores: DigestDeps['stores'],
  model: Model,
  { fromMs, toMs, reports, votes }: Span & { readonly reports: readonly Report[]; readonly votes: readonly Vote[] },
): Noise[] {
  const counts = new Map<string, { readonly series: SeriesKey; count: number }>();
  for (const { series } of stores.detections.anomalies(model.id, fromMs, toMs)) {
    const name = seriesName(series);
    const counted = counts.get(name) ?? { series, count: 0 };
    counts.set(name, { series, count: counted.count + 1 });
  }
  const suspects = [...counts.values()]
    .filter(({ count }) => count >= LEAST_ANOMALIES)
    .toSorted((a, b) => b.count - a.count || seriesName(a.series).localeCompare(seriesName(b.series)))
    .slice(0, MOST_SUSPECTS);
  const lateWindows = stores.looks.between(model.id, fromMs, toMs, ['late']).length;
  return suspects.map(({ series }) => {
    const name = seriesName(series);
    const about = reports.flatMap(({ id: reportId, findings }) =>
      findings.filter((one) => seriesName(one.series) === name).map(({ id }) => ({ reportId, id })),
    );
    const isDrift = reports.some(({ latest, findings }) => {
      if (latest.startMs < fromMs) return false;
      return findings.some(
        (one) => seriesName(one.series) === name && (one.pattern === 'trend' || one.rule === 'slow_drift'),
      );
    });
    const said = votes.filter(({ reportId, findingId }) =>
      about.some((one) => one.reportId === reportId && (findingId === undefined || findingId === one.id)),
    );
    const detections = stores.detections.ofSeries(model.id, [series], fromMs, toMs);
    const notUseful = said.filter(({ verdict }) => verdict === 'not_useful').length;
    return diagnose({ series, detections, lateWindows, votes: said.length, notUseful, isDrift }, model);
  });
}

/** The zone of most models; of equally many the first by name. */
function zoneOf(models: readonly Model[]): string {
  const counts = new Map<string, number>();
  for (const { zone } of models) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]?.[0] ?? 'UTC';
}
