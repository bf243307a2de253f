import { RECOVERY_WINDOWS } from '../../../src/alerting/index.ts';
import { applyCorrection, thresholdOf } from '../../../src/detection/index.ts';
import type { Detection } from '../../../src/domain/anomaly.ts';
import { type Departure, departureOf } from '../../../src/domain/departure.ts';
import type { StoredDetector } from '../../../src/domain/detector.ts';
import { directionOf, isAboveBaseline } from '../../../src/domain/direction.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { SaidOfSeries } from '../../../src/domain/said.ts';
import { seriesName } from '../../../src/domain/series.ts';
import type { VotedWindow } from '../../../src/domain/vote.ts';
import type { Window } from '../../../src/domain/window.ts';
import {
  actAtOnce,
  expectReturns,
  guardMarks,
  learn,
  renewMarks,
  saidOfSeries,
  sayLabel,
} from '../../../src/feedback/index.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import type { Learner } from '../../../src/ports/learner.ts';
import type { Random } from '../../../src/ports/random.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { EMPTY_CONTEXT, filterSettingsOf, findFindings } from '../../../src/postprocessing/index.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../../builders/stores.ts';
import { GRACE, ownersOf, say, seedOf, truthOf } from './owners.ts';
import { emptyWeek, sumWeeks, type Week } from './weeks.ts';
import { type SimulatedModel, WINDOWS_PER_DAY, type World, weeksOf, windowName, windowsPerWeek } from './world.ts';

export interface Feedback {
  /** Votes act at once. */
  readonly actsAtOnce: boolean;
  /** They are learned from. */
  readonly learns: boolean;
  /** Part of the votes that are wrong. */
  readonly wrongShare: number;
  /** Part of the reports that the owner of a model votes on; absent: 0.7. */
  readonly diligence?: number;
  /** Part of the missed incidents that owners name by hand a while after they end. */
  readonly namedShare?: number;
}

/** A false finding as it was first told. */
export interface FalseRun {
  /** From 1. */
  readonly week: number;
  /** Series and side. */
  readonly series: string;
  readonly departure: Departure;
  /** The largest before it on the same side; absent: the first. */
  readonly largestBefore?: Departure;
}

export interface Simulation {
  readonly weeks: readonly Week[];
  /** The same of each model, in the order of the world. */
  readonly models: readonly (readonly Week[])[];
  readonly votes: number;
  /** Missed incidents that were named by hand. */
  readonly named: number;
  /** What learning did, each time. */
  readonly steps: readonly string[];
  readonly falseRuns: readonly FalseRun[];
}

export interface SimulateOptions {
  readonly detector: Detector;
  readonly learner: Learner;
  readonly feedback: Feedback;
  /** Days from one learning to the next. */
  readonly learnsEveryDays: number;
  /** Of the people: who votes, and wrongly. */
  readonly seed: number;
}

/** Windows that filters look back on, as the running bot does. */
const CONTEXT = { day: 14, hour: 48 } as const;
const MOST_VOTED = 5;
/** Windows after its end: then somebody has noticed elsewhere. */
const NAMED_AFTER = { day: 7, hour: 48 } as const;

interface OpenReport {
  readonly opened: number;
  latest: number;
  kind: 'falseReports' | 'robbedReports' | 'realReports';
}
const KINDS = ['falseReports', 'robbedReports', 'realReports'] as const;

/** A bot with owners who vote, window by window: what it tells, what they say, and what it learns. */
export async function simulate(
  world: World,
  { detector, learner, feedback, learnsEveryDays, seed }: SimulateOptions,
): Promise<Simulation> {
  const { windows, lead, granularity } = world;
  const database = memoryDatabase();
  const { stores } = database;
  const clock = fakeClock(windows[lead]?.startMs ?? 0);
  const stored: StoredDetector = { ...stores.detectors.put(detector.manifest, '', 0), manifest: detector.manifest };
  // What somebody says of a finding hangs on the finding only, so that kinds of feedback are compared on equal votes.
  const person = (about: string): Random => createSeededRandom(seedOf(`${seed} ${about}`));
  const threshold = thresholdOf(detector.manifest);
  const settings = filterSettingsOf(detector.manifest, granularity);
  const placeOf = new Map(windows.map((window, place) => [window.startMs, place]));
  const startsAt = (ms: number): number => placeOf.get(ms) ?? 0;
  const models = world.models.map((simulated, index) => ({
    simulated,
    owners: ownersOf(index, feedback.diligence),
    model: registeredModel(stores, { slug: simulated.slug, owners: [ownersOf(index)[0].id], granularity }, clock.now()),
    told: [] as Detection[][],
    open: undefined as OpenReport | undefined,
    weeks: Array.from({ length: weeksOf(world) }, emptyWeek),
  }));
  type Watched = (typeof models)[number];
  for (const { simulated, model } of models) stores.models.putColumns(model.id, columnsOf(simulated), []);
  const bySlug = new Map(models.map((one) => [one.simulated.slug, one]));
  const weekAt = ({ weeks }: Watched, at: number): Week | undefined =>
    weeks[Math.floor((at - lead) / windowsPerWeek(world))];
  const found = new Set<string>();
  const told = new Set<string>();
  const asked = new Set<string>();
  const steps: string[] = [];
  const falseRuns: FalseRun[] = [];
  const largest = new Map<string, Departure>();
  let votes = 0;
  let named = 0;

  for (let at = 0; at < windows.length; at += 1) {
    clock.set(windows[at]?.endMs ?? 0);
    const correction = stores.corrections.inForce(stored.id)?.version?.correction;
    for (const one of models) {
      const { model } = one;
      const raw = one.simulated.detections[at] ?? [];
      const historyOf = (key: Parameters<SimulatedModel['historyOf']>[0]) => one.simulated.historyOf(key, at);
      one.told[at] = [
        ...(correction === undefined || correction.labels === 0
          ? raw
          : applyCorrection(raw, { correction, threshold, model: one.simulated.slug, historyOf })),
      ];
      if (feedback.learns) {
        stores.detections.replaceWindow(model.id, windows[at] as Window, one.told[at]?.filter(isOutside) ?? [], '');
      }
      if (at >= lead) judge(one, at);
      if (feedback.learns) nameMissed(one, at);
    }
    const done = at - lead + 1;
    if (done > 0 && done % (learnsEveryDays * WINDOWS_PER_DAY[granularity]) === 0) await night();
  }

  function see({ slug }: { readonly slug: string }, detections: readonly Detection[]) {
    return detections.map(({ series, window: of }) => bySlug.get(slug)?.simulated.seen.get(windowName(series, of)));
  }

  /** What the owner says of an incident that nobody was told of, or, by mistake, of as many windows before it. */
  function nameMissed({ simulated, model, owners }: Watched, at: number): void {
    const { namedShare = 0, wrongShare } = feedback;
    if (namedShare === 0) return;
    const due = simulated.series.flatMap(({ key, isImportant, incidents }) => {
      const over = incidents.find(({ to }) => to + NAMED_AFTER[granularity] === at);
      return isImportant && over !== undefined && over.from >= lead ? [{ column: key.column, over }] : [];
    });
    for (const { column, over } of new Map(due.map((one) => [one.column, one])).values()) {
      const random = person(`${owners[0].id} ${column} ${over.from}`);
      if (found.has(`${simulated.slug} ${column} ${over.from}`) || random.uniform() >= namedShare) continue;
      const shift = random.uniform() < wrongShare ? over.to - over.from : 0;
      const [from, to] = [over.from - shift, over.to - shift].map((place) => windows[Math.max(0, place)]?.startMs ?? 0);
      const keys = simulated.series.filter(({ key }) => key.column === column).map(({ key }) => key);
      const span = { fromMs: from ?? 0, toMs: to ?? 0 };
      sayLabel({ stores, clock, see }, { model, keys, ...span, verdict: 'real', by: owners[0].id });
      named += 1;
    }
  }

  async function night(): Promise<void> {
    if (!feedback.learns) {
      guardMarks({ stores, clock });
      if (feedback.actsAtOnce) expectReturns({ stores, clock });
      return;
    }
    const outcome = await learn({ stores, detector: stored, learner, see, clock, random: createSeededRandom });
    steps.push(
      outcome.step === 'nothing'
        ? outcome.reason
        : `${outcome.step}${outcome.step === 'refused' ? ` (${outcome.report.reasons.join('; ')})` : ''}`,
    );
  }

  function findingsOf(
    { open }: Watched,
    at: number,
    detections: readonly (readonly Detection[])[],
    said?: SaidOfSeries,
  ) {
    const from = Math.max(0, Math.min(at, open?.opened ?? at) - CONTEXT[granularity]);
    return findFindings({
      detections: detections.slice(from, at + 1).flat(),
      windows: windows.slice(from, at + 1),
      since: windows[Math.max(from, (open?.opened ?? at) + 1 - settings.durationWindows)] as Window,
      context: { ...EMPTY_CONTEXT, ...said, now: clock.now() },
      settings,
    });
  }

  function judge(one: Watched, at: number): void {
    const { simulated, model } = one;
    const said = feedback.actsAtOnce ? saidOfSeries(stores.seriesMarks.active(model.id, clock.now())) : undefined;
    const { findings, held, isFiring } = findingsOf(one, at, one.told, said);
    renewMarks(stores, { model, held, now: clock.now() });
    if (isFiring) {
      noteFound(one, findings, at);
      vote(one, at, findings);
      const isReal = (of: readonly Finding[]) => of.some((finding) => truthOf(simulated, finding, startsAt).isReal);
      const kind = isReal(findings)
        ? 'realReports'
        : isReal(findingsOf(one, at, simulated.detections).findings)
          ? 'robbedReports'
          : 'falseReports';
      noteReport(one, at, kind);
    } else if (one.open !== undefined && at - one.open.latest >= RECOVERY_WINDOWS) one.open = undefined;
  }

  /** A report that began false and becomes real was real. */
  function noteReport(one: Watched, at: number, kind: OpenReport['kind']): void {
    if (one.open === undefined) {
      one.open = { opened: at, latest: at, kind };
      const week = weekAt(one, at);
      if (week !== undefined) week[kind] += 1;
      return;
    }
    one.open.latest = at;
    if (KINDS.indexOf(kind) <= KINDS.indexOf(one.open.kind)) return;
    const week = weekAt(one, one.open.opened);
    if (week !== undefined) {
      week[one.open.kind] -= 1;
      week[kind] += 1;
    }
    one.open.kind = kind;
  }

  function noteFound(one: Watched, findings: readonly Finding[], at: number): void {
    const { simulated } = one;
    for (const finding of findings) {
      const name = `${simulated.slug} ${windowName(finding.series, finding.from)}`;
      if (!told.has(name)) noteTold(one, finding, at);
      told.add(name);
      const series = simulated.series.find(({ key }) => seriesName(key) === seriesName(finding.series));
      const [first, last] = [startsAt(finding.from.startMs), startsAt(finding.to.startMs)];
      for (const incident of series?.incidents ?? []) {
        if (first < incident.to + GRACE && last >= incident.from) {
          found.add(`${simulated.slug} ${finding.series.column} ${incident.from}`);
        }
      }
    }
  }

  function noteTold(one: Watched, finding: Finding, at: number): void {
    const week = weekAt(one, at);
    const { isReal } = truthOf(one.simulated, finding, startsAt);
    if (week !== undefined) week[isReal ? 'realFindings' : 'falseFindings'] += 1;
    if (!isReal) noteFalse(one.simulated, finding, at);
  }

  function noteFalse({ slug }: SimulatedModel, { series, worst }: Finding, at: number): void {
    const name = `${slug} ${seriesName(series)} ${directionOf(worst)}`;
    const largestBefore = largest.get(name);
    const departure = departureOf(worst);
    const first = { week: Math.floor((at - lead) / windowsPerWeek(world)) + 1, series: name, departure };
    falseRuns.push({ ...first, ...(largestBefore !== undefined && { largestBefore }) });
    if (largestBefore === undefined || departure.size > largestBefore.size) largest.set(name, departure);
  }

  /** When a finding is told first, of each person who votes at all. What joins a report later is kept as another. */
  function vote({ simulated, model, owners }: Watched, at: number, all: readonly Finding[]): void {
    const findings = all.filter(
      (finding) => !asked.has(`${simulated.slug} ${windowName(finding.series, finding.from)}`),
    );
    if (findings.length === 0) return;
    for (const { series, from } of findings) asked.add(`${simulated.slug} ${windowName(series, from)}`);
    const window = windows[at] as Window;
    const report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: window, findings });
    stores.reports.move(report.id, ['firing'], { state: 'resolved', at: clock.now(), window });
    for (const { id: by, diligence } of owners) {
      const random = person(`${by} ${windows[at]?.key}`);
      if (random.uniform() >= diligence) continue;
      for (const finding of report.findings.slice(0, MOST_VOTED)) {
        const mood = person(`${by} ${windowName(finding.series, finding.from)}`);
        const { verdict, reason } = say(truthOf(simulated, finding, startsAt), feedback.wrongShare, mood);
        const seen = finding.anomalies.flatMap(({ series, window: of, value, forecast }): VotedWindow[] => {
          const evidence = simulated.seen.get(windowName(series, of));
          if (evidence === undefined) return [];
          const isAbove = isAboveBaseline({ value, forecast });
          return [{ findingId: finding.id, series, window: of, isAbove, seen: evidence }];
        });
        const cast = { reportId: report.id, findingId: finding.id, by, verdict, at: clock.now(), windows: seen };
        stores.votes.put({ ...cast, ...(reason && { reason }), detector: detector.manifest.name });
        if (feedback.actsAtOnce) actAtOnce(stores, { report, findingId: finding.id, by, at: clock.now() }, reason);
        votes += 1;
      }
    }
  }

  for (const one of models) {
    for (const name of incidentNames(one.simulated)) {
      const week = weekAt(one, name.from);
      if (name.from < lead || week === undefined) continue;
      week.incidents += 1;
      if (found.has(name.name)) week.found += 1;
    }
  }
  database.close();
  const ofModels = models.map(({ weeks }) => weeks);
  return { weeks: sumWeeks(ofModels), models: ofModels, votes, named, steps, falseRuns };
}

function isOutside({ value, forecast }: Detection): boolean {
  return value !== null && forecast !== undefined && (value < forecast.lower || value > forecast.upper);
}

function columnsOf({ series }: SimulatedModel): Parameters<Stores['models']['putColumns']>[1] {
  const byName = new Map(series.map(({ key }) => [key.column, key.role]));
  return [...byName].map(([name, role]) => ({ name, role, kind: 'numeric' }));
}

/** Once for each column, however many of its statistics are watched. */
function incidentNames({ slug, series }: SimulatedModel): readonly { readonly name: string; readonly from: number }[] {
  const names = new Map<string, number>();
  for (const { key, isImportant, incidents } of series) {
    for (const { from } of isImportant ? incidents : []) names.set(`${slug} ${key.column} ${from}`, from);
  }
  return [...names].map(([name, from]) => ({ name, from }));
}
