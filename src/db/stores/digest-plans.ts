import { eq } from 'drizzle-orm';
import type { StoredDigestPlan } from '../../domain/digest-plan.ts';
import type { DigestPlanStore } from '../../ports/stores.ts';
import type { Client } from '../client.ts';
import { digestPlans } from '../schema/digest-plans.ts';

export function createDigestPlanStore({ orm }: Client): DigestPlanStore {
  return {
    of(channel) {
      const row = orm.select().from(digestPlans).where(eq(digestPlans.channel, channel)).get();
      return row && toPlan(row);
    },
    put(channel, { isOn, weekday, at, to: postTo }) {
      const before = orm.select().from(digestPlans).where(eq(digestPlans.channel, channel)).get();
      const set = { isOn, weekday, at, postTo, revision: (before?.revision ?? 0) + 1 };
      orm
        .insert(digestPlans)
        .values({ channel, ...set })
        .onConflictDoUpdate({ target: digestPlans.channel, set })
        .run();
    },
  };
}

function toPlan({ isOn, weekday, at, postTo, revision }: typeof digestPlans.$inferSelect): StoredDigestPlan {
  return { isOn, weekday, at, to: postTo, revision };
}
