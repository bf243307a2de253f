/** Slack's tiers of calls a minute; a method of the fifth has a rule of its own or none. */
export type Tier = 't1' | 't2' | 't3' | 't4' | 't5';

/** Any one of the scopes is enough; an empty list: any bot token may. */
export type Rule = { readonly scopes: readonly string[]; readonly tier: Tier };

const readChannels = ['channels:read', 'groups:read', 'im:read', 'mpim:read'] as const;
const readHistory = ['channels:history', 'groups:history', 'im:history', 'mpim:history'] as const;
const openChannels = ['im:write', 'mpim:write', 'channels:manage', 'groups:write'] as const;

/** What each method asks of a token, as Slack's reference has it. */
export const rules: Readonly<Record<string, Rule>> = {
  'api.test': { scopes: [], tier: 't4' },
  'apps.connections.open': { scopes: [], tier: 't3' },
  'auth.revoke': { scopes: [], tier: 't3' },
  'auth.test': { scopes: [], tier: 't5' },
  'blocks.validate': { scopes: [], tier: 't5' },
  'bots.info': { scopes: ['users:read'], tier: 't3' },
  'chat.delete': { scopes: ['chat:write'], tier: 't3' },
  'chat.getPermalink': { scopes: [], tier: 't5' },
  'chat.postEphemeral': { scopes: ['chat:write'], tier: 't4' },
  'chat.postMessage': { scopes: ['chat:write'], tier: 't5' },
  'chat.update': { scopes: ['chat:write'], tier: 't3' },
  'conversations.history': { scopes: readHistory, tier: 't3' },
  'conversations.info': { scopes: readChannels, tier: 't3' },
  'conversations.join': { scopes: ['channels:join'], tier: 't3' },
  'conversations.list': { scopes: readChannels, tier: 't2' },
  'conversations.members': { scopes: readChannels, tier: 't4' },
  'conversations.open': { scopes: openChannels, tier: 't3' },
  'conversations.replies': { scopes: readHistory, tier: 't3' },
  'files.completeUploadExternal': { scopes: ['files:write'], tier: 't4' },
  'files.delete': { scopes: ['files:write'], tier: 't3' },
  'files.getUploadURLExternal': { scopes: ['files:write'], tier: 't4' },
  'files.info': { scopes: ['files:read'], tier: 't4' },
  'oauth.v2.access': { scopes: [], tier: 't5' },
  'reactions.add': { scopes: ['reactions:write'], tier: 't3' },
  'team.info': { scopes: ['team:read'], tier: 't3' },
  'usergroups.list': { scopes: ['usergroups:read'], tier: 't2' },
  'usergroups.users.list': { scopes: ['usergroups:read'], tier: 't2' },
  'users.conversations': { scopes: readChannels, tier: 't3' },
  'users.info': { scopes: ['users:read'], tier: 't4' },
  'users.list': { scopes: ['users:read'], tier: 't2' },
  'views.open': { scopes: [], tier: 't4' },
  'views.publish': { scopes: [], tier: 't4' },
  'views.push': { scopes: [], tier: 't4' },
  'views.update': { scopes: [], tier: 't4' },
};

/** For what is not a method: commands, mentions, posting where the app is no member. */
const otherScopes = ['commands', 'app_mentions:read', 'users:read.email', 'links.embed:write'];

/** Every scope there is here, in alphabetical order. */
export function everyScope(): readonly string[] {
  const named = Object.values(rules).flatMap((rule) => rule.scopes);
  return [...new Set([...named, ...otherScopes])].sort();
}
