import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { EpochMs, UserId } from '../domain/identifiers.ts';
import type { Clock } from '../ports/clock.ts';
import type { People, Person } from '../ports/people.ts';
import { fromSlackError } from './errors.ts';

/** A role that was taken away holds for five more minutes at most. */
const KEPT_MS = 5 * 60_000;
/** More people than any workspace has at work within five minutes; the oldest answers go first. */
const MOST_KEPT = 5_000;

const Flag = z.boolean().default(false);
const UserInfo = z.object({
  user: z.object({
    deleted: Flag,
    is_bot: Flag,
    is_stranger: Flag,
    is_admin: Flag,
    is_owner: Flag,
    is_restricted: Flag,
    is_ultra_restricted: Flag,
  }),
});
const GroupMembers = z.object({ users: z.array(z.string()).default([]) });

/** Slack's people and user groups. An answer is kept for five minutes, a failure is not. */
export function createPeople(client: WebClient, clock: Clock): People {
  const persons = createMemory<Person>(clock);
  const groups = createMemory<ReadonlySet<UserId>>(clock);
  return {
    person: (user) =>
      persons.get(user, async () => {
        const answer = await client.users.info({ user }).catch((thrown: unknown) => {
          throw fromSlackError(thrown, 'users.info');
        });
        const told = UserInfo.parse(answer).user;
        return {
          isOutsider: told.deleted || told.is_bot || told.is_stranger,
          isGuest: told.is_restricted || told.is_ultra_restricted,
          isWorkspaceAdmin: told.is_admin || told.is_owner,
        };
      }),
    membersOf: (group) =>
      groups.get(group, async () => {
        const answer = await client.usergroups.users.list({ usergroup: group }).catch((thrown: unknown) => {
          throw fromSlackError(thrown, 'usergroups.users.list');
        });
        return new Set(GroupMembers.parse(answer).users as UserId[]);
      }),
  };
}

function createMemory<Value>(clock: Clock) {
  const kept = new Map<string, { readonly value: Value; readonly until: EpochMs }>();
  return {
    async get(key: string, ask: () => Promise<Value>): Promise<Value> {
      const known = kept.get(key);
      if (known !== undefined && clock.now() < known.until) return known.value;
      const value = await ask();
      kept.delete(key);
      kept.set(key, { value, until: clock.now() + KEPT_MS });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return value;
    },
  };
}
