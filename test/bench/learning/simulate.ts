import { RECOVERY_WINDOWS } from '../../../src/alerting/index.ts';
import { applyCorrection, thresholdOf } from '../../../src/detection/index.ts';
import type { Detection } from '../../../src/domain/anomaly.ts';
import type { StoredDetector } from '../../../src/domain/detector.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { seriesName } from '../../../src/domain/series.ts';
import type { VotedWindow } from '../../../src/domain/vote.ts';
import type { Window } from '../../../src/domain/window.ts';
import { actAtOnce, learn, saidOfSeries } from '../../../src/feedback/index.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import type { Learner } from '../../../src/ports/learner.ts';
import { EMPTY_CONTEXT, filterSettingsOf, findFindings } from '../../../src/postprocessing/index.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../../builders/stores.ts';
import { ownersOf, say, truthOf } from './owners.ts';
import { LEAD, type SimulatedModel, WEEKS, type World, windowName } from './world.ts';

export interface Feedback {
  /** Votes act at once. */
  readonly actsAtOnce: boolean;
  /** They are learned from at the end of each week. */
  readonly learns: boolean;
  /** Part of the votes that are wrong. */
  readonly wrongShare: number;
}

export interface Week {
  readonly falseReports: number;
  readonly realReports: number;
  /** Runs of one series that were told although no incident that people care about was behind them. */
  readonly falseFindings: number;
  readonly incidents: number;
  readonly found: number;
}

export interface Simulation {
  readonly weeks: readonly Week[];
  readonly votes: number;
  /** What learning did at the end of each week. */
  readonly steps: readonly string[];
}

/** Windows that filters look back on, as the running bot does. */
const CONTEXT = 14;
const MOST_VOTED = 5;

/** Twelve weeks of a bot with owners who vote, day by day: what it tells, what they say, and what it learns. */
export async function simulate(
  world: World,
  {
    detector,
    learner,
    feedback,
  }: { readonly detector: Detector; readonly learner: Learner; readonly feedback: Feedback },
): Promise<Simulation> {
  const { windows } = world;
  const database = memoryDatabase();
  const { stores } = database;
  const clock = fakeClock(windows[LEAD]?.startMs ?? 0);
  const stored: StoredDetector = { ...stores.detectors.put(detector.manifest, '', 0), manifest: detector.manifest };
  const random = createSeededRandom(11);
  const threshold = thresholdOf(detector.manifest);
  const settings = filterSettingsOf(detector.manifest, 'day');
  const placeOf = new Map(windows.map((window, place) => [window.startMs, place]));
  const startsAt = (ms: number): number => placeOf.get(ms) ?? 0;
  const models = world.models.map((simulated, index) => ({
    simulated,
    owners: ownersOf(index),
    model: registeredModel(stores, { slug: simulated.slug, owners: [ownersOf(index)[0].id] }, clock.now()),
    told: [] as Detection[][],
    open: undefined as { opened: number; latest: number; isReal: boolean } | undefined,
  }));
  type Watched = (typeof models)[number];
  const bySlug = new Map(models.map((one) => [one.simulated.slug, one]));
  const weeks = Array.from({ length: WEEKS }, () => ({
    falseReports: 0,
    realReports: 0,
    falseFindings: 0,
    incidents: 0,
    found: 0,
  }));
  const found = new Set<string>();
  const told = new Set<string>();
  const asked = new Set<string>();
  const steps: string[] = [];
  let votes = 0;

  for (let at = 0; at < windows.length; at += 1) {
    const window = windows[at] as Window;
    clock.set(window.endMs);
    const correction = stores.corrections.inForce(stored.id)?.version?.correction;
    for (const one of models) {
      const raw = one.simulated.detections[at] ?? [];
      const historyOf = (key: Parameters<SimulatedModel['historyOf']>[0]) => one.simulated.historyOf(key, at);
      one.told[at] = [
        ...(correction === undefined || correction.labels === 0
          ? raw
          : applyCorrection(raw, { correction, threshold, model: one.simulated.slug, historyOf })),
      ];
      if (at >= LEAD) judge(one, at);
    }
    const day = at - LEAD + 1;
    if (feedback.learns && day > 0 && day % 7 === 0) {
      const see = ({ slug }: { readonly slug: string }, detections: readonly Detection[]) =>
        detections.map(({ series, window: of }) => bySlug.get(slug)?.simulated.seen.get(windowName(series, of)));
      const outcome = await learn({ stores, detector: stored, learner, see, clock, random: createSeededRandom });
      steps.push(
        outcome.step === 'nothing'
          ? outcome.reason
          : `${outcome.step}${outcome.step === 'refused' ? ` (${outcome.report.reasons.join('; ')})` : ''}`,
      );
    }
  }

  function judge(one: Watched, at: number): void {
    const { simulated, model, told } = one;
    const from = Math.max(0, Math.min(at, one.open?.opened ?? at) - CONTEXT);
    const said = feedback.actsAtOnce ? saidOfSeries(stores.seriesMarks.active(model.id, clock.now())) : {};
    const { findings, isFiring } = findFindings({
      detections: told.slice(from, at + 1).flat(),
      windows: windows.slice(from, at + 1),
      since: windows[Math.max(from, (one.open?.opened ?? at) - 1)] as Window,
      context: { ...EMPTY_CONTEXT, ...said, now: clock.now() },
      settings,
    });
    const week = weeks[Math.floor((at - LEAD) / 7)];
    const isReal = findings.some((finding) => truthOf(simulated, finding, startsAt).isReal);
    if (isFiring) {
      noteFound(one, findings, week);
      vote(one, at, findings);
    }
    if (isFiring && one.open === undefined) {
      one.open = { opened: at, latest: at, isReal };
      if (week !== undefined) week[isReal ? 'realReports' : 'falseReports'] += 1;
    } else if (isFiring && one.open !== undefined) {
      one.open.latest = at;
      if (isReal && !one.open.isReal) {
        // What began as a false report has become a real one.
        const opened = weeks[Math.floor((one.open.opened - LEAD) / 7)];
        if (opened !== undefined) {
          opened.falseReports -= 1;
          opened.realReports += 1;
        }
        one.open.isReal = true;
      }
    } else if (one.open !== undefined && at - one.open.latest >= RECOVERY_WINDOWS) one.open = undefined;
  }

  function noteFound(
    { simulated }: Watched,
    findings: readonly Finding[],
    week: { falseFindings: number } | undefined,
  ): void {
    for (const finding of findings) {
      const name = `${simulated.slug} ${windowName(finding.series, finding.from)}`;
      if (!told.has(name) && week !== undefined && !truthOf(simulated, finding, startsAt).isReal)
        week.falseFindings += 1;
      told.add(name);
      const series = simulated.series.find(({ key }) => seriesName(key) === seriesName(finding.series));
      const [first, last] = [startsAt(finding.from.startMs), startsAt(finding.to.startMs)];
      series?.incidents.forEach((incident, index) => {
        if (first < incident.to + 2 && last >= incident.from)
          found.add(`${simulated.slug} ${seriesName(finding.series)} ${index}`);
      });
    }
  }

  /** On the day that a finding is told first, of each person who votes at all. What joins a report later is kept as another. */
  function vote({ simulated, model, owners }: Watched, at: number, all: readonly Finding[]): void {
    const findings = all.filter(
      (finding) => !asked.has(`${simulated.slug} ${windowName(finding.series, finding.from)}`),
    );
    if (findings.length === 0) return;
    for (const { series, from } of findings) asked.add(`${simulated.slug} ${windowName(series, from)}`);
    const report = stores.reports.insert({
      modelId: model.id,
      severity: 'high',
      opened: windows[at] as Window,
      findings,
    });
    stores.reports.move(report.id, ['firing'], { state: 'resolved', at: clock.now(), window: windows[at] as Window });
    for (const { id: by, diligence } of owners) {
      if (random.uniform() >= diligence) continue;
      for (const finding of report.findings.slice(0, MOST_VOTED)) {
        const { verdict, reason } = say(truthOf(simulated, finding, startsAt), feedback.wrongShare, random);
        const seen = finding.anomalies.flatMap(({ series, window, value, forecast }): VotedWindow[] => {
          const evidence = simulated.seen.get(windowName(series, window));
          if (evidence === undefined) return [];
          return [
            {
              findingId: finding.id,
              series,
              window,
              isAbove: (value ?? 0) > (forecast?.baseline ?? 0),
              seen: evidence,
            },
          ];
        });
        const cast = { reportId: report.id, findingId: finding.id, by, verdict, at: clock.now(), windows: seen };
        stores.votes.put({ ...cast, ...(reason && { reason }), detector: detector.manifest.name });
        if (feedback.actsAtOnce) actAtOnce(stores, { report, findingId: finding.id, by, at: clock.now() }, reason);
        votes += 1;
      }
    }
  }

  for (const { simulated } of models) {
    for (const { key, isImportant, incidents } of simulated.series) {
      incidents.forEach(({ from }, index) => {
        const week = weeks[Math.floor((from - LEAD) / 7)];
        if (!isImportant || from < LEAD || week === undefined) return;
        week.incidents += 1;
        if (found.has(`${simulated.slug} ${seriesName(key)} ${index}`)) week.found += 1;
      });
    }
  }
  database.close();
  return { weeks, votes, steps };
}
