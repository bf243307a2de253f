import type { Call, Channel, Ephemeral, Message, StoredFile, User, UserGroup, View } from './records.ts';

export type Change =
  | { readonly type: 'user.put'; readonly user: User }
  | { readonly type: 'group.put'; readonly group: UserGroup }
  | { readonly type: 'channel.put'; readonly channel: Channel }
  | { readonly type: 'message.put'; readonly message: Message }
  | { readonly type: 'message.removed'; readonly channel: string; readonly ts: string }
  | { readonly type: 'ephemeral.put'; readonly ephemeral: Ephemeral }
  | { readonly type: 'ephemeral.removed'; readonly channel: string; readonly ts: string }
  | { readonly type: 'file.put'; readonly file: StoredFile }
  | { readonly type: 'file.removed'; readonly id: string }
  | { readonly type: 'view.put'; readonly view: View }
  | { readonly type: 'view.removed'; readonly id: string }
  | { readonly type: 'connections'; readonly count: number };

type Tables = {
  readonly users: Map<string, User>;
  readonly groups: Map<string, UserGroup>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Map<string, Message>>;
  readonly ephemerals: Map<string, Ephemeral>;
  readonly files: Map<string, StoredFile>;
  readonly views: Map<string, View>;
  connections: number;
};

export type WorkspaceState = {
  users(): readonly User[];
  user(id: string): User | undefined;
  groups(): readonly UserGroup[];
  channels(): readonly Channel[];
  channel(id: string): Channel | undefined;
  /** By name with or without `#`. */
  channelNamed(name: string): Channel | undefined;
  /** Every message of a channel, thread replies included, oldest first. */
  messages(channel: string): readonly Message[];
  message(channel: string, ts: string): Message | undefined;
  /** Replies only, oldest first. */
  replies(channel: string, threadTs: string): readonly Message[];
  ephemerals(channel?: string): readonly Ephemeral[];
  ephemeral(channel: string, ts: string): Ephemeral | undefined;
  files(): readonly StoredFile[];
  file(id: string): StoredFile | undefined;
  views(user?: string): readonly View[];
  view(id: string): View | undefined;
  home(user: string): View | undefined;
  connections(): number;
  calls(method?: string): readonly Call[];
};

export type Store = {
  readonly state: WorkspaceState;
  apply(change: Change): void;
  log(call: Call): void;
  subscribe(listener: (change: Change) => void): () => void;
};

export function createStore(loggedCalls: number): Store {
  const tables: Tables = {
    users: new Map(),
    groups: new Map(),
    channels: new Map(),
    messages: new Map(),
    ephemerals: new Map(),
    files: new Map(),
    views: new Map(),
    connections: 0,
  };
  const calls: Call[] = [];
  const listeners = new Set<(change: Change) => void>();
  return {
    state: readAccess(tables, calls),
    apply(change) {
      reduce(tables, change);
      for (const listener of listeners) listener(change);
    },
    log(call) {
      calls.push(call);
      if (calls.length > loggedCalls) calls.shift();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function reduce(tables: Tables, change: Change): void {
  switch (change.type) {
    case 'user.put':
      tables.users.set(change.user.id, change.user);
      return;
    case 'group.put':
      tables.groups.set(change.group.id, change.group);
      return;
    case 'channel.put':
      tables.channels.set(change.channel.id, change.channel);
      return;
    case 'message.put': {
      const { channel, ts } = change.message;
      const list = tables.messages.get(channel) ?? new Map<string, Message>();
      list.set(ts, change.message);
      tables.messages.set(channel, list);
      return;
    }
    case 'message.removed':
      tables.messages.get(change.channel)?.delete(change.ts);
      return;
    case 'ephemeral.put':
      tables.ephemerals.set(`${change.ephemeral.channel} ${change.ephemeral.ts}`, change.ephemeral);
      return;
    case 'ephemeral.removed':
      tables.ephemerals.delete(`${change.channel} ${change.ts}`);
      return;
    case 'file.put':
      tables.files.set(change.file.id, change.file);
      return;
    case 'file.removed':
      tables.files.delete(change.id);
      return;
    case 'view.put':
      tables.views.set(change.view.id, change.view);
      return;
    case 'view.removed':
      tables.views.delete(change.id);
      return;
    case 'connections':
      tables.connections = change.count;
  }
}

function readAccess(tables: Tables, calls: readonly Call[]): WorkspaceState {
  const messages = (channel: string): readonly Message[] => [...(tables.messages.get(channel)?.values() ?? [])];
  return {
    users: () => [...tables.users.values()],
    user: (id) => tables.users.get(id),
    groups: () => [...tables.groups.values()],
    channels: () => [...tables.channels.values()],
    channel: (id) => tables.channels.get(id),
    channelNamed(name) {
      const plain = name.replace(/^#/, '');
      return [...tables.channels.values()].find((channel) => !channel.directWith && channel.name === plain);
    },
    messages,
    message: (channel, ts) => tables.messages.get(channel)?.get(ts),
    replies: (channel, threadTs) =>
      messages(channel).filter((message) => message.threadTs === threadTs && message.ts !== threadTs),
    ephemerals: (channel) =>
      [...tables.ephemerals.values()].filter((one) => channel === undefined || one.channel === channel),
    ephemeral: (channel, ts) => tables.ephemerals.get(`${channel} ${ts}`),
    files: () => [...tables.files.values()],
    file: (id) => tables.files.get(id),
    views: (user) =>
      [...tables.views.values()].filter((view) => view.type === 'modal' && (user === undefined || view.user === user)),
    view: (id) => tables.views.get(id),
    home: (user) => [...tables.views.values()].find((view) => view.type === 'home' && view.user === user),
    connections: () => tables.connections,
    calls: (method) => (method === undefined ? [...calls] : calls.filter((call) => call.method === method)),
  };
}
