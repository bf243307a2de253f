import { setBounded } from './bounded-map.ts';
import { SlackRefusal } from './errors.ts';

export type Triggers = {
  issue(user: string): string;
  /** The person behind the trigger; throws Slack's error for an unknown, old or used one. */
  exchange(triggerId: string): string;
};

type Trigger = { readonly user: string; readonly expiresAt: number; isUsed: boolean };

export function createTriggers(now: () => number, lifeMs: number): Triggers {
  const issued = new Map<string, Trigger>();
  let count = 0;
  return {
    issue(user) {
      count += 1;
      const id = `${count}.${Math.floor(now())}.trigger`;
      setBounded(issued, id, { user, expiresAt: now() + lifeMs, isUsed: false });
      return id;
    },
    exchange(triggerId) {
      const trigger = issued.get(triggerId);
      if (!trigger) throw new SlackRefusal('invalid_trigger_id');
      if (trigger.isUsed) throw new SlackRefusal('exchanged_trigger_id');
      if (now() >= trigger.expiresAt) throw new SlackRefusal('expired_trigger_id');
      trigger.isUsed = true;
      return trigger.user;
    },
  };
}
