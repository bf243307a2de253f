import type { UserId } from '../domain/identifiers.ts';
import type { Model, ModelSettings } from '../domain/model.ts';
import { fillHistory, type ModelWatch, takeTurn } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import type { Chat } from '../ports/chat.ts';
import type { Progress } from '../ports/progress.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import { type Applied, type Declared, type Edit, type Registration, retire } from '../registry/index.ts';
import type { Fillings } from './fillings.ts';
import { tellHistory } from './tell-history.ts';

export interface RegistrarDeps {
  readonly core: Core;
  readonly chat: Chat;
  /** Absent: models are checked on request only. */
  readonly watch: ModelWatch | undefined;
  /** Whoever judges a window waits for what is in here. */
  readonly fillings: Fillings;
  readonly signal: AbortSignal;
  readonly background: (work: () => Promise<unknown>) => void;
  /** The set of models, or what is declared of one, has changed. */
  readonly onChange: () => void;
  /** Something has been written to the outbox. */
  readonly kick: () => void;
}

/** What changes the set of watched models: the verb, then its timer and its history. */
export function createRegistrar(deps: RegistrarDeps) {
  const { core, chat, watch, fillings, signal } = deps;
  const { checks, stores, clock, logger } = core;

  function fill(model: Model, range: TimeRange, by: UserId): void {
    const work = fillings.run(model.id, async (tell) => {
      const told = tellHistory({ chat, clock, logger }, model, by);
      const progress: Progress = (...step) => {
        told.progress(...step);
        tell(...step);
      };
      try {
        const windows = await fillHistory(checks, model, range, { signal, progress });
        await told.end({ windows });
      } catch (error) {
        await told.end({ error });
        throw error;
      }
      if (watch !== undefined) await takeTurn(checks, model, { signal });
      deps.kick();
    });
    deps.background(() => work);
  }

  return {
    async register(settings: ModelSettings, by: UserId): Promise<Registration> {
      const channel = await chat.postable(settings.channel);
      const registration = await core.register({ ...settings, channel }, by);
      watch?.put(registration.model);
      deps.onChange();
      fill(registration.model, registration.range, by);
      return registration;
    },
    async edit(model: Model, settings: ModelSettings, by: UserId): Promise<Edit> {
      const channel = settings.channel === model.channel ? model.channel : await chat.postable(settings.channel);
      const edited = await core.edit(model, { ...settings, channel }, by);
      watch?.put(edited.model);
      deps.onChange();
      if (edited.inspection !== undefined) fill(edited.model, edited.inspection.range, by);
      return edited;
    },
    async apply(declared: readonly Declared[], by: UserId): Promise<readonly Applied[]> {
      const applied = await core.apply(declared, by, signal);
      for (const { model, range } of applied) {
        watch?.put(model);
        if (range !== undefined) fill(model, range, by);
      }
      deps.onChange();
      return applied;
    },
    retire(model: Model, by: UserId): boolean {
      const isRetired = retire({ stores, clock }, { model, by });
      if (isRetired) watch?.remove(model);
      deps.onChange();
      return isRetired;
    },
  };
}
