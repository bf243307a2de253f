import type { Core } from './core.ts';
import type { TeamOptions } from './options.ts';

/** Fills a new workspace with its people, groups and channels. */
export function seedTeam({ store, ids, identity, now }: Core, options: TeamOptions): void {
  for (const {
    id,
    name,
    realName = name,
    isExternal = false,
    isAdmin = false,
    isGuest = false,
    zone = 'Etc/UTC',
  } of options.users) {
    const homeTeam = isExternal ? { homeTeamId: 'T0EXTERNAL' } : {};
    store.apply({ type: 'user.put', user: { id, name, realName, isBot: false, isAdmin, isGuest, zone, ...homeTeam } });
  }
  const { botUserId, botName } = identity;
  const bot = {
    id: botUserId,
    name: botName,
    realName: botName,
    isBot: true,
    isAdmin: false,
    isGuest: false,
    zone: 'Etc/UTC',
  };
  store.apply({ type: 'user.put', user: bot });
  for (const group of options.userGroups ?? []) store.apply({ type: 'group.put', group });
  const people = options.users.map((user) => user.id);
  const createdAt = now();
  for (const one of options.channels) {
    const {
      name,
      isPrivate = false,
      isArchived = false,
      hasBot = true,
      members: named = people,
    } = typeof one === 'string' ? { name: one } : one;
    const members = hasBot ? [...named, botUserId] : named;
    const id = ids.next('C');
    store.apply({ type: 'channel.put', channel: { id, name, createdAt, members, isPrivate, isArchived } });
  }
}
