import type { Model } from '../domain/model.ts';
import type { Schedule } from './schedule.ts';

/** Name of the job that compares the timers with the registry. */
export const MODELS_JOB = 'models';
/** A model that another process registers is watched within the minute; to look costs one small query. */
export const MODELS_SCHEDULE = '* * * * *';

export interface ModelWatchDeps {
  readonly schedule: Pick<Schedule, 'put' | 'remove'>;
  /** Cron expression of the checks, read in each model's zone. */
  readonly expression: string;
  /** Those that are to be watched now. */
  readonly models: () => readonly Model[];
  /** Brings a model up to date. */
  readonly turn: (model: Model, signal: AbortSignal) => Promise<unknown>;
}

export interface ModelWatch {
  /** Puts the timer of a model, in place of that of its settings before. */
  put(model: Model): void;
  remove(model: Pick<Model, 'slug'>): void;
  /**
   * Makes the timers those of the registry, whoever has changed it. Called again it does nothing. What is new waits for its
   * time: whoever registered it is computing its history, without which its first window would be judged by nothing.
   */
  reconcile(): void;
}

export function createModelWatch({ schedule, expression, models, turn }: ModelWatchDeps): ModelWatch {
  /** Revisions by slug, which no other model ever gets. */
  const watched = new Map<string, number>();
  const nameOf = (slug: string) => `check ${slug}`;

  function put({ id, revision, slug, zone }: Model): void {
    watched.set(slug, revision);
    schedule.put({
      ...{ name: nameOf(slug), expression, zone },
      // As it is when its turn comes: another process may have changed or retired it.
      run: async (signal) => {
        const current = models().find((model) => model.id === id);
        if (current !== undefined) await turn(current, signal);
      },
    });
  }

  function remove({ slug }: Pick<Model, 'slug'>): void {
    watched.delete(slug);
    schedule.remove(nameOf(slug));
  }

  return {
    put,
    remove,
    reconcile() {
      const registered = models();
      const slugs = new Set(registered.map(({ slug }) => slug));
      for (const slug of [...watched.keys()]) if (!slugs.has(slug)) remove({ slug });
      for (const model of registered) {
        if (watched.get(model.slug) !== model.revision) put(model);
      }
    },
  };
}
