import { randomBytes } from 'node:crypto';
import { createIds, type Ids } from './ids.ts';
import { defaultLimits, type WorkspaceCommand, type WorkspaceLimits, type WorkspaceOptions } from './options.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { createStore, type Store, type WorkspaceState } from './store.ts';
import { createTriggers, type Triggers } from './triggers.ts';

export type Identity = {
  readonly teamId: string;
  readonly teamName: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly botToken: string;
  readonly appToken: string;
};

/** Everything one workspace shares between its methods, its sockets and its page. */
export type Core = {
  readonly url: string;
  readonly title: string;
  readonly identity: Identity;
  readonly commands: readonly WorkspaceCommand[];
  readonly limits: WorkspaceLimits;
  readonly now: () => number;
  readonly ids: Ids;
  readonly store: Store;
  readonly state: WorkspaceState;
  readonly fileBytes: Map<string, Buffer>;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly sockets: SocketMode;
};

export function createCore(options: WorkspaceOptions, url: string): Core {
  const limits = { ...defaultLimits, ...options.limits };
  const ids = createIds(options.now);
  const store = createStore(limits.loggedCalls);
  const identity: Identity = {
    teamId: ids.next('T'),
    teamName: 'local',
    appId: ids.next('A'),
    botId: ids.next('B'),
    botUserId: ids.next('U'),
    botName: options.botName,
    botToken: options.botToken ?? `xoxb-local-${randomBytes(12).toString('hex')}`,
    appToken: options.appToken ?? `xapp-local-${randomBytes(12).toString('hex')}`,
  };
  seed(options, store, ids, identity);
  return {
    url,
    title: options.title ?? 'Driftbell local workspace',
    identity,
    commands: options.commands,
    limits,
    now: options.now,
    ids,
    store,
    state: store.state,
    fileBytes: new Map(),
    triggers: createTriggers(options.now, limits.triggerLifeMs),
    responseUrls: createResponseUrls(options.now, url, limits),
    sockets: createSocketMode({
      url,
      appId: identity.appId,
      now: options.now,
      limits,
      onCount: (count) => store.apply({ type: 'connections', count }),
    }),
  };
}

function seed(options: WorkspaceOptions, store: Store, ids: Ids, identity: Identity): void {
  for (const { id, name } of options.users) store.apply({ type: 'user.put', user: { id, name, isBot: false } });
  store.apply({ type: 'user.put', user: { id: identity.botUserId, name: identity.botName, isBot: true } });
  const members = [...options.users.map((user) => user.id), identity.botUserId];
  const createdAt = options.now();
  for (const name of options.channels) {
    store.apply({ type: 'channel.put', channel: { id: ids.next('C'), name, createdAt, members } });
  }
}
