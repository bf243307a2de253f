import { join } from 'node:path';
import { createChartRenderer } from '../charts/render.ts';
import { RECOVERY_WINDOWS } from './alerting/index.ts';
import { createSteps } from './create-steps.ts';
import { openDatabase } from './db/index.ts';
import { refreshCalibration } from './detection/index.ts';
import type { CalibrationChange } from './domain/calibration.ts';
import type { UserId } from './domain/identifiers.ts';
import type { Model, ModelSettings } from './domain/model.ts';
import { createDuckdbEngine } from './engines/duckdb/index.ts';
import type { CheckDeps } from './jobs/index.ts';
import { createLearning, type Learning } from './learner/create-learning.ts';
import { createHolidayCalendar } from './platform/holiday-calendar.ts';
import { packageRoot, shippedDetectorFolder } from './platform/package-root.ts';
import type { ChartRenderer } from './ports/chart-renderer.ts';
import type { Clock } from './ports/clock.ts';
import type { Detector } from './ports/detector.ts';
import type { Logger } from './ports/logger.ts';
import type { StatisticsEngine } from './ports/statistics-engine.ts';
import type { Stores } from './ports/stores.ts';
import { type FilterSettings, filterSettingsOf, relearnBudgets } from './postprocessing/index.ts';
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
import { planProfile, readImportance } from './statistics/index.ts';
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

/** Puts the parts together. */
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

  const importance: RegisterDeps['importance'] = (source, columns, signal) =>
    readImportance(engine, { source, columns, ...(signal && { signal }) });

  const registering: RegisterDeps = { stores, engine, plan: planProfile, importance, calendar, clock };
  const filterSettings: Core['filterSettings'] = ({ granularity }) => filterSettingsOf(detector.manifest, granularity);
  const checks: CheckDeps = {
    stores,
    clock,
    logger,
    ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
    steps: createSteps({
      stores,
      clock,
      logger,
      engine,
      detector,
      learning,
      detectorId: stored.id,
      filterSettings,
    }),
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
