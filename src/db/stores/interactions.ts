import { lt } from 'drizzle-orm';
import type { InteractionStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { interactions } from '../schema/interactions.ts';

export function createInteractionStore({ orm }: Client): InteractionStore {
  return {
    claim(key, at) {
      const { changes } = orm.insert(interactions).values({ key, claimedAt: at }).onConflictDoNothing().run();
      return changes === 1;
    },
    prune: (before) => orm.delete(interactions).where(lt(interactions.claimedAt, before)).run().changes,
  };
}
