import type { Model } from '../domain/model.ts';
import {
  type CheckDeps,
  HOUSEKEEPING_JOB,
  HOUSEKEEPING_SCHEDULE,
  keepHouse,
  MODELS_JOB,
  MODELS_SCHEDULE,
  type ModelWatch,
  type Schedule,
  takeTurn,
} from '../jobs/index.ts';

export interface WatchedModels {
  readonly checks: CheckDeps;
  readonly schedule: Schedule;
  readonly watch: ModelWatch;
  readonly models: () => readonly Model[];
  /** Work that nobody waits for. */
  readonly background: (work: () => Promise<unknown>) => void;
  readonly signal: AbortSignal;
}

/** Brings every model up to date, puts its timer, and those that keep the database and the list of models in order. */
export function watchModels({ checks, schedule, watch, models, background, signal: stopping }: WatchedModels): void {
  schedule.put({
    ...{ name: HOUSEKEEPING_JOB, expression: HOUSEKEEPING_SCHEDULE, zone: 'UTC' },
    run: (signal) => keepHouse(checks, signal),
  });
  background(() => keepHouse(checks, stopping));
  watch.reconcile();
  for (const model of models()) {
    background(() => takeTurn(checks, model, { signal: stopping }));
  }
  schedule.put({
    ...{ name: MODELS_JOB, expression: MODELS_SCHEDULE, zone: 'UTC' },
    run: async () => watch.reconcile(),
  });
}
