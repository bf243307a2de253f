/** What the code uses of Slack, and the least that it must be granted for it. The manifest says the same. */
export const COMMAND = '/drift';

/** Scopes of each Web API method that is called. An empty list: any bot token may. */
export const methodScopes = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.list': ['channels:read', 'groups:read'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
} as const satisfies Record<string, readonly string[]>;

/**
 * Methods that are called only where the operator has granted more than the manifest asks for: they let a post whose
 * answer was lost be recognised instead of being sent twice.
 */
export const optionalMethodScopes = {
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
} as const satisfies Record<string, readonly string[]>;

/** Scopes of each event that is subscribed to. */
export const eventScopes = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
} as const satisfies Record<string, readonly string[]>;

/** For the slash command. */
const COMMAND_SCOPE = 'commands';

/** Every bot scope, in alphabetical order. */
export function botScopes(): string[] {
  const needed = [...Object.values(methodScopes), ...Object.values(eventScopes)].flat();
  return [...new Set<string>([COMMAND_SCOPE, ...needed])].sort();
}
