import type { UserId } from '../domain/identifiers.ts';
import type { Model, ModelSettings } from '../domain/model.ts';
import { fillHistory, type Schedule, takeTurn } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import type { Chat } from '../ports/chat.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import { type Edit, type Registration, retire } from '../registry/index.ts';
import { tellHistory } from './tell-history.ts';

export interface RegistrarDeps {
  readonly core: Core;
  readonly chat: Chat;
  readonly schedule: Schedule;
  /** Cron expression of the checks; absent: on request only. */
  readonly expression?: string;
  readonly signal: AbortSignal;
  readonly background: (work: () => Promise<unknown>) => void;
  /** Something has been written to the outbox. */
  readonly kick: () => void;
}

/** What changes the set of watched models: the verb, then its timer and its history. */
export function createRegistrar(deps: RegistrarDeps) {
  const { core, chat, schedule, expression, signal } = deps;
  const { checks, stores, clock, logger } = core;

  function watch(model: Model): void {
    if (expression === undefined) return;
    schedule.put({
      name: `check ${model.slug}`,
      expression,
      zone: model.zone,
      run: (stop) => takeTurn(checks, model, { signal: stop }),
    });
  }

  function fill(model: Model, range: TimeRange, by: UserId): void {
    deps.background(async () => {
      const told = tellHistory({ chat, clock, logger }, model, by);
      try {
        const windows = await fillHistory(checks, model, range, { signal, progress: told.progress });
        await told.end({ windows });
      } catch (error) {
        await told.end({ error });
        throw error;
      }
      if (expression !== undefined) await takeTurn(checks, model, { signal });
      deps.kick();
    });
  }

  return {
    watch,
    async register(settings: ModelSettings, by: UserId): Promise<Registration> {
      const channel = await chat.postable(settings.channel);
      const registration = await core.register({ ...settings, channel }, by);
      watch(registration.model);
      fill(registration.model, registration.range, by);
      return registration;
    },
    async edit(model: Model, settings: ModelSettings, by: UserId): Promise<Edit> {
      const channel = settings.channel === model.channel ? model.channel : await chat.postable(settings.channel);
      const edited = await core.edit(model, { ...settings, channel }, by);
      watch(edited.model);
      if (edited.inspection !== undefined) fill(edited.model, edited.inspection.range, by);
      return edited;
    },
    retire(model: Model, by: UserId): boolean {
      const isRetired = retire({ stores, clock }, { model, by });
      if (isRetired) schedule.remove(`check ${model.slug}`);
      return isRetired;
    },
  };
}
