import { join } from 'node:path';
import { createChartRenderer } from '../charts/render.ts';
import { type CommandDeps, createAccess, createModelPresses, createPresses } from '../commands/index.ts';
import { createDelivery, createPictures, RECOVERY_WINDOWS, runAlerting } from './alerting/index.ts';
import { createCommandDoor } from './bot/command-door.ts';
import { createFillings } from './bot/fillings.ts';
import { createForms } from './bot/forms.ts';
import { createHomeDoor } from './bot/home-door.ts';
import type { PreviewTable } from './bot/preview-table.ts';
import { createRegistrar } from './bot/registrar.ts';
import { watchJobs } from './bot/watch-jobs.ts';
import { watchModels } from './bot/watch-models.ts';
import { openDatabase } from './db/index.ts';
import { type DetectionDeps, refreshCalibration, runDetection } from './detection/index.ts';
import { examineCore } from './doctor/examine-core.ts';
import { type CalibrationChange, tailFactors } from './domain/calibration.ts';
import { describeThrown } from './domain/errors.ts';
import type { UserId } from './domain/identifiers.ts';
import type { Model, ModelSettings } from './domain/model.ts';
import type { SeverityWord } from './domain/report.ts';
import { type AccessSettings, defaultAccess } from './domain/role.ts';
import { createDuckdbEngine } from './engines/duckdb/index.ts';
import { renewMarks } from './feedback/index.ts';
import {
  type CheckDeps,
  checkNow,
  createModelWatch,
  createOutboxWorker,
  createSchedule,
  type HeldDatabase,
  holdDatabase,
  type OutboxWorker,
  type Schedule,
  takeTurn,
} from './jobs/index.ts';
import { createLearning, type Learning } from './learner/create-learning.ts';
import { formatInstant } from './messages/format-instant.ts';
import { createHolidayCalendar } from './platform/holiday-calendar.ts';
import { packageRoot, shippedDetectorFolder } from './platform/package-root.ts';
import type { ChartRenderer } from './ports/chart-renderer.ts';
import type { Clock } from './ports/clock.ts';
import type { Detector } from './ports/detector.ts';
import type { Logger } from './ports/logger.ts';
import type { StatisticsEngine } from './ports/statistics-engine.ts';
import type { Stores } from './ports/stores.ts';
import { type FilterSettings, filterSettingsOf, relearnBudgets, runPostprocessing } from './postprocessing/index.ts';
import {
  type Applied,
  applyDeclarations,
  type Declared,
  type Edit,
  edit,
  type Inspection,
  inspectSource,
  type LookedAt,
  prepareDeclarations,
  type RegisterDeps,
  type Registration,
  register,
} from './registry/index.ts';
import {
  createDeliveryClient,
  createInteractiveClient,
  createPeople,
  createSlackApp,
  createSlackGateway,
  examineSlack,
  type SlackSettings,
} from './slack/index.ts';
import {
  anomalousWindows,
  isObserved,
  planProfile,
  readImportance,
  refreshImportance,
  runLateLabels,
  runStatistics,
  type StatisticsDeps,
  watchedSeries,
  withTrafficRatios,
} from './statistics/index.ts';
import { createDetector } from './tensorflow/index.ts';

export interface CoreOptions {
  readonly databasePath: string;
  /** The shipped detector when absent. */
  readonly detectorFolder?: string;
  readonly memoryLimit: string;
  /** Days that are kept; 0, or absent: all. */
  readonly retentionDays?: number;
  /** Of the engine; two when absent. */
  readonly threads?: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** All of Driftbell but the chat: what the command line needs. */
export interface Core {
  readonly stores: Stores;
  readonly engine: StatisticsEngine;
  readonly detector: Detector;
  readonly charts: ChartRenderer;
  readonly learning: Learning;
  readonly checks: CheckDeps;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the detector asks of anomalies, before a budget or an owner has changed it. */
  readonly filterSettings: (model: Model) => FilterSettings;
  register(settings: ModelSettings, by: UserId, signal?: AbortSignal): Promise<Registration>;
  /** Makes the registry as a file declares it, all of it or nothing. */
  apply(declared: readonly Declared[], by: UserId, signal?: AbortSignal): Promise<readonly Applied[]>;
  /** Refuses what `apply` would refuse, and writes nothing. */
  rehearse(declared: readonly Declared[], by: UserId, signal?: AbortSignal): Promise<readonly LookedAt[]>;
  /** Looks at a source and keeps nothing. */
  inspect(settings: ModelSettings, signal?: AbortSignal): Promise<Inspection>;
  edit(model: Model, settings: ModelSettings, by: UserId): Promise<Edit>;
  /** Counts anew how rare the judged windows were, and keeps what was learned unless it is a dry run. */
  calibrate(options: {
    readonly isDryRun?: boolean;
    readonly signal?: AbortSignal;
  }): Promise<readonly CalibrationChange[]>;
  close(): Promise<void>;
}

/** Puts the parts together. The order of the steps is spelled here, once. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { clock, logger } = options;
  const root = packageRoot();
  const database = openDatabase({
    path: options.databasePath,
    migrationsFolder: join(root, 'drizzle'),
    onUnreadableModel: ({ message }) => logger.error({ error: message }, 'A model cannot be read and is passed over.'),
  });
  const { stores } = database;
  const folder = options.detectorFolder ?? shippedDetectorFolder();
  const detector = await createDetector(folder).catch((thrown: unknown) => {
    database.close();
    throw thrown;
  });
  const stored = { ...stores.detectors.put(detector.manifest, folder, clock.now()), manifest: detector.manifest };
  const learning = createLearning({ stores, detector: stored, clock, logger });
  const engine = createDuckdbEngine({
    memoryLimit: options.memoryLimit,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const charts = createChartRenderer();
  const calendar = createHolidayCalendar();
  const holidays: DetectionDeps['holidays'] = (modelId, fromMs, toMs) =>
    stores.events.overlapping(modelId, fromMs, toMs).filter(({ kind }) => kind === 'holiday');

  const importance: RegisterDeps['importance'] = (source, columns, signal) =>
    readImportance(engine, { source, columns, ...(signal && { signal }) });

  const registering: RegisterDeps = { stores, engine, plan: planProfile, importance, calendar, clock };
  const statistics: StatisticsDeps = {
    engine,
    clock,
    models: stores.models,
    statistics: withTrafficRatios(stores),
    transaction: stores.transaction,
    looks: stores.looks,
    formatInstant,
    anomalousWindows: (of, fromMs, toMs) => anomalousWindows(stores.reports.list(of.id), of, { fromMs, toMs }),
  };
  const filterSettings: Core['filterSettings'] = ({ granularity }) => filterSettingsOf(detector.manifest, granularity);
  const checks: CheckDeps = {
    stores,
    clock,
    logger,
    ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
    steps: {
      statistics: async (model, windows, options) => {
        await refreshImportance({ engine, models: stores.models, logger }, model, options.signal);
        return runStatistics(statistics, { model, windows, ...options });
      },
      lateLabels: (model, windows, { signal }) =>
        runLateLabels(statistics, { model, windows, ...(signal && { signal }) }),
      watchesLabels: (model, window) => watchedSeries(stores, model, window).some(isObserved),
      detection: (model, window, signal) => {
        const [look] = stores.looks.between(model.id, window.startMs, window.endMs);
        return runDetection(
          {
            statistics: stores.statistics,
            detections: stores.detections,
            mutes: stores.mutes,
            detector,
            holidays,
            past: stores.detections.ofSeries,
            ...learning.hooks,
            tailFactors: (granularity) => tailFactors(stores.calibrations.of(stored.id), granularity),
          },
          {
            model,
            window,
            keys: watchedSeries(stores, model, window),
            ...(look && { look }),
            ...(signal && { signal }),
          },
        );
      },
      postprocessing: (model, window) => {
        const now = clock.now();
        const deps = { stores, settings: filterSettings(model), said: learning.said };
        const judged = runPostprocessing(deps, { model, window, now });
        renewMarks(stores, { model, held: judged.held, now });
        return judged;
      },
      alerting: (model, window, judged) => runAlerting({ stores }, { model, window, ...judged, now: clock.now() }),
    },
  };

  return {
    stores,
    engine,
    detector,
    charts,
    learning,
    checks,
    clock,
    logger,
    filterSettings,
    register: (settings, by, signal) => register(registering, { settings, by }, signal),
    rehearse: async (declared, by, signal) => (await prepareDeclarations(registering, { declared, by }, signal)).looked,
    apply: (declared, by, signal) => applyDeclarations(registering, { declared, by }, signal),
    inspect: (settings, signal) => inspectSource(registering, settings, signal),
    edit: (model, settings, by) => edit(registering, { model, settings, by }),
    calibrate: async (given) => {
      const deps = { stores, detector: stored, letOthersIn: () => clock.sleep(0) };
      const changes = await refreshCalibration(deps, { now: clock.now(), ...given });
      const budgets = {
        stores,
        clock,
        settings: filterSettings,
        recoveryWindows: RECOVERY_WINDOWS,
        said: learning.said,
      };
      if (given.isDryRun !== true) await relearnBudgets(budgets);
      return changes;
    },
    async close() {
      await Promise.all([charts.close(), detector.close(), learning.close()]);
      database.close();
    },
  };
}

export interface BotOptions {
  readonly slack: SlackSettings;
  /** Absent: as in a fresh installation. */
  readonly access?: AccessSettings;
  /** Replays a table before it is registered; absent: dialogs say nothing of the past. */
  readonly previewTable?: PreviewTable;
  /** Cron expression at which each model is brought up to date; absent: only on request. */
  readonly schedule?: string;
  /** Cron expression in UTC at which tail probabilities are calibrated anew; absent: only on request. */
  readonly calibrationSchedule?: string;
  /** Cron expression, in each channel's zone, at which its digest is posted; absent: only on request. */
  readonly digestSchedule?: string;
  /** Severity from which a report mentions its owners; absent: never. */
  readonly mentionFrom?: SeverityWord;
  /** Cron expression in UTC at which votes are learned from; absent: only on request. */
  readonly learningSchedule?: string;
}

/** The core with its chat: commands, buttons, outbox and timers. */
export interface Bot {
  readonly outbox: OutboxWorker;
  readonly schedule: Schedule;
  /** Where HTTP requests arrive, in HTTP mode. */
  port(): number | undefined;
  /** Connects, brings every model up to date and starts the timers. Where that fails, all that was started is stopped. */
  start(): Promise<void>;
  /** Takes nothing new, waits for what is under way, keeps the rest for the next start. */
  stop(): Promise<void>;
}

/** How long a shutdown waits for handlers that are under way. */
const STOP_DEADLINE_MS = 25_000;

export function createBot(core: Core, options: BotOptions): Bot {
  const { stores, clock, logger, charts, checks } = core;
  const chat = createSlackGateway({ client: createDeliveryClient(options.slack, logger), clock, logger });
  const deliver = createDelivery({
    ...{ stores, chat, charts, clock, logger },
    ...(options.mentionFrom === undefined ? {} : { mentionFrom: options.mentionFrom }),
  });
  const schedule = createSchedule(logger);
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let held: HeldDatabase | undefined;
  let lookAtDigests = (): void => undefined;

  const access = createAccess({
    settings: options.access ?? defaultAccess,
    people: createPeople(createInteractiveClient(options.slack, logger), clock),
    logger,
  });
  const fillings = createFillings();
  const watch =
    options.schedule === undefined
      ? undefined
      : createModelWatch({
          ...{ schedule, expression: options.schedule, models: stores.models.list },
          turn: async (model, signal) => {
            await fillings.settled(model.id);
            await takeTurn(checks, model, { signal });
          },
        });
  const registrar = createRegistrar({
    ...{ core, chat, watch, fillings, background, signal: stopping.signal },
    kick: () => outbox.kick(),
    onChange: () => lookAtDigests(),
  });
  const commandDeps: CommandDeps = {
    stores,
    clock,
    access,
    filterSettings: core.filterSettings,
    learning: core.learning,
    examine: async () => [...(await examineSlack(options.slack, logger)), ...(await examineCore(core))],
    picture: createPictures({ charts, chat, logger }),
    check: async (model, window, onWait) => {
      await fillings.settled(model.id, onWait);
      const summary = await checkNow(checks, model, window);
      outbox.kick();
      return summary;
    },
    register: registrar.register,
    edit: registrar.edit,
    apply: registrar.apply,
    retire: registrar.retire,
  };
  const presses = Object.assign(createPresses(commandDeps), createModelPresses(commandDeps));
  const app = createSlackApp({
    settings: options.slack,
    commands: createCommandDoor(commandDeps, () => outbox.kick()),
    actions: presses,
    home: createHomeDoor(commandDeps, schedule),
    forms: createForms(core, {
      ...{ commands: commandDeps, chat, previewTable: options.previewTable, digestSchedule: options.digestSchedule },
      onDigestPlan: () => lookAtDigests(),
    }),
    claim: (key) => stores.interactions.claim(key, clock.now()),
    clock,
    logger,
  });

  /** Work that nobody waits for; the runner has logged its failure. */
  function background(work: () => Promise<unknown>): void {
    const running = work()
      .catch(() => undefined)
      .finally(() => underWay.delete(running));
    underWay.add(running);
  }

  async function start(): Promise<void> {
    await app.start();
    held = holdDatabase(checks);
    const jobs = { core, schedule, options, background, kick: () => outbox.kick(), signal: stopping.signal };
    lookAtDigests = watchJobs(jobs).lookAtDigests;
    if (watch === undefined) return;
    const { list: models } = stores.models;
    watchModels({ checks, schedule, watch, models, background, signal: stopping.signal });
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await schedule.stop();
    await app.stop(STOP_DEADLINE_MS);
    await Promise.allSettled(underWay);
    await outbox.stop();
    held?.release();
  }

  // Works from here on: what is made after it could fail and leave it behind.
  const outbox = createOutboxWorker({ deliver, clock, logger });
  return {
    outbox,
    schedule,
    port: () => app.port(),
    start: () =>
      start().catch(async (thrown: unknown) => {
        // Why it could not start says more than what else went wrong then.
        await stop().catch((error: unknown) =>
          logger.error({ error: describeThrown(error) }, 'The bot could not stop.'),
        );
        throw thrown;
      }),
    stop,
  };
}
