import { setBounded } from './bounded-map.ts';
import type { Json } from './records.ts';

/** Options that the app offered for its external selects, by action id and value. */
export type Offers = {
  remember(actionId: string, options: readonly Json[]): void;
  find(actionId: string): readonly Json[];
};

export function createOffers(): Offers {
  const offers = new Map<string, ReadonlyMap<string, Json>>();
  return {
    remember(actionId, options) {
      const known = [...(offers.get(actionId)?.values() ?? []), ...options];
      setBounded(offers, actionId, new Map(known.map((one) => [String(one.value), one])));
    },
    find: (actionId) => [...(offers.get(actionId)?.values() ?? [])],
  };
}
