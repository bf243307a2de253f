import type { EpochMs, UserId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Mute } from '../domain/mute.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { enqueueReport } from './enqueue.ts';

export interface MuteDeps {
  readonly stores: Pick<Stores, 'reports' | 'outbox' | 'mutes' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

/** Stops new messages of a model until an instant. Detection goes on; what fired meanwhile can be asked for. */
export function mute(
  deps: MuteDeps,
  input: { readonly model: Model; readonly by: UserId; readonly untilMs: EpochMs; readonly reason?: string },
): Mute {
  const { stores } = deps;
  const at = deps.clock.now();
  const { model, by, untilMs, reason } = input;
  const muted: Mute = {
    modelId: model.id,
    by,
    startMs: at,
    untilMs,
    ...(reason === undefined ? {} : { reason }),
  };
  stores.transaction(() => {
    // The newest word counts, also when it is the shorter one.
    stores.mutes.end(model.id, at);
    stores.mutes.put(muted);
    stores.audit.add({ at, by, action: 'model.mute', subject: `model:${model.slug}`, facts: { untilMs, reason } });
    showAnew(deps, model, at);
  });
  return muted;
}

/** Ends every mute of the model and shows what fired meanwhile. False when it was not muted. */
export function unmute(deps: MuteDeps, input: { readonly model: Model; readonly by: UserId }): boolean {
  const { stores } = deps;
  const at = deps.clock.now();
  const { model, by } = input;
  return stores.transaction(() => {
    if (stores.mutes.end(model.id, at) === 0) return false;
    stores.audit.add({ at, by, action: 'model.unmute', subject: `model:${model.slug}`, facts: {} });
    showAnew(deps, model, at);
    return true;
  });
}

function showAnew(deps: MuteDeps, model: Model, at: EpochMs): void {
  const open = deps.stores.reports.open(model.id);
  if (open !== undefined) enqueueReport(deps.stores, deps.stores.reports.touch(open.id), at);
}
