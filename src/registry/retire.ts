import type { UserId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';

export interface RetireDeps {
  readonly stores: Pick<Stores, 'models' | 'audit' | 'transaction'>;
  readonly clock: Clock;
}

/** Ends the watching of a model; what was learned and reported of it is kept. False when it is retired already. */
export function retire({ stores, clock }: RetireDeps, input: { readonly model: Model; readonly by: UserId }): boolean {
  const { model, by } = input;
  const at = clock.now();
  return stores.transaction(() => {
    if (!stores.models.retire(model.id, at)) return false;
    stores.audit.add({ at, by, action: 'model.retire', subject: `model:${model.slug}`, facts: {} });
    return true;
  });
}
