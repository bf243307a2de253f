import { setBounded } from './bounded-map.ts';
import { SlackRefusal } from './errors.ts';

export type Trigger = { readonly user: string; readonly teamId: string };

export type Triggers = {
  issue(trigger: Trigger): string;
  /** The person behind the trigger; throws Slack's error for an unknown, old or used one, or one of another team. */
  exchange(triggerId: string, teamId: string): string;
};

type Issued = Trigger & { readonly expiresAt: number; isUsed: boolean };

export function createTriggers(now: () => number, lifeMs: number): Triggers {
  const issued = new Map<string, Issued>();
  let count = 0;
  return {
    issue(trigger) {
      count += 1;
      const id = `${count}.${Math.floor(now())}.trigger`;
      setBounded(issued, id, { ...trigger, expiresAt: now() + lifeMs, isUsed: false });
      return id;
    },
    exchange(triggerId, teamId) {
      const trigger = issued.get(triggerId);
      if (trigger?.teamId !== teamId) throw new SlackRefusal('invalid_trigger_id');
      if (trigger.isUsed) throw new SlackRefusal('exchanged_trigger_id');
      if (now() >= trigger.expiresAt) throw new SlackRefusal('expired_trigger_id');
      trigger.isUsed = true;
      return trigger.user;
    },
  };
}
