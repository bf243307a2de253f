import type { UserId } from '../domain/identifiers.ts';
import type { DeclaredEvent, Model } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';

export interface EventDeps {
  readonly stores: Pick<Stores, 'audit' | 'events' | 'transaction'>;
  readonly clock: Clock;
}

type NewEvent = Omit<DeclaredEvent, 'modelId'>;

/** Keeps what people know happened, or will. The same event twice is one. */
export function declareEvent(
  { stores, clock }: EventDeps,
  { model, by, event }: { readonly model: Model; readonly by: UserId; readonly event: NewEvent },
): void {
  stores.transaction(() => {
    stores.events.put({ modelId: model.id, ...event });
    stores.audit.add({
      ...{ at: clock.now(), by, action: 'event.declare', subject: `model:${model.slug}` },
      facts: { ...event },
    });
  });
}

/** Takes back what was declared of a kind from an instant on; the number of events. */
export function withdrawEvent(
  { stores, clock }: EventDeps,
  { model, by, ...event }: { readonly model: Model; readonly by: UserId } & Pick<NewEvent, 'kind' | 'startMs'>,
): number {
  return stores.transaction(() => {
    const withdrawn = stores.events.remove(model.id, event);
    if (withdrawn === 0) return 0;
    const of = { by, action: 'event.withdraw', subject: `model:${model.slug}` };
    stores.audit.add({ at: clock.now(), ...of, facts: event });
    return withdrawn;
  });
}
