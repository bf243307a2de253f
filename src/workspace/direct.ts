import type { Core } from './core.ts';
import type { Channel } from './records.ts';

/** The one direct message between a person and the app. */
export function openDirect(core: Core, user: string): { readonly channel: Channel; readonly isNew: boolean } {
  const known = core.state.channels().find((channel) => channel.directWith === user);
  if (known) return { channel: known, isNew: false };
  const channel: Channel = {
    id: core.ids.next('D'),
    name: user,
    createdAt: core.now(),
    members: [user, core.identity.botUserId],
    isPrivate: true,
    isArchived: false,
    directWith: user,
  };
  core.store.apply({ type: 'channel.put', channel });
  return { channel, isNew: true };
}
